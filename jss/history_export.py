"""Kept scores as a CSV: one line for each stretch of days on which no score changed."""

import csv
import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from contracts.importing.formulas import neutralise
from jss.engine import RuleSet
from jss.keeping_due import ONE_DAY
from jss.models import KeptScore, ScoreKeeping


class Writable(Protocol):
    """Where text goes: a file, or an HTTP response."""

    def write(self, text: str, /) -> object: ...


def history_write(
    rows: Sequence[KeptScore], keeping: ScoreKeeping | None, rules: RuleSet, file: Writable
) -> None:
    """Write kept rows, oldest first: per cents as whole numbers, empty where there is no score."""
    windows = [f"score_{months}_months" if months else "score_trending" for months in rules.lines]
    writer = csv.writer(file)
    writer.writerow(
        ["from", "until", "rule_set", "score_shown", *windows, "computed_at", "recomputed_at"]
    )
    if keeping is None:
        return
    ends = [row.day - ONE_DAY for row in rows[1:]] + [keeping.kept_until]
    for row, until in zip(rows, ends, strict=True):
        scores = [row.windows.get(str(months)) for months in rules.lines]
        writer.writerow(
            [
                row.day.isoformat(),
                until.isoformat(),
                neutralise(row.rules),
                row.score,
                *scores,
                _moment(row.computed_at),
                _moment(row.recomputed_at),
            ]
        )


def _moment(value: dt.datetime | None) -> str:
    return value.astimezone(dt.UTC).isoformat(timespec="seconds") if value else ""
