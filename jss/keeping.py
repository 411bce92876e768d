"""Keeping the computed scores night by night, and recomputing them when older contracts change.

The database knows which days are missing; whoever wakes this (Celery's beat, `manage.py
scores_keep`) only looks. So a night that a laptop slept through is made good at the next look.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from itertools import batched

from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery

from accounts.models import Freelancer, Practice
from jss.engine import (
    CLASSIC,
    Figures,
    History,
    RuleSet,
    changes_behind,
    contract_changes,
    differences_between,
    figures_of,
    history_from,
    known_histories_of,
    state_of,
)
from jss.keeping_due import ONE_DAY, Due, due_of
from jss.models import KeptScore, Recomputation, ScoreKeeping
from jss.selectors import contracts_of_practice, rating_changes_of_practice

ROWS_AT_ONCE = 500
NOT_NUMBERS = frozenset({"name", "written_on", "documentation"})


@dataclass(frozen=True, slots=True)
class Kept:
    """What one look did."""

    freelancers: int = 0
    days: int = 0
    """Newly kept, of all freelancers together."""
    recomputations: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(
            self.freelancers + other.freelancers,
            self.days + other.days,
            self.recomputations + other.recomputations,
        )


@dataclass(slots=True)
class Writing:
    """The rows that a look writes, gathered so that each table is written to once."""

    at: dt.datetime
    scores: list[KeptScore] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    keepings: list[ScoreKeeping] = field(default_factory=list)
    unchanged: dict[dt.date, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Keepings that only move on to that day."""
    recomputations: list[Recomputation] = field(default_factory=list)


@transaction.atomic
def scores_keep(
    *,
    practice: Practice,
    now: dt.datetime,
    rules: RuleSet = CLASSIC,
    also_todays: bool = False,
) -> Kept:
    """Keep a practice's days that are over and not kept yet; recompute kept ones that changed.

    However many days and freelancers are missing, it is one pass of the engine (J9: each day by
    the ratings of that day). Run twice, or while another worker is at it, it does nothing.
    `also_todays`: see `due_of`.
    """
    # Not the key itself is locked: contracts that point to it can be entered meanwhile.
    free = Practice.objects.select_for_update(skip_locked=True, no_key=True)
    if not free.filter(pk=practice.pk).exists():
        return Kept()
    due = due_of(now=now, rules=rules, practice=practice, also_todays=also_todays)
    if not due:
        return Kept()
    histories = _worked_out(practice, due, rules)
    rows_of = _kept_rows(due, rules)
    writing = Writing(now)
    for one, history in zip(due, histories, strict=True):
        _note(writing, one, history, rows_of[one.freelancer.pk])
    _write(writing)
    days = sum(one.days_missing for one in due)
    return Kept(len(due), days, len(writing.recomputations))


def rules_digest(rules: RuleSet) -> str:
    """Tells one state of a rule set from another under the same name."""
    numbers = {
        each.name: getattr(rules, each.name)
        for each in fields(rules)
        if each.name not in NOT_NUMBERS
    }
    return hashlib.sha256(repr(numbers).encode()).hexdigest()


def _worked_out(practice: Practice, due: Sequence[Due], rules: RuleSet) -> list[History]:
    """Find out what changed for each of them, and work all of them out in one pass."""
    freelancers = [one.freelancer for one in due]
    keepings = {
        keeping.freelancer_id: keeping
        for keeping in ScoreKeeping.objects.filter(freelancer__in=freelancers, rules=rules.name)
    }
    contracts_of = contracts_of_practice(practice=practice, freelancers=freelancers)
    changes_of = rating_changes_of_practice(practice=practice, freelancers=freelancers)
    for one, contracts, changes in zip(due, contracts_of, changes_of, strict=True):
        known = {change.key: change for change in changes}
        one.states = {
            contract.key: state_of(contract, known.get(contract.key), rules=rules)
            for contract in contracts
            if contract.closed_on
        }
        one.keeping = keepings.get(one.freelancer.pk)
        if one.keeping:
            one.changes = contract_changes(one.keeping.contracts, one.states, rules=rules)
            one.rules_changed = one.keeping.rules_digest != rules_digest(rules)
    first, last = min(one.start for one in due), max(one.last for one in due)
    return known_histories_of(contracts_of, changes_of, first, last, rules=rules)


def _kept_rows(due: Sequence[Due], rules: RuleSet) -> dict[int, list[KeptScore]]:
    """The kept rows of each, oldest first; where no kept day may differ, the newest row alone."""
    rows: dict[int, list[KeptScore]] = {one.freelancer.pk: [] for one in due}
    may_differ = [one.freelancer.pk for one in due if one.start < one.missing_from]
    kept = KeptScore.objects.filter(rules=rules.name)
    newest = kept.filter(freelancer=OuterRef("pk")).order_by("-day").values("pk")[:1]
    go_on = Freelancer.objects.filter(pk__in=rows.keys() - set(may_differ))
    last_rows = list(go_on.values_list(Subquery(newest), flat=True))
    wanted = Q(freelancer__in=may_differ) | Q(pk__in=[key for key in last_rows if key])
    for row in kept.filter(wanted).order_by("day"):
        rows[row.freelancer_id].append(row)
    return rows


def figures_kept(rows: Iterable[KeptScore]) -> list[Figures]:
    """Kept rows, as the engine has them."""
    return [
        Figures(row.day, row.score, {int(months): score for months, score in row.windows.items()})
        for row in rows
    ]


def _note(writing: Writing, one: Due, history: History, rows: Sequence[KeptScore]) -> None:
    """What is to be written for one freelancer: scores, what changed, and how far it is kept."""
    start = one.start
    figures = figures_of(history, start, one.last)
    former = figures_kept(rows)
    before = [row for row in former if row.day < start]
    if before and _same(before[-1], figures[0]):
        del figures[0]
    there = {row.day: row for row in former if row.day >= start}
    days = {row.day for row in figures}
    writing.stale += [row.pk for row in rows if row.day >= start and row.day not in days]
    writing.scores += [
        _kept_score(row, one, writing.at)
        for row in figures
        if row.day not in there or not _same(there[row.day], row)
    ]
    if start < one.missing_from:
        _note_recomputation(writing, one, history_from(former), history)
    if one.keeping and one.keeping.contracts == one.states and not one.rules_changed:
        writing.unchanged[one.last].append(one.keeping.pk)
    else:
        writing.keepings.append(_keeping(one, writing.at))


def _note_recomputation(writing: Writing, one: Due, former: History, now: History) -> None:
    """Note what became of the days that were kept before; where nothing did, there is no note."""
    found = differences_between(former, now, one.start, one.missing_from - ONE_DAY)
    if not found:
        return
    writing.recomputations.append(
        Recomputation(
            practice_id=one.freelancer.practice_id,
            freelancer=one.freelancer,
            rules=one.rules.name,
            recomputed_at=writing.at,
            first_day=min(difference.first for difference in found),
            last_day=max(difference.last for difference in found),
            differences=[
                asdict(difference)
                | {"first": difference.first.isoformat(), "last": difference.last.isoformat()}
                for difference in found
            ],
            contracts=[
                {"key": each.key, "title": each.title, "what": each.what, "fields": each.fields}
                for each in changes_behind(one.changes, found)
            ],
            rules_changed=one.rules_changed,
        )
    )


def _same(one: Figures, other: Figures) -> bool:
    return (one.score, one.windows) == (other.score, other.windows)


def _kept_score(row: Figures, one: Due, at: dt.datetime) -> KeptScore:
    return KeptScore(
        practice_id=one.freelancer.practice_id,
        freelancer=one.freelancer,
        rules=one.rules.name,
        day=row.day,
        score=row.score,
        windows=row.windows,
        computed_at=at,
        recomputed_at=at if row.day < one.missing_from and one.keeping else None,
    )


def _keeping(one: Due, at: dt.datetime) -> ScoreKeeping:
    return ScoreKeeping(
        practice_id=one.freelancer.practice_id,
        freelancer=one.freelancer,
        rules=one.rules.name,
        rules_digest=rules_digest(one.rules),
        first_day=one.first_day,
        kept_until=one.last,
        contracts=one.states,
        looked_at=at,
    )


def _write(writing: Writing) -> None:
    """Everything at once; what is there already under the same key is changed and not doubled."""
    for keys in batched(writing.stale, ROWS_AT_ONCE):
        KeptScore.objects.filter(pk__in=keys).delete()
    _upsert(KeptScore, writing.scores, by="day", change=["score", "windows", "recomputed_at"])
    _upsert(
        ScoreKeeping,
        writing.keepings,
        change=["rules_digest", "kept_until", "contracts", "looked_at"],
    )
    for last, unchanged in writing.unchanged.items():
        ScoreKeeping.objects.filter(pk__in=unchanged).update(kept_until=last, looked_at=writing.at)
    Recomputation.objects.bulk_create(writing.recomputations, batch_size=ROWS_AT_ONCE)


def _upsert[RowT: models.Model](
    model: type[RowT], rows: list[RowT], *, change: list[str], by: str = ""
) -> None:
    model._default_manager.bulk_create(
        rows,
        batch_size=ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["freelancer", "rules", *([by] if by else [])],
        update_fields=change,
    )
