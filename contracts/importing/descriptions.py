"""What a transaction's description says: the work's title, hours, and which payment it is about.

Seen in Upwork's transaction history (format B): `Invoice for Logo`, `Invoice for
05/27/2024-06/02/2024 - 14:20 hrs @ $18.00/hr`, `Service Fee for Hourly - Ref ID 133000001`,
`VAT (KE) - Service Fee - Ref ID 133000002`. Anything else is taken for a title as it stands.
"""

import re
from decimal import Decimal
from typing import Final

from contracts.importing.amounts import hours_in
from contracts.importing.rows import Kind

UNTITLED: Final[dict[Kind, str]] = {"hourly": "Hourly work", "fixed": "Fixed-price work"}
"""Titles for work whose description names none, per kind of contract."""

_OPENING = re.compile(
    r"^(?:invoice|bonus|refund|reimbursement|expense|payment)(?: to client)? for ", re.IGNORECASE
)
_HOURS = re.compile(r"(?<![0-9:])([0-9]{1,3}:[0-5][0-9]) ?(?:hrs?|hours)\b", re.IGNORECASE)
_HOURS_AND_RATE = re.compile(
    r"[0-9]{1,3}:[0-5][0-9] ?(?:hrs?|hours)(?: ?@ ?\$?[0-9.,]+ ?/ ?(?:hr|hour))?", re.IGNORECASE
)
_WEEK = re.compile(
    r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4} ?[-–] ?[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2} ?[-–] ?[0-9]{4}-[0-9]{2}-[0-9]{2}"
)
_EMPTY_PARTS = re.compile(r"(?:^|(?<=\s))[-–](?=\s*[-–]|\s*$)|^\s*[-–]\s+")
_REFERENCE = re.compile(r"\bRef\.? ID:? ([0-9]{1,30})\b", re.IGNORECASE)


def title_in(description: str) -> str:
    """Return the work's title, "" where the description has none beside hours and a week."""
    title = _OPENING.sub("", description, count=1)
    if _HOURS_AND_RATE.search(title) or _WEEK.search(title):
        title = _WEEK.sub("", _HOURS_AND_RATE.sub("", title))
        while (shorter := _EMPTY_PARTS.sub("", title).strip()) != title:
            title = shorter
    return title.strip()


def hours_of(description: str) -> Decimal | None:
    """Return the hours that a description names: `14:20 hrs` is 14.33."""
    match = _HOURS.search(description)
    return hours_in(match[1]) if match else None


def reference_in(description: str) -> str:
    """Return the Ref ID of the payment that a fee or tax is about, "" where there is none."""
    match = _REFERENCE.search(description)
    return match[1] if match else ""


def title_and_id(contract: str) -> tuple[str, str]:
    """Return title and id of `Bootstrap expert (34000001)`; the id is "" where it is missing."""
    title, bracket, id_ = contract.removesuffix(")").rpartition("(")
    if contract.endswith(")") and bracket and id_.isascii() and id_.isdecimal() and len(id_) <= 20:
        return title.strip(), id_
    return contract, ""
