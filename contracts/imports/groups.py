"""What an export holds, put together as it is to be imported: contracts, or parts of split ones."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from contracts.importing import Export, FoundContract, MoneyRow, found_contracts, practice_rows
from contracts.importing.identities import folded_name


@dataclass(frozen=True)
class Group:
    """A contract of an export; where the user split it, one of its parts.

    A part has the payments from `part_from` until the next part begins; the first one has None.
    `group_key` is the whole contract's. A contract of format D has no rows but `found.log`.
    """

    found: FoundContract
    key: str
    group_key: str
    part_from: dt.date | None
    rows: tuple[MoneyRow, ...]

    @cached_property
    def title_key(self) -> str:
        return folded_name(self.found.title)

    @cached_property
    def client_key(self) -> str:
        return folded_name(self.found.client)

    @property
    def under_agency(self) -> bool:
        return any(row.agency for row in self.rows)

    @property
    def amount(self) -> Decimal:
        """All its rows added up, fees and refunds included; of a contract log, what was earned."""
        if self.found.log:
            return self.found.log.earned or Decimal(0)
        return sum((row.amount for row in self.rows), Decimal(0))


@dataclass(frozen=True)
class Findings:
    """An export with its rows in their places: each is in one group, the practice's or others'.

    `others` are rows of freelancers whom the user left out; `freelancers` counts the rows that
    name one.
    """

    export: Export
    groups: tuple[Group, ...]
    practice: tuple[MoneyRow, ...]
    others: tuple[MoneyRow, ...]
    freelancers: Mapping[str, int]


def findings_of(
    export: Export,
    *,
    splits: Mapping[str, Sequence[str]] | None = None,
    only_freelancer: str = "",
) -> Findings:
    """Put an export together.

    `splits` gives the days (ISO) on which contracts, by key, begin anew; `only_freelancer` leaves
    out the rows that name somebody else.
    """
    names = Counter(row.freelancer for row in export.money if row.freelancer)
    kept, others = _of_freelancer(export.money, only_freelancer)
    own = replace(export, money=kept)
    rows = {row.line: row for row in kept}
    groups: list[Group] = []
    for found in found_contracts(own):
        own_rows = tuple(rows[line] for line in found.lines) if not found.log else ()
        days = (splits or {}).get(found.key, ())
        groups.extend(_parts(own, found, own_rows, days))
    return Findings(export, tuple(groups), tuple(practice_rows(own)), others, dict(names))


def _of_freelancer(
    rows: tuple[MoneyRow, ...], name: str
) -> tuple[tuple[MoneyRow, ...], tuple[MoneyRow, ...]]:
    if not name:
        return rows, ()
    wanted = {"", folded_name(name)}
    kept = tuple(row for row in rows if folded_name(row.freelancer) in wanted)
    others = tuple(row for row in rows if folded_name(row.freelancer) not in wanted)
    return kept, others


def _parts(
    export: Export, found: FoundContract, rows: tuple[MoneyRow, ...], days: Sequence[str]
) -> list[Group]:
    begins = [None, *sorted(dt.date.fromisoformat(day) for day in days)]
    if found.log or len(begins) == 1:
        return [Group(found, found.key, found.key, None, rows)]
    parts = []
    for begin, end in zip(begins, [*begins[1:], None], strict=True):
        within = tuple(
            row
            for row in rows
            if (begin is None or row.paid_on >= begin) and (end is None or row.paid_on < end)
        )
        if within:
            (part,) = found_contracts(replace(export, money=within))
            key = part_key(found.key, begin)
            parts.append(Group(replace(part, key=key), key, found.key, begin, within))
    return parts


def part_key(group_key: str, part_from: dt.date | None) -> str:
    return f"{group_key}@{part_from.isoformat()}" if part_from else group_key
