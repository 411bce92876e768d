"""What the pages of the messages show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from django.db.models import F
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor, Permission
from contracts.messages.originals import SAMPLES
from contracts.messages.rendering import (
    PLACEHOLDERS,
    PracticeMessages,
    contract_values,
    filled,
    practice_messages,
    sample_values,
)
from contracts.messages.tone import Hint, Tone, tone_hints
from contracts.models import Contract, MessageLanguage, MessageTemplate
from proposals.placeholders import placeholders_in

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Kind = MessageTemplate.Kind

#: What each message is for, and when the cadence hands it over (C2, C3, J15).
PURPOSES: Final[Mapping[Kind, tuple[_StrPromise, _StrPromise]]] = {
    Kind.FIVE_STAR_QUESTION: (
        gettext_lazy(
            "Asks whether everything was done to earn five stars, while it can be mended."
        ),
        gettext_lazy("With the final delivery."),
    ),
    Kind.PING: (
        gettext_lazy("A friendly word, so that a finished contract is not forgotten open."),
        gettext_lazy("Once a week while the client answers but does not close."),
    ),
    Kind.LAST_PING: (
        gettext_lazy("Says without reproach that otherwise you close the contract yourself."),
        gettext_lazy("After more silence, before you close it yourself."),
    ),
    Kind.OWN_UP: (
        gettext_lazy(
            "Owns your part of a bad end. Add what you learned: the contract's log has it."
        ),
        gettext_lazy("After a bad rating, once."),
    ),
    Kind.REQUEST_TO_RATE: (
        gettext_lazy("Asks for a few words of feedback while Upwork still takes them: 14 days."),
        gettext_lazy("A few days after a contract has ended without feedback, once."),
    ),
}

_HINTS: Final[Mapping[Tone, _StrPromise]] = {
    Tone.PRESSES: gettext_lazy(
        "Line %(line)d: “%(words)s” may read as pressing. A friendly question gets more answers."
    ),
    Tone.BEGS: gettext_lazy(
        "Line %(line)d: “%(words)s” may read as begging. Say why feedback matters, and leave it "
        "to the client."
    ),
    Tone.OFFERS: gettext_lazy(
        "Line %(line)d: “%(words)s”. Upwork allows nothing of value for feedback. Where it has "
        "nothing to do with feedback, leave it."
    ),
}


def known_kind(value: str) -> Kind:
    """The message that an address names; else 404."""
    try:
        return Kind(value)
    except ValueError:
        raise Http404 from None


def known_language(value: str) -> MessageLanguage:
    """The language that an address names; else 404."""
    try:
        return MessageLanguage(value)
    except ValueError:
        raise Http404 from None


@dataclass(frozen=True)
class MessageExample:
    """Whose contract the messages are shown with: the reader's latest open one, else a sample."""

    contract: Contract | None
    my_name: str

    @classmethod
    def of(cls, actor: Actor) -> MessageExample:
        rows = Contract.objects.for_actor(actor).of_choice(actor).open()
        latest = rows.order_by(F("started_on").desc(nulls_last=True), "-pk")
        contract = latest.select_related("client", "freelancer").first()
        return cls(contract, actor.freelancer.name if actor.freelancer else str(actor.user))

    def text(self, body: str, language: str) -> str:
        """The words filled, in any language, whatever the client's is."""
        if self.contract:
            return filled(body, contract_values(self.contract, language)).text
        return filled(body, sample_values(language, self.my_name)).text

    def title(self, language: str) -> str:
        return self.contract.title if self.contract else SAMPLES[language].title


@dataclass(frozen=True)
class Message:
    """One message in one language."""

    kind: Kind
    language: MessageLanguage
    messages: PracticeMessages
    example: MessageExample

    @property
    def is_own(self) -> bool:
        return self.messages.is_own(self.kind, self.language)

    @property
    def purpose(self) -> _StrPromise:
        return PURPOSES[self.kind][0]

    @property
    def when(self) -> _StrPromise:
        return PURPOSES[self.kind][1]

    @property
    def body(self) -> str:
        return self.messages.body(self.kind, self.language)

    @property
    def text(self) -> str:
        return self.example.text(self.body, self.language)


class MessagesPage:
    """The messages of a practice in one language, and one of them to change."""

    languages = MessageLanguage
    placeholders = PLACEHOLDERS

    def __init__(
        self, *, actor: Actor, language: MessageLanguage, kind: Kind = Kind.FIVE_STAR_QUESTION
    ) -> None:
        self.actor = actor
        self.language = language
        self.kind = kind

    @property
    def may_change(self) -> bool:
        return self.actor.may(Permission.CHANGE_SHARED)

    @cached_property
    def _messages(self) -> PracticeMessages:
        return practice_messages(self.actor)

    @cached_property
    def example(self) -> MessageExample:
        return MessageExample.of(self.actor)

    @property
    def example_title(self) -> str:
        return self.example.title(self.language)

    @property
    def messages(self) -> list[Message]:
        return [self._message(kind) for kind in Kind]

    @property
    def message(self) -> Message:
        return self._message(self.kind)

    def _message(self, kind: Kind) -> Message:
        return Message(kind, self.language, self._messages, self.example)

    @property
    def row(self) -> MessageTemplate:
        """The words as the form has them."""
        return MessageTemplate(kind=self.kind, language=self.language, body=self.message.body)

    def preview(self, body: str) -> str:
        return self.example.text(body, self.language)


def hints_for(body: str) -> list[str]:
    """What a careful reader would say of the words: gentle, and nothing is held up by it."""
    hints = [hint_words(hint) for hint in tone_hints(body)]
    if any(found.name == "client_name" for found in placeholders_in(body)):
        hints.append(
            _("Some contracts have no client's name. {{ greeting }} reads well for those too.")
        )
    return hints


def hint_words(hint: Hint) -> str:
    return str(_HINTS[hint.tone]) % {"line": hint.line, "words": hint.words}
