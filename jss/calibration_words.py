"""A fit in words: what each convention was and is, and how sure that can be."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from accounts import formats
from jss.engine import Convention, Fit, Fitted

STILL_FAR = 2
"""Points of the root mean square: a fit that stays farther off lacks something."""


@dataclass(frozen=True, slots=True)
class ConventionWords:
    """One row of the table of conventions."""

    fitted: Fitted
    label: str
    before: str
    after: str
    range: str


@dataclass(frozen=True)
class FitWords:
    """What the page says of a fit."""

    fit: Fit

    @property
    def before(self) -> str:
        """How far off the base usually is, in points."""
        return formats.tenths(points(self.fit.before.root_mean_square))

    @property
    def after(self) -> str:
        return formats.tenths(points(self.fit.after.root_mean_square))

    @property
    def conventions(self) -> list[ConventionWords]:
        """The conventions in the order in which one would explain them."""
        by_name = {each.convention: each for each in self.fit.conventions}
        return [self._row(by_name[each]) for each in LABELLED if each in by_name]

    def _row(self, fitted: Fitted) -> ConventionWords:
        return ConventionWords(
            fitted=fitted,
            label=label_of(fitted.convention),
            before=self._value(fitted.convention, fitted.before),
            after=self._value(fitted.convention, fitted.after),
            range=self._range(fitted),
        )

    def _range(self, fitted: Fitted) -> str:
        if fitted.is_open:
            return _("any: your readings say nothing about it")
        lowest, highest = (
            self._value(fitted.convention, value) for value in (fitted.lowest, fitted.highest)
        )
        if lowest == highest:
            return _("only this")
        return _("%(lowest)s to %(highest)s") % {"lowest": lowest, "highest": highest}

    def _value(self, convention: Convention, value: Fraction) -> str:
        decimal = Decimal(value.numerator) / Decimal(value.denominator)
        if convention is Convention.POSITIVE_FROM:
            return f"{decimal:.2f}"
        if convention is Convention.TOLERATED_SHARE:
            return formats.percent(int(value * 100))
        if convention is Convention.WEIGHT_STRENGTH and not value:
            return _("as the rule set has them") if self.fit.base.weights else _("none")
        return formats.number(decimal)

    @property
    def unsettled(self) -> str:
        """The changed conventions that the readings leave open, as a list in words."""
        wide = [row.label for row in self.conventions if row.fitted.has_changed]
        settled = {row.label for row in self.conventions if not row.fitted.is_wide}
        return ", ".join(label.lower() for label in wide if label not in settled)

    @property
    def is_still_far(self) -> bool:
        """Whether even the best fit is well off: something else moves the score."""
        return (self.fit.after.root_mean_square or 0) > STILL_FAR


LABELLED = (
    Convention.POSITIVE_FROM,
    Convention.TOLERATED_AT_LEAST,
    Convention.TOLERATED_SHARE,
    Convention.WEIGHT_STRENGTH,
)


def label_of(convention: Convention) -> str:
    """A convention's name on the page."""
    return {
        Convention.POSITIVE_FROM: _("Lowest positive rating"),
        Convention.TOLERATED_AT_LEAST: _("Contracts without feedback at no cost"),
        Convention.TOLERATED_SHARE: _("Or this share of a window, if that is more"),
        Convention.WEIGHT_STRENGTH: _("Strength of weights"),
    }[convention]


def signed(number: int | None) -> str:
    """Such as +2, −3 or 0; an empty text for None."""
    if number is None:
        return ""
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{abs(number)}"


def points(off: float | None) -> Decimal | None:
    """For showing: to a tenth of a point, and what is more than nothing is never shown as 0."""
    if off is None:
        return None
    tenths = Decimal(off).quantize(Decimal("0.1"))
    return max(tenths, Decimal("0.1")) if off > 0 else Decimal(0)
