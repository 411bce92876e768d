"""Ask from inside a container whether one part of the product is alive."""

import urllib.error
import urllib.request
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from freelance_ops.health import BEATING, health


class Command(BaseCommand):
    """Ends with status 1 and a sentence for each part that is not well."""

    help = "Says whether the named parts are alive; all but the web server if none is named."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parts = ("web", "database", *BEATING)
        parser.add_argument("parts", nargs="*", metavar="PART", help=" | ".join(parts))
        parser.add_argument("--port", type=int, default=8000, help="where the web server listens")

    def handle(self, *args: Any, **options: Any) -> None:
        parts = options["parts"] or ["database", *BEATING]
        states = health()
        if "web" in parts:
            states["web"] = _web(options["port"])
        if unknown := [part for part in parts if part not in states]:
            raise CommandError(f"There is no part named {', '.join(unknown)}.")
        if ill := [f"{part}: {states[part]}" for part in parts if states[part] != "ok"]:
            raise CommandError("\n".join(ill))
        self.stdout.write("ok")


def _web(port: int) -> str:
    """A web server that says "503, the worker is dead" does its own work well."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return "ok"
    except urllib.error.HTTPError as error:
        return "ok" if error.code == 503 else f"answers {error.code}"
    except OSError as error:
        return f"does not answer ({error})"
