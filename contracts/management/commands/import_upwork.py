"""`manage.py import_upwork FILE --owner EMAIL`: an import of Upwork's export on the terminal."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contracts.importing import UnreadableFile
from contracts.importing.limits import MAX_FILE_BYTES
from contracts.imports.refusals import ImportRefused
from contracts.imports.terminal import (
    NobodyFound,
    TerminalImport,
    freelancer_named,
    import_from_terminal,
    owner_named,
)

UNREADABLE, NOBODY = 2, 1


class Command(BaseCommand):
    """Prints what the import page's preview shows, and imports it unless it is a dry run."""

    help = (
        "Import an export from Upwork (transaction report or history, weekly summary) or a "
        "contract log, as CSV or XLSX. Ends with status 1 for an unknown owner or freelancer, 2 "
        "for a file that cannot be read or imported; then nothing is stored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the file; - reads from standard input")
        parser.add_argument("--owner", required=True, metavar="EMAIL", help="owner of the practice")
        parser.add_argument("--freelancer", default="", metavar="NAME", help="whose contracts")
        parser.add_argument("--dry-run", action="store_true", help="store nothing")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--encoding", default="", metavar="NAME", help="cp1252 for a file that is not UTF-8"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        content = _content(options["file"])
        try:
            actor = owner_named(options["owner"])
            done = import_from_terminal(
                actor=actor,
                freelancer=freelancer_named(actor, options["freelancer"]),
                content=content,
                file_name="" if options["file"] == "-" else Path(options["file"]).name,
                encoding=options["encoding"],
                dry=options["dry_run"],
            )
        except NobodyFound as nobody:
            raise CommandError(str(nobody), returncode=NOBODY) from None
        except UnreadableFile as reason:
            hint = " (--encoding cp1252)" if reason.code == "encoding_unknown" else ""
            raise CommandError(f"{reason}{hint}", returncode=UNREADABLE) from None
        except ImportRefused as reason:
            raise CommandError(str(reason), returncode=UNREADABLE) from None
        if options["json"]:
            self.stdout.write(json.dumps(done.report, indent=2))
        else:
            self._print_table(done)

    def _print_table(self, done: TerminalImport) -> None:
        found = done.report
        self.stdout.write(_("Format %(format)s, %(rows)s rows") % found)
        self._print_pairs(_("Contracts"), found["contracts"])
        self._print_pairs(_("Totals"), found["totals"])
        if found["not_understood"]:
            self.stdout.write(_("Not understood"))
            for row in found["not_understood"]:
                self.stdout.write("  " + _("line %(line)s: %(reason)s") % row)
        if done.counts:
            self._print_pairs(_("Stored"), done.counts)
        else:
            self.stdout.write(_("Dry run: nothing was stored."))

    def _print_pairs(self, title: str, pairs: Mapping[str, Any]) -> None:
        self.stdout.write(title)
        names = {name: name.replace("_", " ") for name in pairs}
        left = max(map(len, names.values()), default=0)
        right = max((len(str(value)) for value in pairs.values()), default=0)
        for name, value in pairs.items():
            self.stdout.write(f"  {names[name]:<{left}}  {value!s:>{right}}")


def _content(name: str) -> bytes:
    """Read the file, and one byte more than is allowed at most: the reader then says so."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandError(f"{name}: {reason}.", returncode=UNREADABLE) from None
