"""Mail servers for tests: a scripted one, and a real one in this process."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_django import Settings

from tests.outbox.post import ScriptedMailer


@pytest.fixture
def mailer(settings: Settings) -> type[ScriptedMailer]:
    """What mails are handed to; script it before the run."""
    ScriptedMailer.script, ScriptedMailer.on_open, ScriptedMailer.taken = [], [], []
    ScriptedMailer.opened = ScriptedMailer.closed = 0
    ScriptedMailer.while_sending = None
    settings.MAILERS = {"default": {"BACKEND": "tests.outbox.post.ScriptedMailer"}}
    return ScriptedMailer


class Sink:
    """Takes mails by SMTP, and answers each command as `answers` says, in turn; then OK."""

    def __init__(self) -> None:
        self.contents: list[bytes] = []
        self.recipients: list[str] = []
        self.connections = 0
        self.answers: dict[str, list[str]] = {"MAIL": [], "RCPT": [], "DATA": []}

    def _refusal(self, command: str) -> str:
        answer = self.answers[command].pop(0) if self.answers[command] else ""
        return "" if answer == "OK" else answer

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802  # aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if answer := self._refusal("MAIL"):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if answer := self._refusal("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        if answer := self._refusal("DATA"):
            return answer
        self.contents.append(envelope.content)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    """A mail server on this machine, and the settings that lead to it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5},
        }
    }
    try:
        yield sink
    finally:
        controller.stop()
