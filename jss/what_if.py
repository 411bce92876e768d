"""What stands in the address of the what-if page, and the scenario that it means."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jss.engine import CLASSIC, ClosedContract, Outcome, RuleSet, Scenario, is_changeable, weight_of
from jss.forms import EARLIEST, LATEST, DateInput

MOST_ADDED = 500
MOST_A_MONTH = 20
MONTHS_AHEAD = 6
LEAST_WEIGHT, MOST_WEIGHT = Decimal("0.01"), Decimal(100)
WEIGHS = "weigh-"
"""Begins the name of a contract's weight in an address; its public id follows."""
NUMBERS = ("good", "bad", "silent", "monthly", "months", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """All that can be chosen on the page; contracts by their public ids."""

    day: dt.date
    good: int = 0
    bad: int = 0
    silent: int = 0
    monthly: int = 0
    months: int = MONTHS_AHEAD
    target: int = CLASSIC.top_rated_from
    flip: tuple[str, ...] = ()
    """Negative becomes positive, positive negative; missing feedback becomes positive."""
    worsen: tuple[str, ...] = ()
    """Becomes negative; of use where feedback is missing."""
    remove: tuple[str, ...] = ()
    weigh: tuple[tuple[str, Decimal], ...] = ()
    """Contracts whose outcomes weigh so much instead (J11)."""
    rules: str = ""
    """The rule set, where it isn't the practice's."""
    mistyped: tuple[tuple[str, str], ...] = ()
    """Contracts with what was typed for a weight and is none."""

    @property
    def query(self) -> str:
        """The part of the address after `?`: the day, and whatever is not as usual."""
        usual = Choices(day=self.day)
        numbers = [
            (name, getattr(self, name))
            for name in NUMBERS
            if getattr(self, name) != getattr(usual, name)
        ]
        ids = [(name, key) for name in ("flip", "worsen", "remove") for key in getattr(self, name)]
        weights = [(f"{WEIGHS}{key}", weight) for key, weight in self.weigh]
        rules = [("rules", self.rules)] if self.rules else []
        return urlencode([("day", self.day.isoformat()), *rules, *numbers, *ids, *weights])

    def with_changes(self, **changes: Any) -> "Choices":
        """The same but for these."""
        return replace(self, **changes)


class WhatIfForm(forms.Form):
    """The choices that are typed or slid. None is required: what is wrong counts as usual."""

    day = forms.DateField(label=gettext_lazy("On this day"), required=False, widget=DateInput())
    good = forms.IntegerField(
        label=gettext_lazy("Good (five stars)"), required=False, min_value=0, max_value=MOST_ADDED
    )
    bad = forms.IntegerField(
        label=gettext_lazy("Bad (one star)"), required=False, min_value=0, max_value=MOST_ADDED
    )
    silent = forms.IntegerField(
        label=gettext_lazy("Without feedback"), required=False, min_value=0, max_value=MOST_ADDED
    )
    monthly = forms.IntegerField(
        label=gettext_lazy("Five-star contracts a month"),
        required=False,
        min_value=0,
        max_value=MOST_A_MONTH,
    )
    months = forms.IntegerField(
        label=gettext_lazy("For so many months"),
        required=False,
        min_value=1,
        max_value=CLASSIC.longest_months,
    )
    target = forms.IntegerField(
        label=gettext_lazy("Target, %"), required=False, min_value=1, max_value=100
    )

    def clean_day(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["day"]
        if day and not EARLIEST <= day <= LATEST:
            raise ValidationError(
                _("Choose a day from %(first)s to %(last)s."),
                params={"first": EARLIEST.isoformat(), "last": LATEST.isoformat()},
            )
        return day


def choices_of(form: WhatIfForm, asked: QueryDict, *, today: dt.date, rules: str = "") -> Choices:
    """What is chosen, with the usual in place of what is missing or wrong."""
    form.is_valid()
    typed: dict[str, Any] = {"day": today, "rules": rules}
    typed |= {name: value for name, value in form.cleaned_data.items() if value is not None}
    for name in ("flip", "worsen", "remove"):
        typed[name] = tuple(dict.fromkeys(asked.getlist(name)))
    weights = {
        name.removeprefix(WEIGHS): str(text)
        for name, text in asked.items()
        if name.startswith(WEIGHS) and str(text).strip()
    }
    read = {key: weight_in(text) for key, text in weights.items()}
    typed["weigh"] = tuple((key, weight) for key, weight in read.items() if weight is not None)
    typed["mistyped"] = tuple((key, weights[key]) for key, to in read.items() if to is None)
    return Choices(**typed)


def usual_weight(contract: ClosedContract, rules: RuleSet) -> Decimal | None:
    """What its outcome weighs by the rules, to two decimals; None where they don't weigh."""
    if rules.weights is None:
        return None
    return round(Decimal(weight_of(contract, rules)) / rules.scale, 2)


def weight_in(text: str) -> Decimal | None:
    """The weight as it was typed; None where it is none, or out of range."""
    try:
        weight = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    fits = weight.is_finite() and LEAST_WEIGHT <= weight <= MOST_WEIGHT
    return weight.quantize(LEAST_WEIGHT).normalize() + 0 if fits else None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the choices come to for one freelancer's contracts."""

    choices: Choices
    """Only what can be meant."""
    scenario: Scenario
    problems: tuple[str, ...]
    """A sentence for each thing that can't be meant as it stands."""


def meaning_of(
    choices: Choices, contracts: Sequence[ClosedContract], rules: RuleSet = CLASSIC
) -> Meaning:
    """The scenario, and in words what of the choices is no use.

    Ids that none of the contracts has are left out: they are somebody else's, or a slip.
    """
    known = {contract.key: contract for contract in contracts}
    asked = {*choices.flip, *choices.worsen, *choices.remove}
    problems = _unknown(len(asked - known.keys()))
    removed = frozenset(choices.remove) & known.keys()
    positive: dict[str, bool] = {}
    for key in [*choices.flip, *choices.worsen]:
        if contract := known.get(key):
            problem = _problem(
                contract, rules, is_removed=key in removed, is_changed=key in positive
            )
            if problem:
                problems.append(problem)
            else:
                flips = key in choices.flip
                positive[key] = flips and contract.outcome(rules) != Outcome.POSITIVE
    left = {key: contract for key, contract in known.items() if key not in removed}
    weigh, mistyped = _weights_meant(choices, left, rules)
    problems += [_no_weight(known[key].title, text) for key, text in mistyped]
    possible = choices.with_changes(
        mistyped=mistyped,
        weigh=weigh,
        flip=tuple(key for key in choices.flip if key in positive),
        worsen=tuple(key for key in choices.worsen if key in positive and key not in choices.flip),
        remove=tuple(key for key in choices.remove if key in removed),
    )
    scenario = Scenario(
        as_of=choices.day,
        **{name: getattr(choices, name) for name in NUMBERS if name != "target"},
        positive=frozenset(key for key, is_positive in positive.items() if is_positive),
        negative=frozenset(key for key, is_positive in positive.items() if not is_positive),
        removed=removed,
        weights={key: Fraction(weight) for key, weight in possible.weigh},
    )
    return Meaning(possible, scenario, tuple(problems))


def _problem(
    contract: ClosedContract, rules: RuleSet, *, is_removed: bool, is_changed: bool
) -> str:
    """Why another outcome can't be supposed of a contract; empty where it can."""
    if is_removed:
        sentence = _("“%(title)s” is left out, so nothing else is done with it.")
    elif not is_changeable(contract, rules):
        sentence = _(
            "“%(title)s” does not count (it is open, its client is flagged or its feedback "
            "removed), so another rating makes no difference."
        )
    elif is_changed:
        sentence = _("“%(title)s” cannot change in two ways. Only the first one is taken.")
    else:
        return ""
    return sentence % {"title": contract.title}


def _weights_meant(
    choices: Choices, contracts: Mapping[str, ClosedContract], rules: RuleSet
) -> tuple[tuple[tuple[str, Decimal], ...], tuple[tuple[str, str], ...]]:
    """The weights that differ from the usual ones, and what is none; by rules that weigh."""
    if not rules.weights:
        return (), ()
    weigh = (
        (key, weight)
        for key, weight in choices.weigh
        if key in contracts and weight != usual_weight(contracts[key], rules)
    )
    return tuple(weigh), tuple(each for each in choices.mistyped if each[0] in contracts)


def _no_weight(title: str, text: str) -> str:
    return _(
        "“%(text)s” is no weight for “%(title)s”: write a number from %(least)s to %(most)s. Until "
        "then its usual weight stands."
    ) % {"text": text, "title": title, "least": LEAST_WEIGHT, "most": MOST_WEIGHT}


def _unknown(number: int) -> list[str]:
    if not number:
        return []
    return [
        ngettext(
            "%(number)s contract in this address is not among these. It is left out, the rest "
            "stands.",
            "%(number)s contracts in this address are not among these. They are left out, the "
            "rest stands.",
            number,
        )
        % {"number": number}
    ]
