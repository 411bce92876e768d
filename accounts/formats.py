"""Dates, numbers and money in the reader's own format.

The middleware names the reader's locale for the length of a request; outside one it is en-US.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache

from babel import Locale, negotiate_locale
from babel.dates import format_date, format_time, get_datetime_format, get_day_names
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils import timezone

_reader_locale: ContextVar[str] = ContextVar("reader_locale", default="en-US")

# Each in its own language, with a date and a number as they will look.
LOCALES = [
    ("en-US", "English (US): Oct 2, 2026 · 1,234.5"),
    ("en-GB", "English (UK): 2 Oct 2026 · 1,234.5"),
    ("de-DE", "Deutsch: 02.10.2026 · 1.234,5"),
    ("fr-FR", "Français: 2 oct. 2026 · 1 234,5"),
    ("es-ES", "Español: 2 oct 2026 · 1.234,5"),
    ("pl-PL", "Polski: 2 paź 2026 · 1 234,5"),
    ("uk-UA", "Українська: 2 жовт. 2026 р. · 1 234,5"),
    ("ru-RU", "Русский: 2 окт. 2026 г. · 1 234,5"),
]
DEFAULT_LOCALE = "en-US"


@contextmanager
def reader_locale(name: str) -> Iterator[None]:
    token = _reader_locale.set(name)
    try:
        yield
    finally:
        _reader_locale.reset(token)


def locale_for(accept_language: str) -> str:
    """The first of `LOCALES` that a browser's Accept-Language header asks for; en-US without."""
    wanted = [part.partition(";")[0].strip() for part in accept_language.split(",")]
    names = [name for name, _label in LOCALES]
    by_language = {name.partition("-")[0]: name for name in reversed(names)}
    found: str | None = negotiate_locale(wanted, [*names, *by_language], sep="-")
    return by_language.get(found, found) if found else DEFAULT_LOCALE


@cache
def _parsed(name: str) -> Locale:
    return Locale.parse(name, sep="-")


def _locale() -> Locale:
    return _parsed(_reader_locale.get())


def weekday(number: int) -> str:
    """The name of a day of the week; 0 is Monday."""
    return str(get_day_names("wide", locale=_locale())[number])


def hour(value: int) -> str:
    """A full hour of the day, such as 3:00 PM; 24 is midnight again."""
    return format_time(dt.time(value % 24), "short", locale=_locale())


def whole_money(amount: int, currency: str = "USD") -> str:
    """Money without cents, such as $1,500."""
    return format_currency(amount, currency, "¤#,##0", locale=_locale(), currency_digits=False)


def money(amount: Decimal | int | str | None, currency: str = "USD") -> str:
    """Such as $1,234.50; an empty text for None."""
    if amount is None:
        return ""
    return format_currency(Decimal(amount), currency, locale=_locale())


def number(value: Decimal | int | None) -> str:
    """Thousands separated and at most two decimals; an empty text for None."""
    return "" if value is None else format_decimal(value, "#,##0.##", locale=_locale())


def tenths(value: Decimal | None) -> str:
    """With one decimal always, so that a column of them aligns; an empty text for None."""
    return "" if value is None else format_decimal(value, "#,##0.0", locale=_locale())


def percent(value: int | None) -> str:
    """A whole per cent, such as 90%; an empty text for None."""
    return "" if value is None else format_percent(Decimal(value) / 100, locale=_locale())


def day(value: dt.date | None) -> str:
    """A date, such as Oct 2, 2026; an empty text for None."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return format_date(value, "medium", locale=_locale())


def moment(value: dt.datetime | None) -> str:
    """A date and time to the minute in the reader's zone; an empty text for None."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    both = str(get_datetime_format("medium", locale=_locale()))
    clock = format_time(local, "short", tzinfo=local.tzinfo, locale=_locale())
    return both.replace("{0}", clock).replace("{1}", day(local))
