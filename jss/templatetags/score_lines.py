"""The scores' names in templates."""

from decimal import Decimal
from fractions import Fraction

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from accounts.formats import number, percent
from jss.chart import line_key
from jss.engine import SHOWN, TREND, RuleSet
from jss.lab_urls import lab_path
from jss.movement_words import score_name
from jss.rules_in_use import title_of, words_of

register = template.Library()


@register.simple_tag(takes_context=True)
def lab_url(context: Context, route: str, *args: object, **query: object) -> str:
    """The address of a Job Success page, by the rule set that this page is worked out by."""
    in_use = context.get("in_use")
    return lab_path(route, *args, rules=in_use.query if in_use else "", **query)


@register.filter
def line_name(months: int) -> str:
    """A score by its window: “6 months”, “Trending” (J17), or “Shown”."""
    if months == SHOWN:
        return _("Shown")
    return _("Trending") if months == TREND else _("%(months)s months") % {"months": months}


@register.filter
def line_score(months: int) -> str:
    """The same within a sentence: “6-month”, or “trending”."""
    return score_name(months)


@register.filter(name="line_key")
def line_key_of(months: int) -> str:
    """What the chart calls the score's line."""
    return line_key(months)


@register.filter
def weight(units: Fraction) -> str:
    """A weight, or a sum of them, to two decimals at most."""
    return number(Decimal(units.numerator) / units.denominator)


@register.filter
def share(part: Fraction) -> str:
    """A share of 1 in per cent."""
    return percent(round(part * 100))


@register.filter
def rules_title(rules: RuleSet | str) -> str:
    """A rule set's name in words."""
    return title_of(rules if isinstance(rules, str) else rules.name)


@register.filter
def rules_words(rules: RuleSet) -> str:
    """What a rule set does, in a sentence or two."""
    return words_of(rules.name)
