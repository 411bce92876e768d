"""What contracts brought in, worked out anew from their payments: the one place that does."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import batched, groupby
from operator import itemgetter
from typing import Final, NamedTuple

from contracts.importing import Problem, contract_money
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


class _PaymentMoney(NamedTuple):
    contract_id: int
    source: str
    category: str
    amount: Decimal
    hours: Decimal | None


def contracts_recompute(contracts: Iterable[Contract]) -> dict[int, set[str]]:
    """Set earned, fees and hours of contracts that have payments; save nothing.

    `earned` is gross less refunds. Hours stay as they were typed where no payment has any. Returns
    the fields that were worked out, by key; contracts without payments are left as they are. Raises
    `ImportRefused` for sums that the database cannot hold.
    """
    by_key = {contract.pk: contract for contract in contracts}
    paid: dict[int, set[str]] = {}
    for key, rows in _payments_by_contract(list(by_key)):
        money = contract_money(rows)
        contract = by_key[key]
        earned = money.gross - money.refunds
        if max(abs(earned), abs(money.fees)) > MOST_CENTS or (money.hours or 0) > _MOST_HOURS:
            raise ImportRefused(Problem(TOO_MUCH, {"title": shown(contract.title)}))
        contract.earned = cents(earned)
        contract.fees = cents(money.fees)
        paid[key] = {"earned", "fees"}
        if money.hours is not None:
            contract.hours = cents(money.hours)
            paid[key].add("hours")
    return paid


def _payments_by_contract(
    keys: Sequence[int],
) -> Iterator[tuple[int, Iterator[_PaymentMoney]]]:
    for some in batched(keys, _AT_ONCE):
        rows = (
            Payment.objects.filter(contract__in=some)
            .order_by("contract_id")
            .values_list(*_PaymentMoney._fields)
        )
        money = (_PaymentMoney(*row) for row in rows.iterator(chunk_size=5_000))
        yield from groupby(money, key=itemgetter(0))
