"""A row of the outbox as the message that a mail server gets."""

import email.policy
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

from django.core.mail import EmailMultiAlternatives

from outbox.models import Mail


class AddressLineHeader(UnstructuredHeader):
    """A header that holds an address of the web, on one line however long.

    Python would write a long one as an encoded word (RFC 2047), which no mail program reads there.
    """

    def fold(self, *, policy: "EmailPolicy[Any]") -> str:
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]  # BaseHeader's


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", AddressLineHeader)  # type: ignore[arg-type]  # a mix-in


class OutboxMessage(EmailMultiAlternatives):
    """Django's message, with our headers left whole."""

    def message(self, *, policy: Any = email.policy.default) -> EmailMessage:
        whole: EmailMessage = super().message(policy=policy.clone(header_factory=HEADERS))
        return whole


def message_of(mail: Mail) -> OutboxMessage:
    """The same bytes at each attempt but for the date: one Message-ID for one occurrence."""
    message = OutboxMessage(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to_address],
        headers={**mail.headers, "Message-ID": mail.message_id},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message
