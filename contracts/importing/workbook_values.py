"""Values as a workbook stores them, as the texts that a CSV file of the same table would have."""

import re
from datetime import date, timedelta
from typing import Final

EPOCH_1900: Final = date(1899, 12, 30)
EPOCH_1904: Final = date(1904, 1, 1)
_ESCAPES = re.compile("_x(000[9AaDd]|005[Ff])_")


def column_number(letters: str) -> int:
    """Return a column's number: A is 1, XFD is 16,384. Raises ValueError for anything else."""
    number = 0
    if not 1 <= len(letters) <= 3:
        raise ValueError(letters)
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = number * 26 + ord(letter) - 64
    return number


def shown_number(text: str) -> str:
    """Return a stored number as a spreadsheet shows it: 15 digits, no exponent.

    Excel stores 229.17 as 229.16999999999999; whole numbers, such as long ids, stay as they are.
    """
    if text.isdecimal() and text.isascii():
        return text
    number = float(text)
    if not abs(number) <= 1e18:  # NaN is neither
        return text
    plain = f"{number:.15g}"
    if "e" in plain:
        plain = f"{number:.15f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def shown_date(text: str, epoch: date) -> str:
    """Return a stored day number as an ISO date; a time of day as hours and minutes."""
    number = float(text)
    if 0 <= number < 1:
        return shown_duration(text)
    # Excel's calendar has a 29 February 1900, so its first two months are one day off
    leap_day = 1 if epoch == EPOCH_1900 and number < 60 else 0
    try:
        return (epoch + timedelta(days=int(number) + leap_day)).isoformat()
    except OverflowError:
        return text


def shown_duration(text: str) -> str:
    """Return a stored number of days as hours and minutes."""
    number = float(text)
    if not 0 <= number < 1e6:
        return text
    minutes = round(number * 24 * 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def unescaped(text: str) -> str:
    """Return a text with Excel's `_x000D_` and the like as the characters they stand for."""
    if "_x" not in text:
        return text
    return _ESCAPES.sub(lambda match: chr(int(match[1], 16)), text)
