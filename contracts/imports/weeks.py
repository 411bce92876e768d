"""Weekly rows (format C) of weeks that went on after they were exported.

Upwork gives these rows no id, so a week that grew from 3 to 5.5 hours looks like another row, and
adding it would count three hours twice. Where the file and the practice each have one row of a
contract, day and type that the other has not, they are the same: the larger one stands. A smaller
one in the file is the part of a week that the chosen period of the report cut off.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from contracts.importing import MoneyRow, MoneySource
from contracts.importing.identities import folded_name
from contracts.imports.stored import StoredPayment, cents

_Place = tuple[dt.date, str]


@dataclass(slots=True)
class Weeks:
    """`grown` rows replace a stored payment, `parts` of one add nothing, `unclear` are days where
    several rows could be meant.
    """

    grown: list[tuple[MoneyRow, StoredPayment]] = field(default_factory=list)
    parts: list[MoneyRow] = field(default_factory=list)
    unclear: list[dt.date] = field(default_factory=list)


def compared_weeks(
    rows: Iterable[MoneyRow],
    of_contract: Mapping[str, StoredPayment],
    stored: Mapping[str, StoredPayment],
) -> Weeks:
    """Compare a contract's rows with its stored payments, both of the same source."""
    weeks = Weeks()
    in_file: set[str] = set()
    new: dict[_Place, list[MoneyRow]] = defaultdict(list)
    for row in rows:
        in_file.add(row.external_id)
        if row.source is MoneySource.WEEKLY and row.external_id not in stored:
            new[row.paid_on, folded_name(row.type)].append(row)
    missing: dict[_Place, list[StoredPayment]] = defaultdict(list)
    for external_id, payment in of_contract.items() if new else ():
        if external_id not in in_file:
            missing[payment.paid_on, folded_name(payment.type)].append(payment)
    for place in sorted(new.keys() & missing.keys()):
        _compare(weeks, new[place], missing[place])
    return weeks


def _compare(weeks: Weeks, rows: list[MoneyRow], payments: list[StoredPayment]) -> None:
    if len(rows) > 1 or len(payments) > 1:
        weeks.unclear.append(rows[0].paid_on)
        return
    (row,), (payment,) = rows, payments
    if row.hours is None and payment.hours is None:
        return  # two bonuses on one day, not a week that grew
    if _size(row.hours, row.amount) > _size(payment.hours, payment.amount):
        weeks.grown.append((row, payment))
    else:
        weeks.parts.append(row)


def _size(hours: Decimal | None, amount: Decimal) -> tuple[Decimal, Decimal]:
    return cents(hours or Decimal(0)), cents(amount)
