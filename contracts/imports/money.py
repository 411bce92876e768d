"""What contracts brought in, worked out anew from their payments: the one place that does."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import batched, groupby
from operator import itemgetter
from typing import Final, NamedTuple

from contracts.importing import Problem, contract_money
from contracts.importing.money import Money
from contracts.importing.problems import gettext_noop, shown
from contracts.imports.refusals import ImportRefused
from contracts.imports.stored import MOST_CENTS, cents
from contracts.models import Contract, Payment

MONEY_FIELDS: Final = ("earned", "fees", "hours")
_MOST_HOURS: Final = Decimal("9999999.99")
_AT_ONCE: Final = 2_000

TOO_MUCH: Final = gettext_noop(
    "The payments of “%(title)s” add up to more than a contract can hold. Leave it out, or correct "
    "the amounts in the file."
)


class PaymentMoney(NamedTuple):
    """What sums need of a payment, as it is stored."""

    contract_id: int
    source: str
    category: str
    paid_on: date
    amount: Decimal
    hours: Decimal | None


def money_set(contract: Contract, rows: Iterable[Money]) -> set[str]:
    """Set what these payments, all of a contract's, add up to; return the fields that were set.

    `earned` is gross less refunds. Hours stay as they were typed where no payment has any. Raises
    `ImportRefused` for sums that the database cannot hold.
    """
    money = contract_money(rows)
    earned = money.gross - money.refunds
    if max(abs(earned), abs(money.fees)) > MOST_CENTS or (money.hours or 0) > _MOST_HOURS:
        raise ImportRefused(Problem(TOO_MUCH, {"title": shown(contract.title)}))
    contract.earned = cents(earned)
    contract.fees = cents(money.fees)
    if money.hours is None:
        return {"earned", "fees"}
    contract.hours = cents(money.hours)
    return {"earned", "fees", "hours"}


def contracts_recompute(contracts: Iterable[Contract]) -> dict[int, set[str]]:
    """Set earned, fees and hours of contracts from their stored payments; save nothing.

    Returns the fields that were worked out, by key; contracts without payments are left as they
    are. Raises `ImportRefused` for sums that the database cannot hold.
    """
    by_key = {contract.pk: contract for contract in contracts}
    payments = _payments_by_contract(list(by_key))
    return {key: money_set(by_key[key], rows) for key, rows in payments}


def _payments_by_contract(
    keys: Sequence[int],
) -> Iterator[tuple[int, Iterator[PaymentMoney]]]:
    for some in batched(keys, _AT_ONCE):
        rows = (
            Payment.objects.filter(contract__in=some)
            .order_by("contract_id")
            .values_list(*PaymentMoney._fields)
        )
        money = (PaymentMoney(*row) for row in rows.iterator(chunk_size=5_000))
        yield from groupby(money, key=itemgetter(0))
