"""What the page of the answer about the score shows: the draft, one's own words, the hints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from accounts.actors import Actor, Permission
from accounts.models import Freelancer
from jss.engine import CLASSIC, ClosedContract, RuleSet
from jss.models import Reading, RecoveryAnswer
from jss.recovery_checks import findings_in
from jss.recovery_selectors import client_names, log_notes
from jss.recovery_services import normal
from jss.recovery_wording import finding_words
from jss.score_answer import Story, answer_of, story_of

SEEN_LATELY = dt.timedelta(31)
"""A score seen on Upwork no longer ago than this is what a client sees there, in all likelihood."""


@dataclass(frozen=True)
class AnswerPage:
    """The answer of one freelancer; each part is worked out when it is asked for."""

    actor: Actor
    freelancer: Freelancer
    contracts: Sequence[ClosedContract]
    today: dt.date
    rules: RuleSet = CLASSIC

    @cached_property
    def story(self) -> Story:
        notes = log_notes(actor=self.actor, freelancer=self.freelancer)
        return story_of(self.contracts, self.today, notes, seen=self._seen, rules=self.rules)

    @cached_property
    def _seen(self) -> int | None:
        """The score of the last update seen on Upwork (J7), where it is recent."""
        readings = Reading.objects.for_actor(self.actor).filter(freelancer=self.freelancer)
        recent = readings.filter(observed_on__range=(self.today - SEEN_LATELY, self.today))
        return recent.values_list("score", flat=True).first()

    @cached_property
    def names(self) -> Collection[str]:
        """Every client of the freelancer: whoever reads the answer should not learn of them."""
        found = client_names(actor=self.actor, freelancer=self.freelancer)
        return sorted({name for _, name in found.values()})

    @cached_property
    def draft(self) -> str:
        titles = [chapter.contract.title for chapter in self.story.chapters]
        return normal(answer_of(self.story, names=self.names, titles=titles))

    @cached_property
    def own(self) -> RecoveryAnswer | None:
        rows = RecoveryAnswer.objects.for_actor(self.actor)
        return rows.filter(freelancer=self.freelancer).first()

    @property
    def row(self) -> RecoveryAnswer:
        """The words as the form has them: one's own, else the draft's."""
        return self.own or RecoveryAnswer(text=self.draft)

    @property
    def text(self) -> str:
        return self.row.text

    @property
    def text_hints(self) -> list[str]:
        return self.hints(self.text)

    @property
    def may_change(self) -> bool:
        return self.actor.may(Permission.CHANGE)

    def hints(self, text: str) -> list[str]:
        """What a careful reader would say of the words: gentle, and nothing is held up by it."""
        return [finding_words(finding) for finding in findings_in(text, self.names)]
