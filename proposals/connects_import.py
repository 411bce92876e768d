"""Rows from elsewhere into the ledger of connects: a pasted history, purchases of the log (B10).

A row that came in before adds nothing: its own id tells. One that looks like an entry from
elsewhere (typed, or a proposal's) is left out and offered, so that nothing counts twice.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, cast

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from accounts.actors import Actor
from accounts.models import Freelancer
from proposals.connects import Kind, Purchase
from proposals.connects_services import Kept, entries_keep, owner_locked
from proposals.models import ConnectsEntry
from proposals.pasted_connects import PastedEntry

PASTED: Final = "pasted"
TRANSACTIONS: Final = "transactions"


@dataclass(frozen=True, slots=True)
class Purchases:
    """What the log has bought that the ledger does not have."""

    new: tuple[Purchase, ...]
    alike: tuple[Purchase, ...]
    """Probably a purchase of the same day and amount that was noted otherwise."""


@transaction.atomic
def entries_import(
    *,
    actor: Actor,
    freelancer: Freelancer,
    rows: Sequence[PastedEntry],
    with_alike: bool = False,
) -> Kept:
    """Keep what was pasted; with `with_alike` also what looks like entries from elsewhere."""
    owner = owner_locked(actor, freelancer)
    found = [
        ConnectsEntry(
            practice=actor.practice,
            freelancer=owner,
            kind=row.kind.value,
            amount=row.amount,
            happened_on=row.day,
            note=row.title[:300],
            source=PASTED,
            external_id=row.key,
        )
        for row in rows
    ]
    return _keep(actor, owner, found, with_alike=with_alike)


@transaction.atomic
def purchases_import(*, actor: Actor, freelancer: Freelancer, with_alike: bool = False) -> Kept:
    """Keep what the imported transactions say was bought."""
    owner = owner_locked(actor, freelancer)
    return _keep(actor, owner, _bought(actor, owner), with_alike=with_alike)


def purchases_missing(actor: Actor, freelancer: Freelancer) -> Purchases:
    """What `purchases_import` would add, and what only with `with_alike`."""
    rows = _bought(actor, freelancer)
    sorted_out = _sorted_out(actor, freelancer, rows)
    return Purchases(_as_purchases(sorted_out.new), _as_purchases(sorted_out.alike))


def _bought(actor: Actor, owner: Freelancer) -> list[ConnectsEntry]:
    """The log lies above this room, so a setting names where it is asked."""
    maker = cast(
        "Callable[[Actor, Freelancer], Sequence[Purchase]]",
        import_string(settings.CONNECTS_PURCHASES),
    )
    return [
        ConnectsEntry(
            practice=actor.practice,
            freelancer=owner,
            kind=Kind.PURCHASE.value,
            amount=each.amount,
            happened_on=each.day,
            cost=each.cost,
            source=TRANSACTIONS,
            external_id=each.key,
        )
        for each in maker(actor, owner)
    ]


@dataclass(frozen=True, slots=True)
class _SortedOut:
    new: list[ConnectsEntry]
    alike: list[ConnectsEntry]
    same: int


def _keep(
    actor: Actor, owner: Freelancer, rows: Sequence[ConnectsEntry], *, with_alike: bool
) -> Kept:
    sorted_out = _sorted_out(actor, owner, rows)
    kept = sorted_out.new + (sorted_out.alike if with_alike else [])
    return Kept(
        new=len(kept),
        same=sorted_out.same,
        alike=() if with_alike else tuple(row.external_id for row in sorted_out.alike),
        event=entries_keep(actor, owner, kept) if kept else None,
    )


def _sorted_out(actor: Actor, owner: Freelancer, rows: Sequence[ConnectsEntry]) -> _SortedOut:
    """Each entry from elsewhere stands for one row at most; one of the same name is the same."""
    if not rows:
        return _SortedOut([], [], 0)
    days = [row.happened_on for row in rows]
    stored = ConnectsEntry.objects.for_actor(actor).filter(
        freelancer=owner, happened_on__gte=min(days), happened_on__lte=max(days)
    )
    known: set[str] = set()
    others: dict[tuple[object, ...], list[str]] = defaultdict(list)
    source = rows[0].source
    values = ("source", "external_id", "happened_on", "kind", "amount", "note", "proposal__title")
    for came_from, key, day, kind, amount, note, title in stored.values_list(*values):
        if came_from == source:
            known.add(key)
        else:
            others[day, kind, amount].append(_folded(title or note))
    new, alike, same = [], [], 0
    for row in rows:
        if row.external_id in known:
            same += 1
            continue
        names = others[row.happened_on, row.kind, row.amount]
        name = _folded(row.note)
        if name and name in names:
            names.remove(name)
            same += 1
        elif names:
            names.pop()
            alike.append(row)
        else:
            new.append(row)
    return _SortedOut(new, alike, same)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _as_purchases(rows: Sequence[ConnectsEntry]) -> tuple[Purchase, ...]:
    return tuple(
        Purchase(row.happened_on, row.amount, row.cost, row.external_id)
        for row in rows
        if row.cost is not None
    )
