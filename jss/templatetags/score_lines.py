"""The scores' names in templates."""

from django import template
from django.utils.translation import gettext as _

from jss.engine import TREND, RuleSet
from jss.rules_in_use import title_of

register = template.Library()


@register.filter
def line_name(months: int) -> str:
    """A score by its window: “6 months”, or “Trending” (J17)."""
    return _("Trending") if months == TREND else _("%(months)s months") % {"months": months}


@register.filter
def line_score(months: int) -> str:
    """The same within a sentence: “6-month”, or “trending”."""
    return _("trending") if months == TREND else _("%(months)s-month") % {"months": months}


@register.filter
def rules_title(rules: RuleSet | str) -> str:
    """A rule set's name in words."""
    return title_of(rules if isinstance(rules, str) else rules.name)
