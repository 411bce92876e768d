"""What the pages about outgoing mail show."""

import datetime as dt
from functools import cached_property
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.formats import moment
from outbox.models import DigestSchedule, Mail

MAILS_A_PAGE = 50


class MailList:
    """The mails that an actor looks after: those given up first, then the newest."""

    def __init__(self, *, actor: Actor, page: str) -> None:
        self.actor = actor
        self._page = page

    @cached_property
    def page(self) -> Page[Mail]:
        given_up_first = Case(
            When(state=Mail.State.DEAD, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        mails = (
            Mail.objects.kept_by(self.actor)
            .select_related("membership__user")
            .defer("text", "html", "headers")
            .order_by(given_up_first, "-created_at", "-pk")
        )
        return Paginator(mails, MAILS_A_PAGE).get_page(self._page)

    @cached_property
    def paused(self) -> list[DigestSchedule]:
        """Those to whom nothing is sent, because their address was refused."""
        schedules = DigestSchedule.objects.kept_by(self.actor).paused()
        return list(schedules.select_related("membership__user").order_by("bounced_at"))

    @property
    def is_of_everybody(self) -> bool:
        return any(mail.membership_id != self.actor.membership.pk for mail in self.page)


def next_in_words(schedule: DigestSchedule) -> str:
    """Such as “Monday, Nov 23, 2026, 9:00 AM (Europe/Kyiv)”, by that zone's clock."""
    zone = schedule.rule.time_zone
    with timezone.override(ZoneInfo(zone)):
        local: dt.datetime = timezone.localtime(schedule.next_at)
        return _("%(weekday)s, %(moment)s (%(zone)s)") % {
            "weekday": WEEKDAYS[local.weekday()],
            "moment": moment(schedule.next_at),
            "zone": zone,
        }
