"""By which rule set a practice's scores are worked out, and which others there are (J17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _

from accounts.actors import Actor, ActorRequest
from accounts.models import Practice
from jss.engine import (
    BUILT_IN,
    CLASSIC,
    Reading,
    RefinedWeights,
    RuleSet,
    rule_set_named,
    with_options,
)
from jss.models import FittedRules, RuleChoice

FITTED: Final = "own"
"""Names the rule set that was fitted to the practice's readings."""


def title_of(name: str) -> str:
    """A rule set's name in words, its options included."""
    base, *options = name.split("+")
    titles = {
        "classic": _("Classic"),
        "trending": _("Trending"),
        "weighted-2024": _("Weighted, 2024"),
        FITTED: _("Fitted to your readings"),
    }
    words = {"refined": _("outcomes weighed"), "share": _("read as a share")}
    return ", ".join([titles.get(base, base), *(words[each] for each in options)])


def words_of(name: str) -> str:
    """What a rule set does, in a sentence or two for whoever compares them."""
    base, *options = name.split("+")
    words = {
        "classic": _("Positive less negative outcomes over the last 6, 12 and 24 months."),
        "trending": _(
            "As classic, with a fourth score: the mean of the last 3 and the last 6 months."
        ),
        "weighted-2024": _(
            "The last 24 months only. Large and long contracts weigh more; contracts without "
            "feedback do not count."
        ),
        FITTED: _("The rules with the conventions that came nearest to the scores that you saw."),
    }
    more = {
        "refined": _(
            "More money and long-term clients weigh more, and a rating just below the line hurts "
            "less."
        ),
        "share": _("Negative outcomes are not subtracted, they only do not count as positive."),
    }
    return " ".join([words.get(base, ""), *(more[each] for each in options)])


def recalculation_words(rules: RuleSet) -> str:
    """What follows from an update that was noted (J7)."""
    if rules.recalculated_every_days == 1:
        return _("Noted. By these rules the score is recalculated every day.")
    return _("Noted. The next recalculations follow every %(days)s days.") % {
        "days": rules.recalculated_every_days
    }


def fitted_rules(fitted: FittedRules) -> RuleSet:
    """The practice's own rule set as a value."""
    base = BUILT_IN[fitted.base]
    strength = Fraction(fitted.weight_strength)
    return replace(
        base,
        name=FITTED,
        written_on=fitted.fitted_on,
        documentation=_(
            "The rules “%(base)s” with the conventions that fit %(number)s of your readings best."
        )
        % {"base": title_of(fitted.base_name), "number": fitted.readings},
        positive_from=fitted.positive_from,
        tolerated_at_least=fitted.tolerated_at_least,
        tolerated_share=Fraction(fitted.tolerated_per_cent, 100),
        weights=RefinedWeights(strength=strength) if strength else base.weights,
        reading=Reading(fitted.reading),
    )


@dataclass(frozen=True)
class RulesInUse:
    """The rule sets of one practice; the chosen one may be another for a single request."""

    practice: Practice
    asked: str = ""

    @cached_property
    def practice_choice(self) -> str:
        """The name that the practice chose; empty for the default."""
        choice = RuleChoice.objects.filter(practice=self.practice).first()
        return choice.rule_set if choice else ""

    @cached_property
    def fitted(self) -> FittedRules | None:
        """The rule set that was fitted to the practice's readings."""
        return FittedRules.objects.filter(practice=self.practice).first()

    @cached_property
    def chosen(self) -> RuleSet:
        """The one that the page is worked out by: what the address asks for, else the practice's,
        else the default."""
        return self.named(self.asked) or self.practices

    @cached_property
    def practices(self) -> RuleSet:
        """The practice's own choice, else the default."""
        return self.named(self.practice_choice) or CLASSIC

    @property
    def is_practices(self) -> bool:
        """Whether the chosen one is the practice's own choice."""
        return self.chosen.name == self.practices.name

    @property
    def kept(self) -> RuleSet:
        """The one whose scores are kept night by night: the default's and the practice's are."""
        return CLASSIC if self.chosen.name == CLASSIC.name else self.practices

    @property
    def notice(self) -> str:
        """What is to be said where the address names a rule set that there isn't."""
        if not self.asked or self.named(self.asked):
            return ""
        return _("There is no such rule set here; this is worked out by “%(rules)s”.") % {
            "rules": title_of(self.practices.name)
        }

    @property
    def query(self) -> str:
        """What an address must hold to be worked out the same way; empty for the practice's."""
        return "" if self.is_practices else self.chosen.name

    def named(self, name: str) -> RuleSet | None:
        """The rule set of that name, options included; None for a name that there isn't."""
        is_fitted = name.split("+", maxsplit=1)[0] == FITTED
        own = {FITTED: fitted_rules(self.fitted)} if is_fitted and self.fitted else BUILT_IN
        return rule_set_named(name, own)

    @property
    def bases(self) -> list[str]:
        """The names that there are, without options."""
        return [*BUILT_IN, *([FITTED] if self.fitted else [])]

    @cached_property
    def offered(self) -> list[RuleSet]:
        """Every rule set that is worth a look beside the others: the chosen one first."""
        return [self.chosen, *(each for each in self._all() if each.name != self.chosen.name)]

    def _all(self) -> Iterator[RuleSet]:
        yield from BUILT_IN.values()
        yield with_options(CLASSIC, refined=True)
        yield with_options(CLASSIC, share=True)
        if self.fitted:
            yield fitted_rules(self.fitted)


def rules_in_use(actor: Actor, *, asked: str = "") -> RulesInUse:
    """The rule sets of the actor's practice; `asked` is the name that the address holds."""
    return RulesInUse(actor.practice, asked)


def rules_asked(request: ActorRequest) -> RulesInUse:
    """`rules_in_use` for a page, whose address may name another rule set."""
    # In an address a plus sign is a space, unless whoever wrote it knew that.
    return rules_in_use(request.actor, asked=request.GET.get("rules", "").replace(" ", "+"))
