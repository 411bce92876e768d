"""`manage.py outbox_run`: plan digests and send mail without Celery."""

import argparse
import time
from typing import Any

from django.core.management.base import BaseCommand

from outbox.sending import RunResult
from outbox.waking import wake

PAUSE_SECONDS = 15


class Command(BaseCommand):
    help = "Send the mails that are due, as Celery's worker does. Both at once are harmless."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--watch", action="store_true", help="go on until Ctrl-C, looking every 15 seconds"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["watch"]:
            result = self._until_nothing_is_due()
            self._say(result)
            if result.trouble or result.dead:
                raise SystemExit(1)  # a cron job should know
            return
        self.stdout.write("Watching the outbox; Ctrl-C ends it.")
        try:
            while True:
                self._look()
                time.sleep(PAUSE_SECONDS)
        except KeyboardInterrupt:
            self.stdout.write("Ended.")

    def _until_nothing_is_due(self) -> RunResult:
        """One wake ends after some seconds; whoever runs this by hand waits for all of them."""
        total = RunResult()
        while True:
            result = wake()
            total.sent += result.sent
            total.failed += result.failed
            total.dead += result.dead
            total.trouble = result.trouble
            if not (result.sent or result.failed or result.dead) or result.trouble:
                return total

    def _look(self) -> None:
        """A database or mail server that is gone is said; the next look may find it again."""
        try:
            result = self._until_nothing_is_due()
        except Exception as error:  # whatever it is, watching goes on
            self.stderr.write(f"Not possible now: {error}")
        else:
            if result != RunResult():
                self._say(result)

    def _say(self, result: RunResult) -> None:
        self.stdout.write(f"sent {result.sent}, failed {result.failed}, dead {result.dead}")
        if result.trouble:
            self.stderr.write(f"The mail server cannot be used: {result.trouble}")
