"""Amounts and other numbers as Upwork, spreadsheets and people write them.

Upwork's exports are English: `1,234` is a thousand and `1.234` is one and a bit. A file whose cells
are parted by semicolons comes from a spreadsheet that uses decimal commas, so there both of these
could be either and are asked about. What can only be read in one way is read: `1.234,56`,
`1 234,56`, `12,5`, `(12.00)`, `−22.92`, `$1,234`, `USD 5`.
"""

import re
from decimal import Decimal
from typing import Final

from contracts.importing.limits import MAX_AMOUNT, MAX_DECIMALS, MAX_HOURS
from contracts.importing.problems import CellNotUnderstood, gettext_noop, shown

_MAX_CHARACTERS: Final = 40
_PLAIN = re.compile(rf"-?[0-9]{{1,10}}(?:\.[0-9]{{1,{MAX_DECIMALS}}})?")
_CLOCK = re.compile("([0-9]{1,6}):([0-5][0-9])(?::[0-5][0-9])?")
_MINUS = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-", "﹣": "-", "－": "-"})
_DOLLARS = r"(?:US ?\$|USD|\$)"
_ANY_CURRENCY = r"(?:[A-Za-z]{0,3} ?[$€£¥₹₽₴₱₦₫₺฿]|[A-Za-z]{3})"

_ENGLISH = re.compile(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:[,' ’][0-9]{3})+)?(?:\.[0-9]*)?")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]*)?")
_CONTINENTAL = re.compile(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:[.' ’][0-9]{3})+)?,[0-9]*")
_CONTINENTAL_WHOLE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def amount_in(text: str, *, decimal_comma: bool = False) -> Decimal:
    """Return the amount in US dollars that a cell holds; |amount| < 10^10, at most 6 decimals.

    `decimal_comma` says that the file comes from a spreadsheet with decimal commas. Another
    currency's sign, NaN, infinities and exponents raise `CellNotUnderstood`, and so does an empty
    cell.
    """
    if _is_plain(text, decimal_comma):
        return Decimal(text) + 0  # + 0: "-0.00" is nothing, not a negative nothing
    return _number(text, _DOLLARS, decimal_comma)


def local_amount_in(text: str, *, decimal_comma: bool = False) -> Decimal:
    """Return an amount that may be in any currency; otherwise like `amount_in`."""
    if _is_plain(text, decimal_comma):
        return Decimal(text) + 0
    return _number(text, _ANY_CURRENCY, decimal_comma)


def hours_in(text: str, *, decimal_comma: bool = False) -> Decimal:
    """Return the hours that a cell holds, not negative: `5.5`, or `5:30` rounded to hundredths."""
    if match := _CLOCK.fullmatch(text):
        hours = int(match[1]) + Decimal(int(match[2])) / 60
        return hours.quantize(Decimal("0.01"))
    try:
        plain = _is_plain(text, decimal_comma)
        hours = Decimal(text) if plain else _number(text, "h", decimal_comma)
    except CellNotUnderstood:
        raise CellNotUnderstood(
            gettext_noop("“%(value)s” is not a number of hours: write it as 5.5."),
            value=shown(text),
        ) from None
    if hours < 0:
        raise less_than_nothing(text)
    if hours >= MAX_HOURS:
        raise CellNotUnderstood(
            gettext_noop("“%(value)s” is more than the hours of one row can be."),
            value=shown(text),
        )
    return hours


def less_than_nothing(text: str) -> CellNotUnderstood:
    """Return the complaint about a negative number where there can be none."""
    return CellNotUnderstood(gettext_noop("“%(value)s” is less than nothing."), value=shown(text))


def _is_plain(text: str, decimal_comma: bool) -> bool:
    """Say whether Decimal reads the text as it is meant: the short way for nearly all amounts."""
    if not _PLAIN.fullmatch(text):
        return False
    return not (decimal_comma and _EITHER.fullmatch(text.removeprefix("-")))


def _number(text: str, currency: str, decimal_comma: bool) -> Decimal:
    if not text.strip():
        raise CellNotUnderstood(gettext_noop("The amount is missing."))
    if len(text) > _MAX_CHARACTERS:
        raise _not_an_amount(text)
    digits, negative = _without_sign(text, currency)
    if decimal_comma and _EITHER.fullmatch(digits):
        raise CellNotUnderstood(
            gettext_noop("“%(value)s” could be two different amounts: write it as %(example)s."),
            value=shown(text),
            example=re.sub("[.,]", "", digits) + ",00",
        )
    number = Decimal(_with_decimal_point(text, digits))
    if number >= MAX_AMOUNT or -int(number.as_tuple().exponent) > MAX_DECIMALS:
        raise CellNotUnderstood(
            gettext_noop("“%(value)s” is too large, or has more than %(decimals)s decimals."),
            value=shown(text),
            decimals=MAX_DECIMALS,
        )
    return -number + 0 if negative else number


def _without_sign(text: str, currency: str) -> tuple[str, bool]:
    """Return the bare digits and separators, and whether the amount is negative."""
    plain = " ".join(text.translate(_MINUS).split())
    match = re.fullmatch(
        rf"(?P<open>\()?(?P<minus>-)? ?(?:{currency})? ?(?P<inner>-)?(?P<digits>[0-9., '’]+?)"
        rf" ?(?:{currency})?(?P<after>-)?(?P<close>\))?",
        plain.removeprefix("'").removeprefix("+"),
        re.IGNORECASE,
    )
    if match is None or bool(match["open"]) != bool(match["close"]):
        raise _not_an_amount(text)
    signs = sum(match[sign] is not None for sign in ("open", "minus", "inner", "after"))
    if signs > 1:
        raise _not_an_amount(text)
    return match["digits"].strip(), signs == 1


def _with_decimal_point(text: str, digits: str) -> str:
    if re.search("[0-9]", digits):
        if _ENGLISH.fullmatch(digits) or _INDIAN.fullmatch(digits):
            return re.sub("[,' ’]", "", digits)
        if _CONTINENTAL.fullmatch(digits) or _CONTINENTAL_WHOLE.fullmatch(digits):
            return re.sub("[.' ’]", "", digits).replace(",", ".")
    raise _not_an_amount(text)


def _not_an_amount(text: str) -> CellNotUnderstood:
    return CellNotUnderstood(
        gettext_noop("“%(value)s” is not an amount in dollars: write it as 1234.56."),
        value=shown(text),
    )
