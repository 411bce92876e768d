"""Keeping the tallies right: a change outdates its month, and an outdated month is counted anew.

Who changes a proposal that was sent, or the blocks that it was written with, calls
`tallies_outdate` in the same transaction. Rows made in bulk, past the services, are told about
with `tallies_outdate_all`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import Freelancer, Practice
from accounts.time_zones import zone_or_utc
from proposals.funnel import Stage
from proposals.learning import Sent, counted
from proposals.models import Proposal, TalliedMonth, Tally, UsedBlock

ROWS_AT_ONCE = 500


def month_of(moment: dt.datetime) -> dt.date:
    """The first day of a moment's month, by UTC."""
    return moment.astimezone(dt.UTC).date().replace(day=1)


def tallies_outdate(proposal: Proposal, *moments: dt.datetime | None) -> None:
    """The months of these moments of sending are to be counted anew for that freelancer.

    They are as soon as the transaction is through.
    """
    _outdate(
        proposal.practice_id,
        {(proposal.freelancer_id, month_of(moment)) for moment in moments if moment},
    )


def tallies_outdate_all(practice: Practice) -> None:
    """Every month in which anything was sent; for rows that were made in bulk."""
    sent = Proposal.objects.filter(practice=practice, sent_at__isnull=False)
    moments = sent.values_list("freelancer_id", "sent_at").iterator()
    _outdate(
        practice.pk,
        {(freelancer, month_of(moment)) for freelancer, moment in moments if moment},
    )


def _outdate(practice_id: int, months: Iterable[tuple[int, dt.date]]) -> None:
    rows = [
        TalliedMonth(practice_id=practice_id, freelancer_id=freelancer, month=month)
        for freelancer, month in sorted(months)
    ]
    if rows:
        TalliedMonth.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["freelancer", "month"],
            update_fields=["is_stale"],
        )
        transaction.on_commit(partial(tallies_renew, practice_id))


def tallies_renew(practice_id: int) -> None:
    """Count every outdated month of a practice anew; one query where there is none."""
    rows = TalliedMonth.objects.filter(practice_id=practice_id).stale()
    for row in rows.select_related("freelancer").order_by("freelancer", "month"):
        _month_count(row)


@transaction.atomic
def _month_count(month: TalliedMonth) -> None:
    # Locked before it is counted: a change in between waits, and outdates the month again.
    held = TalliedMonth.objects.select_for_update().filter(pk=month.pk).stale().first()
    if held is None:
        return
    freelancer = month.freelancer
    Tally.objects.filter(freelancer=freelancer, month=month.month).delete()
    Tally.objects.bulk_create(
        (
            Tally(
                practice_id=month.practice_id,
                freelancer=freelancer,
                month=month.month,
                dimension=dimension.value,
                key=key,
                sent=counts.sent,
                viewed=counts.viewed,
                replied=counts.replied,
                won=counts.won,
                connects=counts.connects,
            )
            for (dimension, key), counts in counted(_sent_in(freelancer, month.month)).items()
        ),
        batch_size=ROWS_AT_ONCE,
    )
    TalliedMonth.objects.filter(pk=month.pk).update(is_stale=False)


def _sent_in(freelancer: Freelancer, month: dt.date) -> Iterator[Sent]:
    start = dt.datetime(month.year, month.month, 1, tzinfo=dt.UTC)
    end = (start + dt.timedelta(days=32)).replace(day=1)
    rows = Proposal.objects.filter(
        practice=freelancer.practice_id,
        freelancer=freelancer,
        removed_at=None,
        sent_at__gte=start,
        sent_at__lt=end,
    ).exclude(stage=Stage.DRAFT)
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    used = UsedBlock.objects.filter(practice=freelancer.practice_id, proposal__in=rows.order_by())
    for proposal, version in used.values_list("proposal", "version"):
        blocks[proposal].append(version)
    zone = zone_or_utc(freelancer.time_zone)
    names = (
        *("pk", "template", "niche", "profile", "kind", "bid", "boost", "connects"),
        *("is_invitation", "sent_at", "viewed_on", "replied_on", "stage"),
    )
    for row in rows.values(*names).iterator():
        yield _sent_of(row, tuple(blocks[row["pk"]]), zone)


def _sent_of(row: Mapping[str, Any], blocks: tuple[int, ...], zone: ZoneInfo) -> Sent:
    return Sent(
        sent_at=row["sent_at"].astimezone(zone),
        version=row["template"],
        blocks=blocks,
        niche=row["niche"],
        profile=row["profile"],
        kind=row["kind"],
        bid=row["bid"],
        is_boosted=bool(row["boost"]),
        is_invitation=row["is_invitation"],
        connects=row["connects"] + row["boost"],
        was_viewed=row["viewed_on"] is not None,
        was_replied=row["replied_on"] is not None,
        was_won=row["stage"] == Stage.WON,
    )
