"""Changes to readings of the score, and to what it is worked out by."""

import datetime as dt

from django.db import transaction

from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.models import Freelancer
from jss.models import Reading, RuleChoice
from jss.rules_in_use import rules_in_use


@transaction.atomic
def reading_record(
    *, actor: Actor, freelancer: Freelancer, observed_on: dt.date, score: int | None
) -> Reading:
    """Keep an update seen on Upwork (J7); a second one of the same day replaces the first."""
    actor.require(Permission.CHANGE)
    before = Reading.objects.filter(freelancer=freelancer, observed_on=observed_on).first()
    reading, _created = Reading.objects.update_or_create(
        practice=actor.practice,
        freelancer=freelancer,
        observed_on=observed_on,
        defaults={"score": score},
    )
    audit_record(
        actor=actor,
        verb="reading.recorded",
        target=reading,
        for_freelancer=freelancer,
        before={"score": before.score} if before else {},
        after={"observed_on": observed_on, "score": score},
    )
    return reading


@transaction.atomic
def reading_delete(*, actor: Actor, reading: Reading) -> None:
    """Take a reading out that was entered by mistake."""
    actor.require(Permission.CHANGE)
    audit_record(
        actor=actor,
        verb="reading.deleted",
        target=reading,
        for_freelancer=reading.freelancer,
        before={"observed_on": reading.observed_on, "score": reading.score},
    )
    reading.delete()


@transaction.atomic
def rules_choose(*, actor: Actor, name: str) -> RuleChoice:
    """Have the practice's scores worked out by the rule set of that name, options included.

    Raises ValueError for a name that there isn't.
    """
    actor.require(Permission.CHANGE_SHARED)
    before = rules_in_use(actor)
    if before.named(name) is None:
        raise ValueError(f"There is no rule set {name!r}.")
    choice, _created = RuleChoice.objects.update_or_create(
        practice=actor.practice, defaults={"rule_set": name}
    )
    audit_record(
        actor=actor,
        verb="rules.chosen",
        target=choice,
        before={"rule_set": before.chosen.name},
        after={"rule_set": name},
    )
    return choice
