"""Readings with a score, each with the contracts as they were known on its day."""

from collections.abc import Sequence

from accounts.actors import Actor
from accounts.models import Freelancer
from jss.engine import Observation, SeenScore, as_known_on
from jss.models import Reading
from jss.selectors import contracts_for_scores, rating_changes_of


def observations_of(*, actor: Actor, freelancers: Sequence[Freelancer]) -> list[Observation]:
    """Those of these freelancers, newest first, in as many queries for many as for one (J7, J9)."""
    readings = list(
        Reading.objects.for_actor(actor)
        .filter(freelancer__in=freelancers, score__isnull=False)
        .order_by("-observed_on", "pk")
    )
    contracts = contracts_for_scores(actor=actor, freelancers=freelancers)
    of_freelancer = dict(zip((each.pk for each in freelancers), contracts, strict=True))
    changes = rating_changes_of(actor=actor, freelancers=freelancers)
    return [
        Observation(
            SeenScore(reading.observed_on, reading.score),
            as_known_on(of_freelancer[reading.freelancer_id], changes, reading.observed_on),
            whose=str(reading.freelancer_id),
            key=reading.public_id,
        )
        for reading in readings
        if reading.score is not None
    ]


def observations_seen(actor: Actor) -> list[Observation]:
    """Those of every freelancer whose readings the actor sees: what a fit is made from."""
    own = Reading.objects.for_actor(actor).filter(score__isnull=False).values("freelancer")
    freelancers = Freelancer.objects.for_actor(actor).filter(pk__in=own).order_by("pk")
    return observations_of(actor=actor, freelancers=list(freelancers))
