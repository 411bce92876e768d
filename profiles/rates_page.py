"""What the page of the rates shows: each calculator with its arithmetic, and one's own history."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.formats import money
from profiles.models import Profile
from profiles.rate_words import bad_figure_words, step_words
from profiles.rates import (
    WAGE_AS_SAID,
    BadFigure,
    Step,
    employers_view,
    next_raise,
    peers_view,
    starting_rate,
    value_price,
)
from profiles.rates_form import RatesForm
from profiles.record import Record

WEEK_AS_USUAL: Final = "40"
"""Hours that somebody can work a week, until another number is typed [C]."""
SHARE_AS_USUAL: Final = "10"
"""Per cent of the value that a price may be [C]."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One calculator's answer, or what it `needs` before it has one."""

    name: str
    headline: str = ""
    lines: tuple[str, ...] = ()
    needs: str = ""


def defaults_of(profile: Profile, record: Record) -> dict[str, str]:
    """What the calculators start from: the general draft's rates and the contract log (R1, R2)."""
    rate, target = profile.rate, profile.target_rate or profile.rate
    return {
        "rate": _plain(rate),
        "target": _plain(target),
        "ratings": str(record.ratings),
        "booked_hours": "" if record.open_jobs else "0",
        "capacity": WEEK_AS_USUAL,
        "is_full": "",
        "wage": str(WAGE_AS_SAID),
        "value": "",
        "share": SHARE_AS_USUAL,
        "hours": "",
        "peers": "",
    }


class RatesPage:
    """The calculators over what stands in the address; `sent` may hold anything."""

    def __init__(self, profile: Profile, record: Record, sent: Mapping[str, str]) -> None:
        self.profile = profile
        self.record = record
        self.defaults = defaults_of(profile, record)
        self.typed = {name: sent[name] for name in self.defaults if name in sent}
        self.form = RatesForm(self.defaults | self.typed)
        self.form.full_clean()
        self.answers = self._answers()  # may find fault with a figure, which the form then says

    @property
    def query(self) -> str:
        """The address of what is tried: what differs from the defaults."""
        return urlencode(
            {name: text for name, text in self.typed.items() if text != self.defaults[name]}
        )

    @cached_property
    def new_target(self) -> Decimal | None:
        """The target as typed, where it could be saved and isn't."""
        target: Decimal | None = self.form.cleaned_data.get("target")
        return target if target != self.profile.target_rate else None

    def _answers(self) -> dict[str, Answer]:
        makers: Mapping[str, Callable[[], Answer]] = {
            "starting": self._starting,
            "raise": self._raise,
            "employer": self._employer,
            "value": self._value,
            "peers": self._peers,
        }
        answers = {}
        for name, make in makers.items():
            try:
                answers[name] = make()
            except BadFigure as error:
                self.form.add_error(error.name, bad_figure_words(error))
                answers[name] = self._asking(name, "", error.name)
        return answers

    def _given(self, *names: str) -> dict[str, Any] | None:
        """These figures, or None where one is missing or was not understood."""
        figures = {name: self.form.cleaned_data.get(name) for name in names}
        return None if any(each in (None, []) for each in figures.values()) else figures

    def _asking(self, name: str, words: str, *fields: str) -> Answer:
        """Without an answer: what to type, or to look at what was not understood."""
        is_wrong = any(field in self.form.errors for field in fields)
        return Answer(name, needs=_("Look at the figure that is marked.") if is_wrong else words)

    def _starting(self) -> Answer:
        figures = self._given("target", "ratings")
        if figures is None:
            words = _("Type your target rate and how many public ratings you have.")
            return self._asking("starting", words, "target", "ratings")
        found = starting_rate(**figures)
        if found.ratings_missing:
            span = _("Ask %(low)s to %(high)s an hour for now")
            said = span % {"low": money(found.low), "high": money(found.high)}
        else:
            said = _("Ask your target: %(rate)s an hour") % {"rate": money(found.target)}
        return _answer("starting", said, found.steps)

    def _raise(self) -> Answer:
        is_full = self.form.cleaned_data.get("is_full") or None
        figures = self._given("rate", *(() if is_full else ("booked_hours", "capacity")))
        if figures is None:
            words = _("Type your rate and how many hours a week are booked.")
            return self._asking("raise", words, "rate", "booked_hours", "capacity")
        found = next_raise(**figures, is_full=is_full)
        rate = {"rate": money(found.rate)}
        if found.is_full:
            said = _("Bid %(rate)s an hour for later work") % rate
        else:
            said = _("Stay at %(rate)s an hour until the plate is full") % rate
        return _answer("raise", said, found.steps)

    def _employer(self) -> Answer:
        figures = self._given("wage")
        if figures is None:
            return self._asking("employer", _("Type what an employee would earn an hour."), "wage")
        rate = self.form.cleaned_data.get("rate")
        found = employers_view(**figures, rate=rate)
        sums = {"year": money(found.cost_a_year), "month": money(found.freelancer_a_month)}
        if found.freelancer_a_month is None:
            said = _("A year of an employee: %(year)s") % sums
        else:
            said = _("A month with you: %(month)s. A year of an employee: %(year)s") % sums
        return _answer("employer", said, found.steps)

    def _value(self) -> Answer:
        figures = self._given("value", "share")
        if figures is None:
            words = _("Type what the work brings the client, and your share.")
            return self._asking("value", words, "value", "share")
        found = value_price(**figures, hours=self.form.cleaned_data.get("hours"))
        return _answer("value", _("Ask %(price)s") % {"price": money(found.price)}, found.steps)

    def _peers(self) -> Answer:
        figures = self._given("rate", "peers")
        if figures is None:
            words = _("Type your rate and those of a few peers.")
            return self._asking("peers", words, "rate", "peers")
        found = peers_view(**figures)
        gap = {"gap": money(abs(found.difference))}
        if found.difference > 0:
            said = _("You are %(gap)s an hour above the middle") % gap
        elif found.difference < 0:
            said = _("You are %(gap)s an hour below the middle") % gap
        else:
            said = _("You are right in the middle")
        return _answer("peers", said, found.steps)


def _answer(name: str, headline: str, steps: Sequence[Step]) -> Answer:
    return Answer(name, headline, tuple(map(step_words, steps)))


def _plain(rate: Decimal | None) -> str:
    return "" if rate is None else f"{rate:.2f}"
