"""The arithmetic of `profiles.rates` in words, and what is wrong with a figure."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.formats import money, number, tenths
from profiles.conversion import Rate, Verdict
from profiles.rates import BadFigure, Step

STEP_WORDS: Final = {
    "target_reached": _("Public ratings: %(ratings)s, so the target itself: %(target)s an hour"),
    "lower_end": _("%(target)s − %(percent)s%% = %(rate)s an hour"),
    "upper_end": _("%(target)s − %(percent)s%% = %(rate)s an hour"),
    "ratings_missing": _("Public ratings: %(ratings)s of 10, so %(missing)s to go to the target"),
    "hours_full": _("%(booked)s of %(capacity)s hours a week are booked: the plate is full"),
    "hours_free": _("%(capacity)s hours − %(booked)s booked = %(free)s hours a week free"),
    "raise_now": _("%(rate)s + %(raise)s = %(next)s an hour"),
    "keep_rate": _("Not full yet, so the rate stays: %(rate)s an hour"),
    "payroll_hour": _("%(wage)s wage × %(factor)s = %(cost)s an hour with taxes, benefits, desk"),
    "hours_a_year": _("%(a_week)s hours a week × %(weeks)s weeks = %(hours)s hours a year"),
    "payroll_year": _("%(cost)s × %(hours)s hours = %(year)s a year for an employee"),
    "freelancer_month": _("%(rate)s × %(hours)s hours = %(month)s for a whole month with you"),
    "value_share": _("%(value)s × %(percent)s%% = %(price)s"),
    "value_hour": _("%(price)s / %(hours)s hours = %(an_hour)s an hour"),
    "peers_middle": _("Rates of peers: %(peers)s; the one in the middle is %(middle)s an hour"),
    "peers_difference": _("Yours %(rate)s − theirs %(middle)s = %(difference)s an hour"),
    "united_states": _("In the US: %(middle)s × %(factor)s = %(rate)s an hour may be asked"),
}
"""By `Step.key`."""
MONEY: Final = frozenset(
    {
        *("target", "rate", "raise", "next", "wage", "cost", "year", "month", "value", "price"),
        *("an_hour", "middle", "difference"),
    }
)
"""The figures of a step that are dollars; the others are plain numbers."""
BAD_FIGURE_WORDS: Final = {
    "not_positive": _("This must be more than 0."),
    "negative": _("This can't be less than 0."),
    "too_much": _("This is more than we can reckon with. Is there a digit too many?"),
    "no_number": _("Write a number, such as 40 or 62.50."),
    "not_a_share": _("Write a share in per cent, more than 0 and at most 100."),
    "low_above_high": _("The smaller discount is above the bigger one."),
}
"""By `BadFigure.key`."""
VERDICT_WORDS: Final = {
    Verdict.NOT_ENOUGH: _("Not enough data yet"),
    Verdict.BETTER: _("More replies"),
    Verdict.WORSE: _("Fewer replies"),
    Verdict.NO_CLEAR_DIFFERENCE: _("No clear difference"),
}


def step_words(step: Step) -> str:
    """One line of the arithmetic, figures in the reader's format; `KeyError` without words."""
    figures = {name: _formatter(name)(figure) for name, figure in step.figures.items()}
    return str(STEP_WORDS[step.key]) % figures


def bad_figure_words(error: BadFigure) -> str:
    return str(BAD_FIGURE_WORDS[error.key])


def share_words(rate: Rate) -> Mapping[str, str]:
    """A rate and its interval in per cent, such as 4.2% and 2.8 to 6.1%; empty without either."""
    if rate.share is None or rate.low is None or rate.high is None:
        return {"share": "", "interval": ""}
    low, high = _percent(rate.low), _percent(rate.high)
    return {
        "share": _now("%(share)s%%") % {"share": _percent(rate.share)},
        "interval": _now("%(low)s to %(high)s%%") % {"low": low, "high": high},
    }


def _formatter(name: str) -> Callable[[Decimal | int], str]:
    return money if name in MONEY else number


def _percent(share: float) -> str:
    return tenths(Decimal(f"{share * 100:.1f}"))
