"""Why the score moved, in a sentence."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.formats import number, percent
from jss.engine import TREND, Effect, Happening, Movement, ShownMovement

HUNDREDTH = Decimal("0.01")
HALF_A_HUNDREDTH = Fraction(1, 200)


def score_name(months: int) -> str:
    """One of the scores, within a sentence."""
    return _("trending") if months == TREND else _("%(months)s-month") % {"months": months}


def points_number(points: Fraction) -> str:
    """The size of a difference in points, rounded half up to two decimals, without its sign."""
    exact = abs(points)
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
        HUNDREDTH, ROUND_HALF_UP
    )
    if exact and not rounded:
        return _("less than %(least)s") % {"least": number(HUNDREDTH)}
    return number(rounded)


def signed_points(points: Fraction | None) -> str:
    """Such as +1.5, −0.25 or 0; an empty text for None."""
    if points is None:
        return ""
    if 0 < abs(points) < HALF_A_HUNDREDTH:
        return _("almost 0")
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return sign + points_number(points)


def sentence_of(movement: Movement) -> str:
    """What the score that is shown did, and because of which contract."""
    shown = movement.shown
    if shown.points is None:
        return _without_score(shown)
    window = shown.by_window
    if window is None:
        return _taken_over(movement)
    before, after = shown.before.score, shown.after.score
    cause = _cause(movement, window, shown.points)
    words = {"before": percent(before), "after": percent(after)} | cause.words
    if before == after:
        return _stayed(shown.points, words, cause)
    if shown.points > 0:
        text = {
            "none": _("The shown score rose from %(before)s to %(after)s."),
            "one": _("The shown score rose from %(before)s to %(after)s because %(cause)s."),
            "more": _(
                "The shown score rose from %(before)s to %(after)s mostly because %(cause)s."
            ),
        }
    else:
        text = {
            "none": _("The shown score fell from %(before)s to %(after)s."),
            "one": _("The shown score fell from %(before)s to %(after)s because %(cause)s."),
            "more": _(
                "The shown score fell from %(before)s to %(after)s mostly because %(cause)s."
            ),
        }
    return text[cause.kind] % words


def size_of(effect: Effect) -> Fraction:
    """How much an effect did, up or down, in points."""
    return abs(effect.points) if effect.points else Fraction(0)


class _Cause:
    """The effect that moved a window most, among those that moved it the same way."""

    def __init__(self, effects: Sequence[Effect], difference: Fraction) -> None:
        telling = [effect for effect in effects if effect.points]
        same_way = [e for e in telling if e.points and (e.points > 0) == (difference > 0)]
        same_way.sort(key=size_of, reverse=True)
        self.kind = "none" if not same_way or not difference else "one"
        self.words: dict[str, str] = {}
        if self.kind == "one":
            self.words["cause"] = _clause(same_way[0])
            self.kind = "one" if len(telling) == 1 else "more"


def _cause(movement: Movement, months: int, difference: Fraction) -> _Cause:
    window = next(each for each in movement.windows if each.months == months)
    return _Cause(window.effects, difference)


def _clause(effect: Effect) -> str:
    words = {"title": effect.contract.title, "months": effect.months}
    match effect.happening:
        case Happening.LEFT:
            return _("“%(title)s” left the %(months)s-month window") % words
        case Happening.CAME_IN:
            return _("“%(title)s” came into the %(months)s-month window") % words
        case Happening.RATING_CHANGED:
            return _("the rating of “%(title)s” changed") % words
        case Happening.NOW_COUNTED:
            text = _(
                "the missing feedback of “%(title)s” now counts in the %(months)s-month window"
            )
            return text % words
        case Happening.NOW_TOLERATED:
            text = _(
                "the missing feedback of “%(title)s” is now tolerated"
                " in the %(months)s-month window"
            )
            return text % words


def _without_score(shown: ShownMovement) -> str:
    if shown.before.score is None and shown.after.score is None:
        return _("There is no score on either day: nothing counts in any window.")
    if shown.before.score is None:
        return _("There was no score, and then one of %(after)s.") % {
            "after": percent(shown.after.score)
        }
    return _("There was a score of %(before)s, and then none: nothing counts in any window.") % {
        "before": percent(shown.before.score)
    }


def _stayed(points: Fraction, words: dict[str, str], cause: _Cause) -> str:
    """The displayed score is the same; before rounding it may have moved."""
    words = words | {"points": points_number(points)}
    if not points:
        return _("The shown score stayed at %(after)s.") % words
    if points > 0:
        text = _(
            "The shown score stayed at %(after)s; before rounding it rose by %(points)s points."
        )
    else:
        text = _(
            "The shown score stayed at %(after)s; before rounding it fell by %(points)s points."
        )
    if cause.kind == "none":
        return text % words
    reason = {"one": _("That is because %(cause)s."), "more": _("Mostly because %(cause)s.")}
    return f"{text % words} {reason[cause.kind] % words}"


def _taken_over(movement: Movement) -> str:
    """Another window is the highest now: what that did, and what the former one did itself."""
    shown = movement.shown
    former, new = shown.before.months[0], shown.after.months[0]
    words = {
        "before": percent(shown.before.score),
        "after": percent(shown.after.score),
        "former": score_name(former),
        "new": score_name(new),
    }
    if shown.before.score == shown.after.score:
        text = _("The shown score stayed at %(after)s, but")
    elif shown.points and shown.points > 0:
        text = _("The shown score rose from %(before)s to %(after)s:")
    else:
        text = _("The shown score fell from %(before)s to %(after)s:")
    over = _("the %(new)s score is the highest now, and no longer the %(former)s one.")
    said = [f"{text % words} {over % words}"]
    if shown.own is None:
        said.append(_("There is no %(former)s score any more.") % words)
    else:
        said.append(_own(movement, former, shown.own))
    return " ".join(said).strip()


def _own(movement: Movement, months: int, own: Fraction) -> str:
    """What the formerly highest window did by itself."""
    cause = _cause(movement, months, own)
    if cause.kind == "none":
        return ""
    words = {"score": score_name(months), "points": points_number(own)} | cause.words
    if own > 0:
        text = _("The %(score)s score rose by %(points)s points, mostly because %(cause)s.")
    else:
        text = _("The %(score)s score fell by %(points)s points, mostly because %(cause)s.")
    if cause.kind == "one":
        if own > 0:
            text = _("The %(score)s score rose by %(points)s points because %(cause)s.")
        else:
            text = _("The %(score)s score fell by %(points)s points because %(cause)s.")
    return text % words


def rest_of(count: int) -> str:
    """The line beneath the rows of a long table."""
    return ngettext("%(count)s other contract", "%(count)s other contracts", count) % {
        "count": number(count)
    }
