"""Scenarios of the what-if page that are worth a look (J8, J9, J10, J16)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import formats
from jss.engine import (
    ClosedContract,
    Publication,
    RuleSet,
    first_score_of,
    outlook_of,
    positives_needed,
    reversals_of,
)
from jss.what_if import MOST_ADDED, Choices


@dataclass(frozen=True, slots=True)
class Preset:
    """A scenario worth a look, as a link."""

    title: str
    words: str
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Presets:
    """The scenarios that make sense for one freelancer."""

    contracts: Sequence[ClosedContract]
    now: Choices
    """Nothing supposed, today."""
    chosen: Choices
    rules: RuleSet

    def all(self) -> list[Preset]:
        """In the order in which they are offered."""
        made = [self._first_score(), self._enough_good(), self._worst_reversed(), self._waiting()]
        return [preset for preset in made if preset]

    def _preset(self, title: str, words: str, choices: Choices) -> Preset:
        return Preset(title, words, choices.query, choices.query == self.chosen.query)

    def _first_score(self) -> Preset | None:
        """J16: the first contracts decide."""
        first = first_score_of(self.contracts, self.now.day, rules=self.rules)
        if first.publication == Publication.PUBLISHED:
            return None
        left = first.contracts_left
        words = ngettext(
            "%(number)s contract more until the first score is surely published: what if it is "
            "good?",
            "%(number)s contracts more until the first score is surely published: what if they "
            "are all good?",
            left,
        )
        return self._preset(
            _("The first contracts all good"),
            words % {"number": left},
            self.now.with_changes(good=left),
        )

    def _enough_good(self) -> Preset | None:
        """J8: as many as it takes."""
        target = self.now.target
        needed = positives_needed(self.contracts, self.now.day, target, rules=self.rules)
        if not needed or needed > MOST_ADDED:
            return None
        words = ngettext(
            "%(number)s five-star contract closed today.",
            "%(number)s five-star contracts closed today.",
            needed,
        )
        return self._preset(
            _("As many good ones as reach %(target)s%%") % {"target": target},
            words % {"number": needed},
            self.now.with_changes(good=needed),
        )

    def _worst_reversed(self) -> Preset | None:
        """J9: the negative outcome whose reversal lifts the shown score most."""
        found = reversals_of(self.contracts, self.now.day, rules=self.rules)
        if not found:
            return None
        # Of those that lift it alike the lowest rating, and of these the newest.
        worst = max(
            found,
            key=lambda one: (
                one.after.shown.exact or 0,
                -(one.contract.rating or 0),
                one.contract.closed_on or dt.date.min,
            ),
        ).contract
        return self._preset(
            _("The worst negative turned positive"),
            _("The client of “%(title)s” changes the rating.") % {"title": worst.title},
            self.now.with_changes(flip=(worst.key,)),
        )

    def _waiting(self) -> Preset | None:
        """J10: until the shortest window is without a negative outcome."""
        outlook = outlook_of(self.contracts, self.now.day, self.now.target, rules=self.rules)
        day = outlook.last_negative_leaves_on
        if not day:
            return None
        return self._preset(
            _("Wait until the last negative leaves"),
            _("On %(day)s the %(months)s-month window is without one.")
            % {"day": formats.day(day), "months": self.rules.shortest_months},
            self.now.with_changes(day=day),
        )
