"""Which contract a fee, a tax or an adjustment belongs to (formats A and B).

In A the rows of one payment share a Transaction ID; in B a fee names the Ref ID of its payment, and
a tax that of the fee. What then still names no work that somebody was paid for belongs to the
practice: its title is taken away.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from contracts.importing.descriptions import reference_in
from contracts.importing.identities import folded_name
from contracts.importing.payment_types import FEES, NEVER_A_CONTRACTS, WORK
from contracts.importing.rows import MoneyRow

_LONGEST_CHAIN: Final = 4
"""Tax → fee → payment is two steps; more would be a circle."""

Work = tuple[str, str, str]


def work_of(row: MoneyRow) -> Work:
    """Return what tells one contract from another without its id: freelancer, client, title."""
    return folded_name(row.freelancer), folded_name(row.client), folded_name(row.title)


def linked(rows: Sequence[MoneyRow]) -> list[MoneyRow]:
    """Return the rows in their order, each with the title of the contract that it belongs to."""
    by_reference = {row.external_id: row for row in rows}
    by_transaction = _work_by_transaction(rows)
    known = {work_of(row) for row in rows if row.title and row.category in WORK | FEES}
    return [
        row
        if row.category in NEVER_A_CONTRACTS
        else _settled(_with_contract(row, by_reference, by_transaction), known)
        for row in rows
    ]


def _work_by_transaction(rows: Iterable[MoneyRow]) -> Mapping[str, Mapping[Work, MoneyRow]]:
    payments: dict[str, dict[Work, MoneyRow]] = defaultdict(dict)
    for row in rows:
        if row.transaction_id and row.title and row.category in WORK:
            payments[row.transaction_id].setdefault(work_of(row), row)
    return payments


def _with_contract(
    row: MoneyRow,
    by_reference: Mapping[str, MoneyRow],
    by_transaction: Mapping[str, Mapping[Work, MoneyRow]],
) -> MoneyRow:
    if row.category in WORK and row.title:
        return row
    payment = _referred_payment(row, by_reference)
    if payment is not None:
        return _on_contract_of(row, payment)
    candidates = by_transaction.get(row.transaction_id, {})
    if len(candidates) == 1 and work_of(row) not in candidates:
        return _on_contract_of(row, next(iter(candidates.values())))
    return row


def _referred_payment(row: MoneyRow, by_reference: Mapping[str, MoneyRow]) -> MoneyRow | None:
    """Follow "Ref ID …" from row to row, as far as the row that is not about another one."""
    found: MoneyRow | None = row
    for _ in range(_LONGEST_CHAIN):
        reference = reference_in(found.description) if found else ""
        if not found or not reference:
            break
        found = by_reference.get(reference)
    return None if found is row else found


def _on_contract_of(row: MoneyRow, payment: MoneyRow) -> MoneyRow:
    if row.title == payment.title and row.client == payment.client:
        return row
    return replace(
        row,
        title=payment.title,
        client=payment.client or row.client,
        freelancer=payment.freelancer or row.freelancer,
    )


def _settled(row: MoneyRow, known: set[Work]) -> MoneyRow:
    """Take the title from a tax, adjustment or unknown type that names no known work."""
    if not row.title or row.category in WORK | FEES or work_of(row) in known:
        return row
    return replace(row, title="")
