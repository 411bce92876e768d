"""One look at all practices, whoever calls: Celery's beat, or `manage.py scores_keep`."""

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from accounts.models import Practice
from jss.engine import CLASSIC, RuleSet
from jss.keeping import Kept, scores_keep
from jss.keeping_due import practices_due
from jss.models import RuleChoice
from jss.rules_in_use import RulesInUse
from outbox.waking import database_reconnect

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """What came of a look at all practices."""

    kept: Kept
    failed: int
    """Practices whose scores could not be kept; the next look tries again."""


def look(now: dt.datetime | None = None) -> Look:
    """Keep what is missing, one practice and transaction after the other."""
    database_reconnect()
    now = now or timezone.now()
    kept, failed = Kept(), 0
    for key, rules in _due(now):
        try:
            practice = Practice.objects.get(pk=key)
            kept += scores_keep(practice=practice, now=now, rules=rules)
        except Exception:  # whatever it is, the others are kept
            logger.exception("The scores of practice %s could not be kept.", key)
            failed += 1
            if not connection.is_usable():
                raise
    return Look(kept, failed)


def _due(now: dt.datetime) -> Iterator[tuple[int, RuleSet]]:
    """Practices and rule sets of which something is missing: the default's scores are kept for all
    of them, and those by the rule set that a practice chose."""
    yield from ((key, CLASSIC) for key in practices_due(now=now, rules=CLASSIC))
    for choice in RuleChoice.objects.select_related("practice").order_by("pk"):
        rules = RulesInUse(choice.practice).practices
        if rules.name != CLASSIC.name and choice.practice_id in practices_due(now=now, rules=rules):
            yield choice.practice_id, rules
