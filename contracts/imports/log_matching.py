"""Which contract of the practice a row of a contract log (format D) is, and what it changes.

Recognised by client and title, and by the dates where several are called the same. An empty cell
never erases a value, and what payments say (earned, hours) is not the log's to say.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from contracts.changes import plain_value
from contracts.importing import LogRow, Problem
from contracts.importing.problems import gettext_noop, shown
from contracts.imports.groups import Group
from contracts.imports.matching import SEVERAL, Change, Match, Status
from contracts.imports.stored import MOST_CANDIDATES, Stored, StoredContract, cents

OTHER_DATES: Final = gettext_noop(
    "You have a contract with this title that closed on %(closed)s. If this row is about that one, "
    "its closing date changes."
)
CLIENT_UNKNOWN: Final = gettext_noop(
    "You have a contract with this title, but the client is missing there or in this row."
)
ENDS_BEFORE_START: Final = gettext_noop(
    "“%(title)s” started on %(started)s, after the closing date %(closed)s. Correct one of the two."
)


def match_log(groups: Sequence[Group], stored: Stored) -> list[Match]:
    """Compare the rows of a contract log with what is stored, in their order.

    Each contract is matched by one row at most: first those whose dates agree, then the rest.
    """
    matches: dict[str, Match] = {}
    taken: set[int] = set()
    same_days = _by_days(stored)
    for group in groups:
        if contract := _same_in_all(group, same_days, taken):
            taken.add(contract.pk)
            matches[group.key] = Match(Status.CHANGED, contract, "add")
    free = _Free(stored, taken)
    rest = [group for group in groups if group.key not in matches]
    for certainty in (_agrees, _may_be):
        for group in rest:
            if group.key not in matches and (match := certainty(group, free)):
                matches[group.key] = match
                if match.contract:
                    free.taken.add(match.contract.pk)
    return [_with_changes(group, matches.get(group.key) or Match(Status.NEW)) for group in groups]


class _Free:
    """The contracts that no row has taken, at most `MOST_CANDIDATES` of one title and client."""

    def __init__(self, stored: Stored, taken: set[int]) -> None:
        self.taken = taken
        self._works: dict[tuple[str, str], list[StoredContract]] = defaultdict(list)
        self._titles: dict[str, list[StoredContract]] = defaultdict(list)
        for contract in stored.contracts.values():
            if contract.pk in taken:
                continue
            work, title = (contract.title_key, contract.client_key), contract.title_key
            for places in (self._works[work], self._titles[title]):
                if len(places) < MOST_CANDIDATES:
                    places.append(contract)

    def of_work(self, group: Group) -> list[StoredContract]:
        return self._left(self._works.get((group.title_key, group.client_key), []))

    def of_unknown_client(self, group: Group) -> list[StoredContract]:
        """Contracts of the title where the client is missing there or in the row."""
        return [
            contract
            for contract in self._left(self._titles.get(group.title_key, []))
            if not (group.client_key and contract.client_key)
        ]

    def _left(self, contracts: list[StoredContract]) -> list[StoredContract]:
        return [contract for contract in contracts if contract.pk not in self.taken]


_Days = dict[tuple[str, str, object, object], list[StoredContract]]


def _by_days(stored: Stored) -> _Days:
    found: _Days = defaultdict(list)
    for contract in stored.contracts.values():
        days = contract.contract.started_on, contract.contract.closed_on
        found[contract.title_key, contract.client_key, *days].append(contract)
    return found


def _same_in_all(group: Group, same_days: _Days, taken: set[int]) -> StoredContract | None:
    """The contract with the row's title, client and dates; of several, the one it changes least."""
    log = _log(group)
    candidates = same_days.get((group.title_key, group.client_key, log.started_on, log.closed_on))
    free = [contract for contract in candidates or () if contract.pk not in taken]
    few = free[:MOST_CANDIDATES]
    return min(few, key=lambda contract: len(log_changes(log, contract)), default=None)


def _agrees(group: Group, free: _Free) -> Match | None:
    """The contract that shares one of the dates; if it can be, one whose other date may be too."""
    log = _log(group)
    sharing = [contract for contract in free.of_work(group) if True in _days_agree(log, contract)]
    if not sharing:
        return None
    nearest = min(sharing, key=lambda contract: _days_agree(log, contract).count(False))
    return Match(Status.CHANGED, nearest, "add", candidates=sharing)


def _may_be(group: Group, free: _Free) -> Match | None:
    """A contract that nothing contradicts, or only its closing date."""
    log = _log(group)
    same_client = free.of_work(group)
    open_to_it = [contract for contract in same_client if False not in _days_agree(log, contract)]
    if len(open_to_it) == 1:
        return Match(Status.CHANGED, open_to_it[0], "add", candidates=open_to_it)
    if open_to_it:
        return _doubt(open_to_it, Problem(SEVERAL, {"count": len(open_to_it)}))
    closed_otherwise = [
        contract for contract in same_client if _days_agree(log, contract) == (None, False)
    ]
    if len(closed_otherwise) == 1:
        closed = closed_otherwise[0].contract.closed_on
        return _doubt(closed_otherwise, Problem(OTHER_DATES, {"closed": str(closed)}))
    others = [
        contract
        for contract in free.of_unknown_client(group)
        if not same_client and False not in _days_agree(log, contract)
    ]
    return _doubt(others, Problem(CLIENT_UNKNOWN)) if others else None


def _doubt(candidates: list[StoredContract], reason: Problem) -> Match:
    return Match(Status.DOUBTFUL, candidates[0], "add", reason, candidates)


def _days_agree(log: LogRow, stored: StoredContract) -> tuple[bool | None, bool | None]:
    """Whether the start and the closing date are the same; None where one side has none.

    A start that was guessed from the first payment contradicts nothing.
    """
    contract = stored.contract
    started = _agree(log.started_on, contract.started_on)
    if started is False and stored.start_is_guess:
        started = None
    return started, _agree(log.closed_on, contract.closed_on)


def _agree(day: dt.date | None, other: dt.date | None) -> bool | None:
    return day == other if day and other else None


def _with_changes(group: Group, match: Match) -> Match:
    if match.contract is None:
        return match
    log = _log(group)
    match.changes = log_changes(log, match.contract)
    if not match.changes:
        match.status, match.reason = Status.KNOWN, None
    elif conflict := dates_conflict(log, match.contract):
        match.status, match.default, match.reason = Status.DOUBTFUL, "leave_out", conflict
    return match


def dates_conflict(log: LogRow, stored: StoredContract) -> Problem | None:
    """Why the row cannot be put on the contract: it would close before it starts."""
    started = log_values(log, stored).get("started_on") or stored.contract.started_on
    closed = log.closed_on or stored.contract.closed_on
    if started and closed and closed < started:
        days = {"started": str(started), "closed": str(closed)}
        return Problem(ENDS_BEFORE_START, {"title": shown(log.title), **days})
    return None


def log_changes(log: LogRow, stored: StoredContract | None) -> list[Change]:
    """What the row changes on a contract, or gives to a new one where `stored` is None."""
    before = _values_before(stored)
    return [
        Change(name, plain_value(before.get(name)), plain_value(value))
        for name, value in log_values(log, stored).items()
        if not _same(before.get(name), value)
    ]


def log_values(log: LogRow, stored: StoredContract | None) -> dict[str, Any]:
    """The fields that the row sets: those of a contract, and `rating`."""
    values: dict[str, Any] = {
        "kind": log.kind or None,
        "started_on": log.started_on or _start_before_end(log, stored),
        "closed_on": log.closed_on,
        "rating": None if log.rating is None else cents(log.rating),
        "under_agency": log.under_agency,
        "feedback_removed": log.feedback_removed,
        "notes": log.notes or None,
    }
    if log.closed_on or (stored and stored.contract.closed_on):
        values["ended_by"] = log.ended_by or None
    if not (stored and stored.has_payments):
        values["earned"] = None if log.earned is None else cents(log.earned)
    if not (stored and stored.has_paid_hours):
        values["hours"] = None if log.hours is None else cents(log.hours)
    if not (stored and stored.contract.client and stored.contract.client.flagged):
        values["client_flagged"] = log.client_flagged  # a flagged client says it already (J2)
    if not (stored and stored.contract.client):
        values["client"] = " ".join(log.client.split()) or None
    return {name: value for name, value in values.items() if value is not None}


def _start_before_end(log: LogRow, stored: StoredContract | None) -> dt.date | None:
    """A better guess, where the first payment came after the contract had closed."""
    if stored and log.closed_on and stored.start_is_guess:
        started_on = stored.contract.started_on
        return log.closed_on if started_on and started_on > log.closed_on else None
    return None


def _values_before(stored: StoredContract | None) -> Mapping[str, Any]:
    if stored is None:
        return {"under_agency": False, "client_flagged": False, "feedback_removed": False}
    contract = stored.contract
    return {
        "client": stored.client_name,
        "kind": contract.kind,
        "started_on": contract.started_on,
        "closed_on": contract.closed_on,
        "ended_by": contract.ended_by,
        "earned": contract.earned,
        "hours": contract.hours,
        "under_agency": contract.under_agency,
        "client_flagged": contract.client_flagged,
        "feedback_removed": contract.feedback_removed,
        "notes": contract.notes,
        "rating": stored.feedback.public_rating if stored.feedback else None,
    }


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, str) and isinstance(after, str):
        return before.split() == after.split()
    if isinstance(before, Decimal) and isinstance(after, Decimal):
        return cents(before) == cents(after)
    return bool(before == after)


def _log(group: Group) -> LogRow:
    assert group.found.log is not None  # noqa: S101 - match_log is given groups of format D
    return group.found.log
