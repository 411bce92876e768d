"""The words for what a version did to the weekly figures, and for what is not known yet (P7)."""

from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.formats import day, number, tenths
from profiles.conversion import Comparison, Measure, Rate, Verdict, Week
from profiles.figures_effect import Effect, Missing, missing_of

MEASURE_NAMES: Final[dict[Measure, Promise]] = {
    Measure.INVITATIONS_PER_VIEW: gettext_lazy("Invitations per view"),
    Measure.REPLIES_PER_VIEW: gettext_lazy("Replies per view"),
    Measure.REPLIES_PER_PROPOSAL: gettext_lazy("Replies per proposal"),
}
PANEL_NAMES: Final[dict[str, Promise]] = {
    "views": gettext_lazy("Profile views a week"),
    "invitations": gettext_lazy("Invitations a week"),
    "replies": gettext_lazy("Replies a week"),
}
_VERDICTS: Final[dict[Verdict, Promise]] = {
    Verdict.BETTER: gettext_lazy("Better"),
    Verdict.WORSE: gettext_lazy("Worse"),
    Verdict.NO_CLEAR_DIFFERENCE: gettext_lazy("No clear difference"),
    Verdict.NOT_ENOUGH: gettext_lazy("Not enough data yet"),
}
_HUNDRED: Final = 100


def week_words(week: Week) -> str:
    """A week and its figures, one a line: what is shown where a pointer stands on it."""
    lines = [
        _("Week of %(day)s") % {"day": day(week.starts_on)},
        _("Views: %(number)s") % {"number": number(week.views)},
        _("Invitations: %(number)s") % {"number": number(week.invitations)},
        _("Replies: %(number)s") % {"number": number(week.replies)},
    ]
    if week.proposals is not None:
        lines.append(_("Proposals sent: %(number)s") % {"number": number(week.proposals)})
    return "\n".join(lines)


def verdict_name(comparison: Comparison) -> str:
    if comparison.chance_better is None:
        return _("Cannot be said")
    return str(_VERDICTS[comparison.verdict])


def share_words(share: float | None) -> str:
    """Such as 2.4%; a dash where there is no share."""
    if share is None:
        return "–"
    return _("%(number)s%%") % {"number": tenths(Decimal(str(round(share * _HUNDRED, 1))))}


def chance_words(chance: float) -> str:
    """A chance from 0 to 1 in whole per cent; never as sure as 0 or 100."""
    per_cent = round(chance * _HUNDRED)
    if per_cent >= _HUNDRED:
        return _("more than 99%")
    return _("less than 1%") if per_cent < 1 else _("%(number)s%%") % {"number": number(per_cent)}


def counts_words(measure: Measure, rate: Rate) -> str:
    """What a rate was counted from, such as “12 of 480 views”."""
    params = {"number": number(rate.successes), "of": number(rate.trials)}
    if measure is Measure.REPLIES_PER_PROPOSAL:
        return (
            ngettext("%(number)s of %(of)s proposal", "%(number)s of %(of)s proposals", rate.trials)
            % params
        )
    return ngettext("%(number)s of %(of)s view", "%(number)s of %(of)s views", rate.trials) % params


def explained(comparison: Comparison, effect: Effect) -> list[str]:
    """The verdict in sentences: what may be said, or what is missing and whether it can come."""
    if comparison.chance_better is None:
        return [
            _(
                "On one side there are more of them than what they are counted by, so no share can "
                "be worked out. Replies can also come from people whose view was not counted."
            )
        ]
    if comparison.verdict is Verdict.NOT_ENOUGH:
        return _what_is_missing(comparison, effect)
    words = {
        Verdict.BETTER: _("The share is higher since then, and hardly by luck alone."),
        Verdict.WORSE: _("The share is lower since then, and hardly by luck alone."),
        Verdict.NO_CLEAR_DIFFERENCE: _("What differs may well be luck."),
    }
    chance = _("The chance that the new version really does better is %(chance)s.")
    return [
        words[comparison.verdict],
        chance % {"chance": chance_words(comparison.chance_better)},
    ]


def _what_is_missing(comparison: Comparison, effect: Effect) -> list[str]:
    before, after = missing_of(comparison)
    found = []
    if before:
        words = _("Needed before it: %(what)s. Earlier weeks that you know can be noted too.")
        if effect.before_is_whole:
            words = _("Missing before it: %(what)s. No more can come: another version came first.")
        found.append(words % {"what": _amount(comparison.measure, before)})
    if after:
        words = _("Needed after it: %(what)s.")
        if effect.after_is_whole:
            words = _("Missing after it: %(what)s. No more can come: the next version came.")
        found.append(words % {"what": _amount(comparison.measure, after)})
    if (before and effect.before_is_whole) or (after and effect.after_is_whole):
        found.append(_("So there will be no verdict. Give the next version some more weeks."))
    return found


def _amount(measure: Measure, missing: Missing) -> str:
    weeks = ngettext("%(number)s week", "%(number)s weeks", missing.weeks) % {
        "number": number(missing.weeks)
    }
    if measure is Measure.REPLIES_PER_PROPOSAL:
        words = ngettext("%(number)s proposal", "%(number)s proposals", missing.trials)
    else:
        words = ngettext("%(number)s view", "%(number)s views", missing.trials)
    trials = words % {"number": number(missing.trials)}
    if missing.weeks and missing.trials:
        return _("%(weeks)s and %(trials)s") % {"weeks": weeks, "trials": trials}
    return weeks if missing.weeks else trials
