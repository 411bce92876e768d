"""What stands in the address of the agency's page, and the change that it means."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jss.agency_team import Team
from jss.engine import (
    CLASSIC,
    AgencyChange,
    ClosedContract,
    Newcomer,
    RuleSet,
    is_changeable,
)
from jss.what_if import MOST_ADDED

NUMBERS = ("good", "bad", "silent", "own_good", "own_bad")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyChoices:
    """All that can be supposed on the page; people and contracts by their public ids."""

    leaves: str = ""
    moves: tuple[str, ...] = ()
    good: int = 0
    """Contracts under the agency of somebody who joins; `bad` and `silent` likewise."""
    bad: int = 0
    silent: int = 0
    own_good: int = 0
    """Contracts that somebody who joins has closed before, on his or her own."""
    own_bad: int = 0

    @property
    def query(self) -> str:
        """The part of the address after `?`: whatever is not as it is."""
        numbers = [(name, getattr(self, name)) for name in NUMBERS if getattr(self, name)]
        leaves = [("leaves", self.leaves)] if self.leaves else []
        return urlencode([*leaves, *numbers, *(("moves", key) for key in self.moves)])

    @property
    def newcomer(self) -> Newcomer | None:
        numbers = {name: getattr(self, name) for name in NUMBERS}
        return Newcomer(**numbers) if any(numbers.values()) else None

    def with_changes(self, **changes: Any) -> "AgencyChoices":
        """The same but for these."""
        return replace(self, **changes)


class AgencyForm(forms.Form):
    """What is chosen or typed. Nothing is required: what is wrong counts as not there."""

    leaves = forms.CharField(label=gettext_lazy("Leaves"), required=False, max_length=60)
    good = forms.IntegerField(
        label=gettext_lazy("Good (five stars)"), required=False, min_value=0, max_value=MOST_ADDED
    )
    bad = forms.IntegerField(
        label=gettext_lazy("Bad (one star)"), required=False, min_value=0, max_value=MOST_ADDED
    )
    silent = forms.IntegerField(
        label=gettext_lazy("Without feedback"), required=False, min_value=0, max_value=MOST_ADDED
    )
    own_good = forms.IntegerField(
        label=gettext_lazy("Good (five stars)"), required=False, min_value=0, max_value=MOST_ADDED
    )
    own_bad = forms.IntegerField(
        label=gettext_lazy("Bad (one star)"), required=False, min_value=0, max_value=MOST_ADDED
    )

    @property
    def under_agency(self) -> list[forms.BoundField]:
        return [self[name] for name in ("good", "bad", "silent")]

    @property
    def own(self) -> list[forms.BoundField]:
        return [self[name] for name in ("own_good", "own_bad")]


def choices_of(form: AgencyForm, moves: Sequence[str]) -> AgencyChoices:
    """What is chosen, without what is missing or wrong."""
    form.is_valid()
    typed = {name: value for name, value in form.cleaned_data.items() if value is not None}
    return AgencyChoices(**typed, moves=tuple(dict.fromkeys(moves)))


@dataclass(frozen=True, slots=True)
class AgencyMeaning:
    """What the choices come to for this agency."""

    choices: AgencyChoices
    """Only what can be meant."""
    change: AgencyChange
    problems: tuple[str, ...]
    """A sentence for each thing that can't be meant as it stands."""

    @property
    def is_unchanged(self) -> bool:
        return self.change == AgencyChange()


def agency_meaning_of(
    choices: AgencyChoices, team: Team, *, rules: RuleSet = CLASSIC
) -> AgencyMeaning:
    """The change, and in words what of the choices is no use.

    Ids that nobody and no contract here has are left out: they are somebody else's, or a slip.
    """
    known = tuple(key for key in choices.moves if key in team.owner_of)
    leaves = team.position_of.get(choices.leaves)
    problems = _unknown(len(choices.moves) - len(known))
    if choices.leaves and leaves is None:
        problems.insert(0, _("Nobody here has the id in this address, so nobody leaves."))
    problems += [
        _without_effect(row) for row in _contracts(team, known) if not is_changeable(row, rules)
    ]
    possible = choices.with_changes(leaves="" if leaves is None else choices.leaves, moves=known)
    change = AgencyChange(moves=frozenset(known), leaves=leaves, joins=possible.newcomer)
    return AgencyMeaning(possible, change, tuple(problems))


def _contracts(team: Team, keys: Sequence[str]) -> list[ClosedContract]:
    members = {team.owner_of[key] for key in keys}
    rows = (row for position in members for row in team.agency.members[position].contracts)
    wanted = frozenset(keys)
    return [row for row in rows if row.key in wanted]


def _without_effect(contract: ClosedContract) -> str:
    sentence = _(
        "“%(title)s” does not count (it is open, its client is flagged or its feedback removed), "
        "so it makes no difference whose it is."
    )
    return sentence % {"title": contract.title}


def _unknown(number: int) -> list[str]:
    if not number:
        return []
    sentence = ngettext(
        "%(number)s contract in this address is not among these. It is left out, the rest stands.",
        "%(number)s contracts in this address are not among these. They are left out, the rest "
        "stands.",
        number,
    )
    return [sentence % {"number": number}]
