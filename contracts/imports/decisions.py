"""What the user decides about the contracts of an import, and what becomes of each.

Kept on the batch by contract key, so that decisions survive a reload and a second reading. Taking
one back is the undo: the contract is then treated as it was proposed.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.db import transaction

from accounts.actors import Actor, Permission
from contracts.imports.groups import part_key
from contracts.models import ImportBatch, ImportItem

Action = Literal["new", "add", "merge", "leave_out"]
ACTIONS: Final[tuple[Action, ...]] = ("new", "add", "merge", "leave_out")


class NotDecidable(Exception):  # noqa: N818 - says what happened
    """The import is no longer (or not yet) at the point where contracts are decided on."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a contract: `contract` is a public id for "add", `into` a key for "merge".

    `title` renames a contract that is imported as new; "" keeps the file's.
    """

    action: Action
    contract: str = ""
    into: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a contract: `key` is its own or that of the one it is merged into."""

    action: Literal["new", "add", "leave_out"]
    key: str
    contract: str = ""
    title: str = ""


def decision_of(batch: ImportBatch, key: str) -> Decision | None:
    kept = batch.decisions.get("items", {}).get(key)
    return Decision(**kept) if kept else None


def splits_of(batch: ImportBatch) -> Mapping[str, list[str]]:
    splits: Mapping[str, list[str]] = batch.decisions.get("splits", {})
    return splits


def only_freelancer_of(batch: ImportBatch) -> str:
    return str(batch.decisions.get("freelancer", ""))


def fates(
    batch: ImportBatch, proposals: Mapping[str, tuple[str, str]], keys: Iterable[str] | None = None
) -> dict[str, Fate]:
    """Say what becomes of the contracts `keys` (all of them by default).

    `proposals` gives, for every key, the proposed action and the public id of the contract that it
    was recognised as. A merged contract shares the fate of the one it is merged into.
    """
    return {
        key: _fate(batch, proposals, key) for key in (proposals.keys() if keys is None else keys)
    }


def _fate(batch: ImportBatch, proposals: Mapping[str, tuple[str, str]], key: str) -> Fate:
    seen = {key}
    decision = decision_of(batch, key)
    while decision and decision.action == "merge":
        if decision.into in seen or decision.into not in proposals:
            break  # the one it was merged into is gone, because the file was read anew
        key = decision.into
        seen.add(key)
        decision = decision_of(batch, key)
    if decision and decision.action != "merge":
        return Fate(decision.action, key, decision.contract, decision.title)
    action, contract = proposals[key]
    if action == "add" and contract:
        return Fate("add", key, contract)
    return Fate("leave_out" if action == "leave_out" else "new", key)


@transaction.atomic
def decision_save(*, actor: Actor, batch: ImportBatch, key: str, decision: Decision | None) -> None:
    """Keep what the user decided about one contract; None takes the decision back."""
    row = _locked(actor, batch)
    items: dict[str, Any] = row.decisions.setdefault("items", {})
    if decision is None:
        items.pop(key, None)
    else:
        fields = ("action", "contract", "into", "title")
        items[key] = {name: getattr(decision, name) for name in fields if getattr(decision, name)}
    _save(batch, row)


@transaction.atomic
def split_save(*, actor: Actor, batch: ImportBatch, item: ImportItem, day: dt.date) -> None:
    """Begin a new contract on `day`. The parts exist once the file was read again."""
    row = _locked(actor, batch)
    splits = row.decisions.setdefault("splits", {})
    days = set(splits.get(item.group_key, [])) | {day.isoformat()}
    splits[item.group_key] = sorted(days)
    _save(batch, row)


@transaction.atomic
def split_remove(*, actor: Actor, batch: ImportBatch, item: ImportItem) -> None:
    """Join a part with the one before it again, and forget what was decided about it."""
    row = _locked(actor, batch)
    splits = row.decisions.setdefault("splits", {})
    begin = item.part_from.isoformat() if item.part_from else ""
    days = [day for day in splits.get(item.group_key, []) if day != begin]
    if days:
        splits[item.group_key] = days
    else:
        splits.pop(item.group_key, None)
    row.decisions.get("items", {}).pop(part_key(item.group_key, item.part_from), None)
    _save(batch, row)


@transaction.atomic
def freelancer_save(*, actor: Actor, batch: ImportBatch, name: str) -> None:
    """Import only the rows that name this freelancer or nobody; "" imports all."""
    row = _locked(actor, batch)
    row.decisions["freelancer"] = name
    _save(batch, row)


def _locked(actor: Actor, batch: ImportBatch) -> ImportBatch:
    actor.require(Permission.CHANGE)
    row = (
        ImportBatch.objects.select_for_update()
        .only("decisions", "state")
        .filter(pk=batch.pk, state=ImportBatch.State.PREVIEW)
        .first()
    )
    if row is None:
        raise NotDecidable
    return row


def _save(batch: ImportBatch, row: ImportBatch) -> None:
    row.save(update_fields=["decisions"])
    batch.decisions = row.decisions
