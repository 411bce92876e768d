"""Sums: what a contract brought in, and a file's rows per type for checking against the file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Protocol

from contracts.importing.payment_types import FEES, INCOME
from contracts.importing.rows import Export, MoneySource, PaymentCategory

_LOG_TYPES: Final = {"hourly": "Hourly", "fixed": "Fixed-price", "": "Contract"}
_NOTHING: Final = Decimal(0)
PAID_WITHIN: Final = timedelta(days=14)
"""So long after the work Upwork pays out an hourly week at the latest, as a rule."""
_UNNAMED: Final = (
    frozenset(PaymentCategory) - INCOME - FEES - {PaymentCategory.REFUND, PaymentCategory.TAX}
)


class Money(Protocol):
    """What sums need of a payment: a `MoneyRow`, or a payment from the database."""

    @property
    def source(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def paid_on(self) -> date: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def hours(self) -> Decimal | None: ...


@dataclass(frozen=True, slots=True)
class ContractMoney:
    """The money of one contract, in US dollars.

    `gross` is what the client paid, `bonuses` the part of it that was a bonus; `refunds` (given
    back to the client), `fees` (kept by Upwork, less what it gave back) and `taxes` are positive
    when they cost something; `other` is signed as in the file.
    `net = gross - refunds - fees - taxes + other`, which for transactions alone is the plain sum of
    their amounts. `hours` is None where no row has any.
    """

    gross: Decimal
    fees: Decimal
    net: Decimal
    refunds: Decimal
    bonuses: Decimal
    taxes: Decimal
    other: Decimal
    hours: Decimal | None


def contract_money(rows: Iterable[Money]) -> ContractMoney:
    """Return the money of one contract's rows.

    Transactions (A, B) and weeks (C) are two views of the same money. For the time that the
    transactions cover, gross, refunds and bonuses are the larger of the two sums, never both
    together; weeks before and after it stand in no transaction and are added. Hours are the weeks',
    and the transactions' where no week has any. The rest is taken from the transactions where there
    are some: weeks have no fees.
    """
    rows = list(rows)
    covered = _time_covered(rows)
    sums: dict[str, dict[str, Decimal]] = {}
    beyond: dict[str, Decimal] = {}
    hours: dict[str, Decimal] = {}
    for row in rows:
        outside = row.source == MoneySource.WEEKLY and not covered(row.paid_on)
        of_source = beyond if outside else sums.setdefault(row.source, {})
        of_source[row.category] = of_source.get(row.category, _NOTHING) + row.amount
        if row.hours is not None:
            hours[row.source] = hours.get(row.source, _NOTHING) + row.hours

    def larger(categories: Iterable[str], sign: int = 1) -> Decimal:
        views = (sign * _sum(of_source, categories) for of_source in sums.values())
        return max(views, default=_NOTHING) + sign * _sum(beyond, categories) + 0  # no "-0"

    weeks = sums.get(MoneySource.WEEKLY, {})
    transactions = sums.get(MoneySource.TRANSACTIONS, weeks)
    gross = larger(INCOME)
    refunds = larger([PaymentCategory.REFUND], sign=-1)
    fees = 0 - _sum(transactions, FEES)
    taxes = 0 - _sum(transactions, [PaymentCategory.TAX])
    other = _sum(transactions, _UNNAMED)
    return ContractMoney(
        gross=gross,
        fees=fees,
        net=gross - refunds - fees - taxes + other,
        refunds=refunds,
        bonuses=larger([PaymentCategory.BONUS]),
        taxes=taxes,
        other=other,
        hours=hours.get(MoneySource.WEEKLY, hours.get(MoneySource.TRANSACTIONS)),
    )


def _time_covered(rows: Iterable[Money]) -> Callable[[date], bool]:
    """Return whether the work of a day stands in the transactions, if it was paid at all.

    Without transactions every day counts as covered: then there is only one view.
    """
    paid = [row.paid_on for row in rows if row.source == MoneySource.TRANSACTIONS]
    if not paid:
        return lambda _day: True
    first, last = min(paid) - PAID_WITHIN, max(paid)
    return lambda day: first <= day <= last


def _sum(of_source: dict[str, Decimal], categories: Iterable[str]) -> Decimal:
    return sum((of_source.get(category, _NOTHING) for category in categories), _NOTHING)


def totals(export: Export) -> dict[str, str]:
    """Return the sum of all understood rows per type as spelled in the file, in file order.

    Sums are plain decimals with at least two places: "1328.00", "-132.80". The types of a contract
    log are "Hourly", "Fixed-price" and "Contract" (kind not given), its amounts what was earned.
    """
    sums: dict[str, Decimal] = {}
    for row in export.money:
        sums[row.type] = sums.get(row.type, _NOTHING) + row.amount
    for contract in export.log:
        type_ = _LOG_TYPES[contract.kind]
        sums[type_] = sums.get(type_, _NOTHING) + (contract.earned or _NOTHING)
    return {type_: plain_amount(amount) for type_, amount in sums.items()}


def plain_amount(amount: Decimal) -> str:
    """Return an amount as a plain decimal with at least two places, all of it."""
    places = max(2, -int(amount.normalize().as_tuple().exponent))
    return f"{amount:.{places}f}"
