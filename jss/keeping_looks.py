"""One look at all practices, whoever calls: Celery's beat, or `manage.py scores_keep`."""

import datetime as dt
import logging
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from accounts.models import Practice
from jss.engine import CLASSIC, RuleSet
from jss.keeping import Kept, scores_keep
from jss.keeping_due import practices_due
from outbox.waking import database_reconnect

RULE_SETS: tuple[RuleSet, ...] = (CLASSIC,)
"""By these the scores are kept, each by itself."""

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
    for rules in RULE_SETS:
        for key in practices_due(now=now, rules=rules):
            try:
                practice = Practice.objects.get(pk=key)
                kept += scores_keep(practice=practice, now=now, rules=rules)
            except Exception:  # whatever it is, the others are kept
                logger.exception("The scores of practice %s could not be kept.", key)
                failed += 1
                if not connection.is_usable():
                    raise
    return Look(kept, failed)
