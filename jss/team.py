"""Everybody's score in one pass of the engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.actors import Actor
from accounts.models import Freelancer
from jss.engine import (
    CLASSIC,
    ContractTable,
    Publication,
    RoadmapEntry,
    RuleSet,
    Scores,
    Standing,
    clients_of,
    publication_of,
    roadmaps_of,
    score_table_of,
    standing_of,
    that_can_count,
)
from jss.selectors import contracts_for_scores


@dataclass(frozen=True, slots=True)
class FreelancerStanding:
    """One row of the team's list."""

    freelancer: Freelancer
    scores: Scores
    standing: Standing
    publication: Publication
    next_change: RoadmapEntry | None


def standings(*, actor: Actor, as_of: date, rules: RuleSet = CLASSIC) -> list[FreelancerStanding]:
    """Every freelancer that the actor sees: scores, and when the one shown changes next."""
    freelancers: Sequence[Freelancer] = list(Freelancer.objects.for_actor(actor).in_order())
    contracts = contracts_for_scores(actor=actor, freelancers=freelancers)
    table = ContractTable.of(contracts, rules)
    scores = score_table_of(table, as_of, rules=rules)
    roadmaps = roadmaps_of(table, as_of, rules=rules)
    everything = [contract for rows in contracts for contract in rows]
    found = []
    for position, (freelancer, rows) in enumerate(zip(freelancers, contracts, strict=True)):
        own = scores.of(position)
        roadmap = roadmaps.of(position, everything)
        counting = that_can_count(rows, as_of, rules)
        found.append(
            FreelancerStanding(
                freelancer=freelancer,
                scores=own,
                standing=standing_of(own.shown.exact, rules=rules),
                publication=publication_of(len(counting), clients_of(counting), rules),
                next_change=next((e for e in roadmap if e.shown_before != e.shown_after), None),
            )
        )
    return found
