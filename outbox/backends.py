"""Mail without a mail server: each one a file, for a newcomer to see what would have gone out."""

import email.policy
import os
import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FileBackend(BaseEmailBackend):
    """Keeps each mail as one `.eml` file, which every mail program opens.

    The name comes from the Message-ID, and a file appears whole or not at all: a mail that is
    handed over twice is one file. Only the owner of the data may read it.
    """

    def __init__(self, *, folder: str | os.PathLike[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = Path(folder)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Raises `OSError` where the folder cannot be written to."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            self._keep(message)
        return len(email_messages)

    def _keep(self, message: EmailMessage) -> None:
        mime = message.message(policy=email.policy.default)
        path = self.folder / file_name(str(mime["Message-ID"]))
        unfinished = path.with_name(f".{secrets.token_hex(8)}.unfinished")
        try:
            with os.fdopen(
                os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as file:
                file.write(mime.as_bytes())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)


def file_name(message_id: str) -> str:
    """Of letters, digits and a few signs: what stands in a Message-ID is no path."""
    plain = re.sub(r"[^A-Za-z0-9.@_-]+", "_", message_id.strip("<> ")).lstrip(".")
    return f"{plain[:200] or 'mail'}.eml"
