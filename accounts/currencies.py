"""Currencies in use today, by their ISO 4217 codes."""

from functools import cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies


@cache
def currency_codes() -> frozenset[str]:
    """About 150 codes: legal tender somewhere today."""
    territories = get_global("territory_currencies")
    return frozenset(
        code for territory in territories for code in get_territory_currencies(territory)
    )


@cache
def currency_choices(language: str = "en") -> tuple[tuple[str, str], ...]:
    """`(code, "USD – US Dollar")` in the order of the codes, named in `language`."""
    names = Locale.parse(language, sep="-").currencies
    return tuple((code, f"{code} – {names.get(code, code)}") for code in sorted(currency_codes()))
