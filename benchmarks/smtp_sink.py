"""A mail server for benchmarks: takes every mail, writes down which, and is unwell at will.

    python -m benchmarks.smtp_sink --port 2525 --log sink.log [--faults 0.3] [--seed 1]

Each accepted mail is a line of the log: seconds (monotonic) and Message-ID. With `--faults` that
share of commands (EHLO, MAIL, RCPT, DATA and the end of the text) is answered 451.
"""

import argparse
import asyncio
import random
import re
import time
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

MESSAGE_ID = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
LATER = "451 4.3.0 Try again later"


class Log:
    """Takes mails, and says so in a file that survives whatever happens to the sender."""

    def __init__(self, path: Path, faults: float, seed: int) -> None:
        self.file = path.open("a", buffering=1)
        self.faults = faults
        self.random = random.Random(seed)

    def is_unwell(self) -> bool:
        return self.random.random() < self.faults

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.is_unwell():
            return LATER
        content = envelope.content or b""
        found = MESSAGE_ID.search(content if isinstance(content, bytes) else content.encode())
        name = found.group(1).decode() if found else "?"
        self.file.write(f"{time.monotonic():.6f} {name}\n")
        return "250 OK"


class UnwellSMTP(SMTP):
    """Answers 451 to some commands, before it looks at them."""

    log: Log

    async def _or_later(self, answer: Any, argument: str) -> None:
        if self.log.is_unwell():
            await self.push(LATER)
        else:
            await answer(argument)

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802  # aiosmtpd's name
        await self._or_later(super().smtp_EHLO, hostname)

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802  # aiosmtpd's name
        await self._or_later(super().smtp_MAIL, arg)

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802  # aiosmtpd's name
        await self._or_later(super().smtp_RCPT, arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  # aiosmtpd's name
        await self._or_later(super().smtp_DATA, arg)


async def serve(port: int, log: Log) -> None:
    """Until the process is ended."""

    def connection() -> SMTP:
        server = UnwellSMTP(log, enable_SMTPUTF8=True, hostname="sink.example")
        server.log = log
        return server

    loop = asyncio.get_running_loop()
    server = await loop.create_server(connection, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--faults", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    asyncio.run(serve(options.port, Log(options.log, options.faults, options.seed)))


if __name__ == "__main__":
    main()
