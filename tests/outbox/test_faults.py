"""Senders killed and commands refused, in small: the whole of it is `./dev bench reminders`."""

from benchmarks.reminder_place import Place
from benchmarks.reminders import FAULTS, under_fire

KILLS = 1
MAILS = 40


def test_no_mail_is_lost_and_few_are_doubled_when_senders_are_killed() -> None:
    with Place("sqlite", faults=FAULTS, wake_seconds=1) as place:
        place.rows("fill", "--mails", str(MAILS))
        row = under_fire(place, MAILS, KILLS)

    assert (row.sent, row.lost, row.kills) == (MAILS, 0, KILLS)
    assert row.doubled <= KILLS
