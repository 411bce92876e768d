"""Everybody gets a schedule of digests, at the hour that stood on his or her freelancer so far."""

from django.db import migrations
from django.utils import timezone

from accounts.time_zones import zone_or_utc
from outbox.recurrence import EVERY_DAY, WeeklyRule, next_occurrence


def make_schedules(apps, schema_editor):
    membership_model = apps.get_model("accounts", "Membership")
    freelancer_model = apps.get_model("accounts", "Freelancer")
    schedule_model = apps.get_model("outbox", "DigestSchedule")
    now = timezone.now()
    own, first = {}, {}
    for row in freelancer_model.objects.order_by("pk"):
        first.setdefault(row.practice_id, row)
        own[row.practice_id, row.user_id] = row
    without = membership_model.objects.filter(digest_schedule=None, practice__is_sample=False)
    made = []
    for membership in without:
        mine = own.get((membership.practice_id, membership.user_id))
        one = mine or first.get(membership.practice_id)
        hour = mine.reminder_hour if mine else 9
        zone = zone_or_utc(one.time_zone if one else "UTC").key
        made.append(
            schedule_model(
                practice_id=membership.practice_id,
                membership=membership,
                hour=hour,
                time_zone=zone,
                is_on=membership.role != "viewer",
                next_at=next_occurrence(WeeklyRule(EVERY_DAY, hour, zone), now),
            )
        )
    schedule_model.objects.bulk_create(made)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0003_calendar_feeds"),
        ("outbox", "0001_outbox"),
    ]

    operations = [migrations.RunPython(make_schedules, migrations.RunPython.noop)]
