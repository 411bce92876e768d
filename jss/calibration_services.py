"""Keeping a practice's own rule set, and readings by the dozen."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.models import Freelancer
from jss.engine import Fit, RefinedWeights, RuleSet, fit_of
from jss.models import FittedRules, Reading, RuleChoice
from jss.observed import observations_seen
from jss.pasted_readings import PastedReading
from jss.rules_in_use import FITTED
from jss.services import reading_record

CENT = Decimal("0.01")


@transaction.atomic
def readings_record(
    *, actor: Actor, freelancer: Freelancer, readings: Sequence[PastedReading]
) -> list[Reading]:
    """Keep several updates seen on Upwork (J7), all of them or none."""
    actor.require(Permission.CHANGE)
    return [
        reading_record(
            actor=actor, freelancer=freelancer, observed_on=each.observed_on, score=each.score
        )
        for each in readings
    ]


@transaction.atomic
def fit_keep(*, actor: Actor, base: RuleSet, today: dt.date) -> FittedRules | None:
    """Fit anew, and keep the conventions as the practice's own rule set; None where no fit is
    offered, and then what was kept before stays."""
    actor.require(Permission.CHANGE_SHARED)
    fit = fit_of(observations_seen(actor), base)
    if not fit.is_offered:
        return None
    kept = FittedRules.objects.for_actor(actor).first()
    values = _values(fit, today)
    fitted, _created = FittedRules.objects.update_or_create(
        practice=actor.practice, defaults=values
    )
    before = {name: getattr(kept, name) for name in values} if kept else {}
    audit_record(actor=actor, verb="fit.kept", target=fitted, before=before, after=values)
    return fitted


@transaction.atomic
def fit_forget(*, actor: Actor) -> None:
    """Take the practice's own rule set away; where it was chosen, the default one holds again."""
    actor.require(Permission.CHANGE_SHARED)
    for choice in RuleChoice.objects.for_actor(actor):
        if choice.rule_set.split("+")[0] == FITTED:
            before = {"rule_set": choice.rule_set}
            audit_record(actor=actor, verb="rules.fell_back", target=choice, before=before)
            choice.delete()
    for fitted in FittedRules.objects.for_actor(actor):
        audit_record(actor=actor, verb="fit.forgotten", target=fitted, before=_kept(fitted))
        fitted.delete()


def _values(fit: Fit, today: dt.date) -> dict[str, object]:
    rules = fit.rules
    # Whatever weights the base has stay its own; only J11's are fitted.
    own = rules.weights if rules.weights != fit.base.weights else None
    strength = own.strength if isinstance(own, RefinedWeights) else 0
    return {
        "base": fit.base.name.split("+")[0],
        "reading": rules.reading.value,
        "positive_from": rules.positive_from,
        "tolerated_at_least": rules.tolerated_at_least,
        "tolerated_per_cent": int(rules.tolerated_share * 100),
        "weight_strength": Decimal(float(strength)).quantize(CENT),
        "fitted_on": today,
        "readings": fit.readings,
        "off_before": _points(fit.before.root_mean_square),
        "off_after": _points(fit.after.root_mean_square),
    }


def _kept(fitted: FittedRules) -> dict[str, object]:
    names = ("base", "reading", "positive_from", "tolerated_at_least", "tolerated_per_cent")
    return {name: getattr(fitted, name) for name in (*names, "weight_strength", "fitted_on")}


def _points(off: float | None) -> Decimal:
    return Decimal(off or 0).quantize(CENT)
