"""A recomputation as its page tells it: what it changed, and which contracts are behind it."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts import formats
from jss.engine import SHOWN, Difference, What
from jss.models import Recomputation

TURNS_SHOWN = 3
CONTRACTS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Turn:
    """How many days a line stands at another score now."""

    months: int
    before: int | None
    after: int | None
    days: int


@dataclass(frozen=True, slots=True)
class NotedContract:
    """A contract behind it, and in words what became of it."""

    key: str
    """Empty where it can't be opened: it is gone, or somebody else's now."""
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """One recomputation."""

    row: Recomputation
    turns: tuple[Turn, ...]
    """Of the score shown, else of the windows; the most days first."""
    more_turns: int
    contracts: tuple[NotedContract, ...]
    more_contracts: tuple[NotedContract, ...]
    differences: tuple[Difference, ...]
    """Every run of days with its former score: of the score shown, then of each window."""

    @property
    def is_of_shown(self) -> bool:
        return self.turns[0].months == SHOWN


def note_of(row: Recomputation, can_be_opened: frozenset[str]) -> Note:
    """The note of a recomputation; contracts with those public ids are links."""
    differences = tuple(_difference(run) for run in row.differences)
    turns = _turns(differences)
    contracts = tuple(
        NotedContract(
            key=each["key"] if each["key"] in can_be_opened else "",
            title=each["title"],
            words=what_became(each),
        )
        for each in row.contracts
    )
    return Note(
        row=row,
        turns=turns[:TURNS_SHOWN],
        more_turns=len(turns[TURNS_SHOWN:]),
        contracts=contracts[:CONTRACTS_SHOWN],
        more_contracts=contracts[CONTRACTS_SHOWN:],
        differences=differences,
    )


def what_became(contract: Mapping[str, Any]) -> str:
    """In words what is different about a contract since the scores were computed last."""
    match contract["what"]:
        case What.ADDED:
            return _("is new here, or closed now")
        case What.REMOVED:
            return _("was deleted, moved or opened again")
    return ", ".join(
        _field_words(name, before, after) for name, before, after in contract["fields"]
    )


def _difference(run: Mapping[str, Any]) -> Difference:
    first, last = (dt.date.fromisoformat(run[name]) for name in ("first", "last"))
    return Difference(run["months"], first, last, run["before"], run["after"])


def _turns(differences: tuple[Difference, ...]) -> tuple[Turn, ...]:
    shown = [each for each in differences if each.months == SHOWN]
    days: Counter[tuple[int, int | None, int | None]] = Counter()
    for each in shown or differences:
        days[(each.months, each.before, each.after)] += each.days
    return tuple(Turn(*turn, number) for turn, number in days.most_common())


def _field_words(name: str, before: object, after: object) -> str:
    values = {"before": _value(before), "after": _value(after)}
    match name:
        case "rating":
            nothing = _("no feedback")
            values = {key: value or nothing for key, value in values.items()}
            return _("rating: %(before)s → %(after)s") % values
        case "closed_on":
            return _("closed: %(before)s → %(after)s") % values
        case "rating_changed_on":
            return _("day on which its rating changed: %(before)s → %(after)s") % _dashes(values)
        case "rating_before":
            return _("rating before its change: %(before)s → %(after)s") % _dashes(values)
        case "earned":
            return _("earned: %(before)s → %(after)s") % _dashes(values)
        case "months_paid":
            return _("months with a payment: %(before)s → %(after)s") % values
        case "client_flagged" | "feedback_removed" | "is_long_term":
            return _flag_words(name, is_set=bool(after))
    return _("%(field)s: %(before)s → %(after)s") % (
        _dashes(values) | {"field": name.replace("_", " ")}
    )


def _flag_words(name: str, *, is_set: bool) -> str:
    return {
        ("client_flagged", True): _("client flagged by Upwork"),
        ("client_flagged", False): _("client not flagged any more"),
        ("feedback_removed", True): _("feedback removed from the score"),
        ("feedback_removed", False): _("feedback counts again"),
        ("is_long_term", True): _("client long-term now"),
        ("is_long_term", False): _("client not long-term any more"),
    }[name, is_set]


def _dashes(values: Mapping[str, str]) -> dict[str, str]:
    return {key: value or "–" for key, value in values.items()}


def _value(value: object) -> str:
    """A stored value in the reader's format: days are days, all else is as it was stored."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    try:
        return formats.day(dt.date.fromisoformat(str(value)))
    except ValueError:
        return str(value)
