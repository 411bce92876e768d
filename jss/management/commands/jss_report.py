"""The score and its roadmap from a file alone: no account, no database."""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Never

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.importing import BadRow, Export, LogRow, Problem, UnreadableFile, read_export
from contracts.importing.headers import FIELDS
from contracts.importing.limits import MAX_FILE_BYTES
from jss.engine import (
    BUILT_IN,
    CLASSIC,
    FIRST_DAY,
    LAST_DAY,
    ClosedContract,
    RuleSet,
    is_long,
    report_document,
    report_of,
    rule_set_named,
    whole_months,
    with_long_term_clients,
)
from jss.report_table import report_table

CANNOT_BE_READ = 2
"""The exit status for a file that can't be read, as for options that make no sense."""


class Command(BaseCommand):
    """`manage.py jss_report FILE --as-of YYYY-MM-DD [--target 90] [--format table|json]`."""

    help = "Estimates the Job Success Score from a contract log (format D, CSV or XLSX)."
    # Nothing of the product but the rules is needed, so nothing else is checked.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="a contract log, CSV or XLSX")
        parser.add_argument(
            "--as-of",
            metavar="YYYY-MM-DD",
            type=_day,
            default=None,
            help="the day to look at (usual: today); what was closed later is ignored",
        )
        parser.add_argument(
            "--target", metavar="N", type=_target, default=90, help="per cent, 1 to 100 (usual: 90)"
        )
        parser.add_argument(
            "--rules",
            metavar="NAME",
            type=_rules,
            default=CLASSIC,
            help="classic (usual), trending or weighted-2024; +refined weighs outcomes (J11), "
            "+share reads positives over all counted (J1)",
        )
        parser.add_argument("--format", choices=("table", "json"), default="table")
        parser.add_argument(
            "--encoding",
            choices=("utf-8", "cp1252"),
            default=None,
            help="of a CSV file without a byte-order mark (usual: utf-8)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        export = self._read(options["file"], options["encoding"])
        as_of = options["as_of"] or timezone.localdate()
        contracts = with_long_term_clients([_contract(row) for row in export.log])
        report = report_of(contracts, as_of, target=options["target"], rules=options["rules"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(report_document(report), indent=2))
        else:
            self.stdout.write(report_table(report))

    def _read(self, path: Path, encoding: str | None) -> Export:
        """The file as it was read; ends the command with a message for each bad line."""
        try:
            with path.open("rb") as file:
                data = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            self._give_up([_("%(file)s: %(reason)s") % {"file": path, "reason": error.strerror}])
        try:
            export = read_export(
                data, file_name=path.name, encoding=encoding, each_log_row_counts=True
            )
        except UnreadableFile as error:
            hint = " (--encoding cp1252)" if error.code == "encoding_unknown" else ""
            self._give_up([_sentence(error.problem) + hint])
        if export.format != "D":
            self._give_up([_other_format(export)])
        if export.bad:
            self._give_up(_complaint(row) for row in export.bad)
        self._warn_of_repetitions(export.log)
        return export

    def _warn_of_repetitions(self, rows: Iterable[LogRow]) -> None:
        """A log has no ids: two rows that are the same may well be two contracts, so both count."""
        first: dict[str, int] = {}
        for row in rows:
            line = first.setdefault(repr(replace(row, line=0)), row.line)
            if line != row.line:
                self.stderr.write(
                    _("line %(line)s is the same as line %(first)s; both count")
                    % {"line": row.line, "first": line}
                )

    def _give_up(self, messages: Iterable[str]) -> Never:
        for message in messages:
            self.stderr.write(message)
        sys.exit(CANNOT_BE_READ)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise argparse.ArgumentTypeError(
            _("“%(text)s” is not a date; write it as 2026-11-21.") % {"text": text}
        )
    if not FIRST_DAY <= day <= LAST_DAY:
        raise argparse.ArgumentTypeError(
            _("%(day)s is out of range; any day from %(first)s to %(last)s will do.")
            % {"day": day, "first": FIRST_DAY, "last": LAST_DAY}
        )
    return day


def _target(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= 100 and len(text) < 9):
        raise argparse.ArgumentTypeError(
            _("“%(text)s” is not a target; write a whole number from 1 to 100.") % {"text": text}
        )
    return int(text)


def _rules(text: str) -> RuleSet:
    rules = rule_set_named(text)
    if rules is None:
        raise argparse.ArgumentTypeError(
            _("“%(text)s” is not a rule set; there are %(names)s.")
            % {"text": text, "names": ", ".join(BUILT_IN)}
        )
    return rules


def _contract(row: LogRow) -> ClosedContract:
    return ClosedContract(
        title=row.title,
        closed_on=row.closed_on,
        rating=row.rating,
        client_flagged=bool(row.client_flagged),
        feedback_removed=bool(row.feedback_removed),
        key=str(row.line),
        client=row.client,
        earned=row.earned,
        months_paid=whole_months(row.started_on, row.closed_on) if row.kind == "hourly" else 0,
        is_long_term=is_long(row.started_on, row.closed_on),
    )


def _sentence(problem: Problem) -> str:
    return _(problem.template) % problem.params


def _complaint(row: BadRow) -> str:
    """Line number, column and reason of one row that was not understood."""
    reason = _sentence(row.reason)
    if not row.column:
        return _("line %(line)s: %(reason)s") % {"line": row.line, "reason": reason}
    return _("line %(line)s, column %(column)s: %(reason)s") % {
        "line": row.line,
        "column": row.column,
        "reason": reason,
    }


def _other_format(export: Export) -> str:
    return _(
        "This is an export of Upwork (format %(format)s), which has no ratings. A contract log is"
        " needed, with the columns %(columns)s."
    ) % {"format": export.format, "columns": ", ".join(FIELDS["D"])}
