"""Sums of money as a post writes them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_NUMBER: Final = r"\d{1,3}(?:[, ’']\d{3})++(?:\.\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,3})?(?!\d)"
_SIGN: Final = r"(?:US|CA|AU|NZ|C|A)?\$|€|£|₹|¥|₴|zł"
_CODE: Final = r"USD|EUR|GBP|CAD|AUD|NZD|CHF|PLN|UAH|INR|dollars|euros?"
AMOUNT: Final = (
    rf"(?:(?:{_SIGN})\s?(?:{_NUMBER})(?:\s?[kKmM](?![a-zA-Z]))?\+?|"
    rf"(?:{_NUMBER})(?:[kK](?![a-zA-Z]))?\s?(?:{_SIGN}|(?:{_CODE})\b))"
)
"""One sum with its currency, for other patterns; it has no groups."""

_PIECES: Final = re.compile(
    rf"(?P<sign>{_SIGN}|{_CODE})|(?P<number>{_NUMBER})\s?(?P<times>[kKmM](?![a-zA-Z]))?"
)
_CURRENCIES: Final = {
    **dict.fromkeys(("$", "US$", "dollars"), "USD"),
    **dict.fromkeys(("€", "euro", "euros"), "EUR"),
    **dict.fromkeys(("CA$", "C$"), "CAD"),
    **dict.fromkeys(("AU$", "A$"), "AUD"),
    **dict(
        zip(
            ("NZ$", "£", "₹", "¥", "₴", "zł"),
            ["NZD", "GBP", "INR", "JPY", "UAH", "PLN"],
            strict=True,
        )
    ),
}
_TIMES: Final = {"": 1, "k": 1_000, "m": 1_000_000}
_THOUSANDS: Final = re.compile(r"\d{1,3}[.,]\d{3}")


def amount_in(text: str) -> Decimal:
    """The sum in what `AMOUNT` matched: “$3.7M” is 3,700,000 and “1.500 €” is 1,500."""
    piece = next(each for each in _PIECES.finditer(text) if each["number"])
    number = re.sub(r"[ ’']", "", piece["number"])
    if number.count(",") > 1 or re.search(r",\d{3}", number) or _THOUSANDS.fullmatch(number):
        number = number.replace(",", "")
        if _THOUSANDS.fullmatch(number):
            number = number.replace(".", "")
    value = Decimal(number.replace(",", ".")) * _TIMES[(piece["times"] or "").lower()]
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def currency_in(text: str) -> str:
    """Its ISO 4217 code; "$" alone is the US dollar, which is what Upwork means by it."""
    sign = next((each["sign"] for each in _PIECES.finditer(text) if each["sign"]), "")
    return _CURRENCIES.get(sign, sign)
