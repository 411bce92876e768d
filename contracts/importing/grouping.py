"""Contracts put together from the rows of one export: no export of Upwork's lists them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from contracts.importing.contract_links import work_of
from contracts.importing.identities import digest, folded_name
from contracts.importing.money import contract_money
from contracts.importing.payment_types import INCOME, kind_of
from contracts.importing.rows import Export, Kind, LogRow, MoneyRow, PaymentCategory


@dataclass(frozen=True, slots=True)
class FoundContract:
    """One contract of an export.

    `key` is the same in every run and every file: A and B by freelancer, client and title; C by the
    contract's id, by title where it has none; D by title, client and start. Money is as in
    `ContractMoney`. `lines` are the file's lines of its rows. `longest_gap_days` is the longest
    time between two payments: two contracts of one title with one client show by it. For format D
    `log` is the row, and there are no payment dates.
    """

    key: str
    title: str
    client: str
    freelancer: str
    upwork_contract_id: str
    kind: Kind
    first_paid_on: date | None
    last_paid_on: date | None
    gross: Decimal
    fees: Decimal
    refunds: Decimal
    bonuses: Decimal
    hours: Decimal | None
    lines: tuple[int, ...]
    longest_gap_days: int
    log: LogRow | None = None


def found_contracts(export: Export) -> list[FoundContract]:
    """Return the contracts of an export, in the order in which the file names them first."""
    if export.format == "D":
        return _logged_contracts(export.log)
    groups: dict[str, list[MoneyRow]] = defaultdict(list)
    for row in export.money:
        if _names_contract(row):
            groups[contract_key(row)].append(row)
    return [_paid_contract(key, rows) for key, rows in groups.items()]


def practice_rows(export: Export) -> list[MoneyRow]:
    """Return the rows of no contract: connects, memberships, withdrawals and the like."""
    return [row for row in export.money if not _names_contract(row)]


def contract_key(row: MoneyRow) -> str:
    """Return the key of the contract that a row belongs to; the row must name one."""
    if row.upwork_contract_id:
        return f"id-{row.upwork_contract_id}"
    return f"work-{digest(work_of(row))}"


def _names_contract(row: MoneyRow) -> bool:
    return bool(row.title or row.upwork_contract_id)


def _paid_contract(key: str, rows: Sequence[MoneyRow]) -> FoundContract:
    money = contract_money(rows)
    latest = max(rows, key=lambda row: row.paid_on)
    days = sorted({row.paid_on for row in rows if row.category in INCOME})
    days = days or sorted({row.paid_on for row in rows})
    return FoundContract(
        key=key,
        title=latest.title,
        client=next((row.client for row in rows if row.client), ""),
        freelancer=next((row.freelancer for row in rows if row.freelancer), ""),
        upwork_contract_id=latest.upwork_contract_id,
        kind=_kind(rows),
        first_paid_on=days[0],
        last_paid_on=days[-1],
        gross=money.gross,
        fees=money.fees,
        refunds=money.refunds,
        bonuses=money.bonuses,
        hours=money.hours,
        lines=tuple(row.line for row in rows),
        longest_gap_days=max(
            ((after - before).days for before, after in pairwise(days)), default=0
        ),
    )


def _kind(rows: Sequence[MoneyRow]) -> Kind:
    """Return the kind that the payments agree on, "" where they don't or don't say."""
    earnings = (row for row in rows if row.category is PaymentCategory.EARNING)
    kinds = {kind_of(row.type) for row in earnings}
    return kinds.pop() if len(kinds) == 1 else ""


def _logged_contracts(log: Sequence[LogRow]) -> list[FoundContract]:
    seen: Counter[tuple[str, ...]] = Counter()
    return [_logged_contract(row, seen) for row in log]


def _logged_contract(row: LogRow, seen: Counter[tuple[str, ...]]) -> FoundContract:
    started = row.started_on.isoformat() if row.started_on else ""
    content = (folded_name(row.title), folded_name(row.client), started)
    seen[content] += 1
    return FoundContract(
        key=f"log-{digest((*content, str(seen[content])))}",
        title=row.title,
        client=row.client,
        freelancer="",
        upwork_contract_id="",
        kind=row.kind,
        first_paid_on=None,
        last_paid_on=None,
        gross=row.earned or Decimal(0),
        fees=Decimal(0),
        refunds=Decimal(0),
        bonuses=Decimal(0),
        hours=row.hours,
        lines=(row.line,),
        longest_gap_days=0,
        log=row,
    )
