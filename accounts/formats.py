"""Dates, numbers and money in the reader's own format.

The middleware names the reader's locale for the length of a request; outside one it is en-US.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal
from django.utils import timezone

_reader_locale: ContextVar[str] = ContextVar("reader_locale", default="en-US")

LOCALES = [
    ("en-US", "English (US): Oct 2, 2026 · 1,234.50"),
    ("en-GB", "English (UK): 2 Oct 2026 · 1,234.50"),
    ("de-DE", "Deutsch: 02.10.2026 · 1.234,50"),
    ("fr-FR", "Français: 2 oct. 2026 · 1 234,50"),
    ("es-ES", "Español: 2 oct 2026 · 1.234,50"),
    ("pl-PL", "Polski: 2 paź 2026 · 1234,50"),
    ("uk-UA", "Українська: 2 жовт. 2026 · 1 234,50"),
    ("ru-RU", "Русский: 2 окт. 2026 · 1 234,50"),
]


@contextmanager
def reader_locale(name: str) -> Iterator[None]:
    token = _reader_locale.set(name)
    try:
        yield
    finally:
        _reader_locale.reset(token)


def _locale() -> Locale:
    return Locale.parse(_reader_locale.get(), sep="-")


def money(amount: Decimal | int | str | None, currency: str = "USD") -> str:
    """Such as $1,234.50; an empty text for None."""
    if amount is None:
        return ""
    return format_currency(Decimal(amount), currency, locale=_locale())


def number(value: Decimal | int | None) -> str:
    """Thousands separated and at most two decimals; an empty text for None."""
    return "" if value is None else format_decimal(value, "#,##0.##", locale=_locale())


def day(value: dt.date | None) -> str:
    """A date, such as Oct 2, 2026; an empty text for None."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return format_date(value, "medium", locale=_locale())


def moment(value: dt.datetime | None) -> str:
    """A date and time in the reader's zone; an empty text for None."""
    if value is None:
        return ""
    return format_datetime(timezone.localtime(value), "medium", locale=_locale())
