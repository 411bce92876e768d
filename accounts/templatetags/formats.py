"""Template filters over `accounts.formats`, built into every template."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts import formats

register = template.Library()
register.filter("number", formats.number)
register.filter("tenths", formats.tenths)
register.filter("moment", formats.moment)


@register.filter
def money(amount: Decimal | None, currency: str = "USD") -> str:
    return formats.money(amount, currency or "USD")


@register.filter
def day(value: dt.date | None) -> SafeString | str:
    """`<time>` with the machine's date beside the reader's."""
    if not value:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.day(value))


@register.filter
def percent(value: int | None) -> str:
    """A whole per cent; a dash where there is no score."""
    return "–" if value is None else formats.percent(value)
