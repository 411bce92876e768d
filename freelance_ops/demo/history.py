"""The sample's kept scores: a past, and one recomputation after a rating that came in late."""

import datetime as dt

from accounts.models import Practice
from contracts.models import Feedback
from jss.keeping import scores_keep

NIGHTS_AGO = 4
CLOSED_DAYS_AGO = 60


def history_start(practice: Practice, today: dt.date) -> None:
    """Keep a practice's scores as if it had been here for some nights.

    In the first of them one rating was not entered yet.
    """
    noon = dt.datetime.combine(today, dt.time(12), dt.UTC)
    late = (
        Feedback.objects.from_client()
        .filter(practice=practice, public_rating__lt=4)
        .filter(contract__closed_on__lte=today - dt.timedelta(days=CLOSED_DAYS_AGO))
        .order_by("-contract__closed_on", "pk")
        .first()
    )
    if late:
        late.delete()
    scores_keep(practice=practice, now=noon - dt.timedelta(days=NIGHTS_AGO), also_todays=True)
    if late:
        late.save(force_insert=True)
    scores_keep(practice=practice, now=noon, also_todays=True)
