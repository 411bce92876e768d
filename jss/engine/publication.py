"""Whether there is a score yet, and what the first one would be (J6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jss.engine.contracts import ClosedContract
from jss.engine.outcomes import Outcome
from jss.engine.positives import positives_needed
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.scores import ShownScore, scores_of


class Publication(StrEnum):
    """How far a freelancer is from a first score (J6)."""

    NONE = "none"
    POSSIBLE = "possible"
    """It may appear at the next calculation."""
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class FirstScore:
    """The state of the first score on one day (J6)."""

    publication: Publication
    closed: int
    """Contracts closed until that day that can count (J2), of all time."""
    clients: int
    """Of so many clients; contracts of which nobody noted the client count as a client each."""
    contracts_left: int
    """So many more closed contracts until the score is surely published; 0 once it is."""
    would_be: ShownScore
    """The score that would be published if it were worked out now."""
    positives_needed: int | None
    """Five-star contracts with which it would be on the Top Rated track (J8, J12)."""

    @property
    def in_time(self) -> bool:
        """Whether those are few enough to be closed before the score is surely published."""
        return self.positives_needed is not None and self.positives_needed <= self.contracts_left


def publication_of(closed: int, clients: int, rules: RuleSet = CLASSIC) -> Publication:
    """The state with so many closed contracts that can count, of so many clients (J6, J17)."""
    if clients < rules.clients_from:
        return Publication.NONE
    if closed >= rules.score_published_from:
        return Publication.PUBLISHED
    if closed >= rules.score_possible_from:
        return Publication.POSSIBLE
    return Publication.NONE


def that_can_count(
    contracts: Sequence[ClosedContract], as_of: date, rules: RuleSet
) -> list[ClosedContract]:
    """The contracts closed until `as_of` that can count, however old (J6)."""
    return [
        each
        for each in contracts
        if each.closed_on
        and each.closed_on <= as_of
        and each.outcome(rules) != Outcome.NEVER_COUNTED
    ]


def clients_of(contracts: Sequence[ClosedContract]) -> int:
    """How many clients the contracts have; one that nobody noted is taken for another one."""
    named = [each.client for each in contracts if each.client]
    return len(set(named)) + len(contracts) - len(named)


def first_score_of(
    contracts: Sequence[ClosedContract], as_of: date, *, rules: RuleSet = CLASSIC
) -> FirstScore:
    """Where one freelancer stands with the first score (J6)."""
    closed = that_can_count(contracts, as_of, rules)
    clients = clients_of(closed)
    return FirstScore(
        publication=publication_of(len(closed), clients, rules),
        closed=len(closed),
        clients=clients,
        contracts_left=max(
            0, rules.score_published_from - len(closed), rules.clients_from - clients
        ),
        would_be=scores_of(contracts, as_of, rules=rules).shown,
        positives_needed=positives_needed(contracts, as_of, rules.top_rated_from, rules=rules),
    )
