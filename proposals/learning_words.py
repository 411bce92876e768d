"""What works, in words: shares, benchmarks, bid ranges, hours, weekdays (B1, B6)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import formats
from profiles.conversion import Rate, Verdict
from profiles.figures_words import share_words
from proposals.learning import BIDS, Dimension, Standing

VERDICTS: Final[Mapping[Verdict, Promise]] = {
    Verdict.BETTER: gettext_lazy("More replies"),
    Verdict.WORSE: gettext_lazy("Fewer replies"),
    Verdict.NO_CLEAR_DIFFERENCE: gettext_lazy("No clear difference"),
    Verdict.NOT_ENOUGH: gettext_lazy("Not enough yet"),
}
TITLES: Final[Mapping[Dimension, Promise]] = {
    Dimension.TEMPLATE: gettext_lazy("Templates"),
    Dimension.VERSION: gettext_lazy("Versions of templates"),
    Dimension.BLOCK: gettext_lazy("Blocks"),
    Dimension.NICHE: gettext_lazy("Niches"),
    Dimension.PROFILE: gettext_lazy("Profiles"),
    Dimension.BID: gettext_lazy("Bids"),
    Dimension.INVITED: gettext_lazy("Invitations"),
    Dimension.BOOSTED: gettext_lazy("Boosts"),
    Dimension.WEEKDAY: gettext_lazy("Day of sending"),
    Dimension.HOUR: gettext_lazy("Hour of sending"),
}
HEADINGS: Final[Mapping[Dimension, Promise]] = {
    Dimension.TEMPLATE: gettext_lazy("Template"),
    Dimension.VERSION: gettext_lazy("Version"),
    Dimension.BLOCK: gettext_lazy("Block"),
    Dimension.NICHE: gettext_lazy("Niche"),
    Dimension.PROFILE: gettext_lazy("Profile"),
    Dimension.BID: gettext_lazy("Bid"),
    Dimension.INVITED: gettext_lazy("Kind"),
    Dimension.BOOSTED: gettext_lazy("Kind"),
    Dimension.WEEKDAY: gettext_lazy("Day"),
    Dimension.HOUR: gettext_lazy("Hour"),
}
STANDINGS: Final[Mapping[Standing, Promise]] = {
    Standing.NOT_ENOUGH: gettext_lazy("Not enough yet to hold it against others."),
    Standing.GENERIC: gettext_lazy(
        "That is what mass proposals get. Write fewer, and write them to one client each."
    ),
    Standing.UNCLEAR: gettext_lazy("It may still be as few as mass proposals get."),
    Standing.BETWEEN: gettext_lazy(
        "More than mass proposals get, and less than personal ones can."
    ),
    Standing.PERSONAL: gettext_lazy("As personal proposals do."),
    Standing.ABOVE: gettext_lazy("More than personal proposals usually get."),
}
_YES_NO: Final[Mapping[tuple[Dimension, str], Promise]] = {
    (Dimension.BOOSTED, "yes"): gettext_lazy("Boosted"),
    (Dimension.BOOSTED, "no"): gettext_lazy("Not boosted"),
    (Dimension.INVITED, "yes"): gettext_lazy("Invited by the client"),
    (Dimension.INVITED, "no"): gettext_lazy("Found by you"),
}


def rate_words(rate: Rate | None) -> str:
    return "" if rate is None else share_words(rate.share)


def interval_words(rate: Rate | None) -> str:
    """Such as “12.0% to 31.4%”; "" where nothing may be said."""
    if rate is None or rate.low is None or rate.high is None:
        return ""
    return _("%(low)s to %(high)s") % {
        "low": share_words(rate.low),
        "high": share_words(rate.high),
    }


def amount_words(amount: float | None) -> str:
    """Connects for one of something: one decimal below ten; "" for None."""
    if amount is None:
        return ""
    rounded = Decimal(str(round(amount, 1 if amount < 10 else 0)))
    return formats.number(rounded)


def per_dollar_words(amount: float | None) -> str:
    """Connects for $100, such as “1.4”; "" for None."""
    return "" if amount is None else formats.number(Decimal(str(round(amount * 100, 1))))


def key_words(dimension: Dimension, key: str) -> str:
    """A trait's name, where it does not stand in the database."""
    if dimension is Dimension.WEEKDAY:
        return formats.weekday(int(key))
    if dimension is Dimension.HOUR:
        start, end = formats.hour(int(key)), formats.hour(int(key) + 1)
        return _("%(start)s to %(end)s") % {"start": start, "end": end}
    if dimension is Dimension.BID:
        return _bid_words(key)
    return str(_YES_NO.get((dimension, key), key))


def _bid_words(key: str) -> str:
    kind, _colon, start = key.partition(":")
    starts = BIDS[kind]
    at = starts.index(int(start))
    low = formats.whole_money(starts[at])
    if at + 1 == len(starts):
        words = _("%(low)s and more an hour") if kind == "hourly" else _("%(low)s and more, fixed")
        return words % {"low": low}
    words = (
        _("%(low)s to %(high)s an hour") if kind == "hourly" else _("%(low)s to %(high)s, fixed")
    )
    return words % {"low": low, "high": formats.whole_money(starts[at + 1])}
