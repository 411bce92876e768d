"""What the reminder benchmark does inside Django, each act in a process of its own.

    python -m benchmarks.reminder_rows fill --mails 10000 [--spread 60]
    python -m benchmarks.reminder_rows schedules --people 200
    python -m benchmarks.reminder_rows state
    python -m benchmarks.reminder_rows bare

`fill` puts mails into the outbox, due now or spread over the next seconds; `schedules` makes people
whose digest is due; `state` prints the outbox as JSON; `bare` sends the outbox's mails in a plain
loop over one connection, without the database in between, and prints the seconds.
"""

import argparse
import datetime as dt
import json
import time
from typing import Any

import django

django.setup()

from django.core.mail import mailers
from django.db.models import Count
from django.utils import timezone

from accounts.models import Freelancer, Membership, Practice, User
from contracts.models import Client, Contract
from outbox.message import message_of
from outbox.models import DigestSchedule, Mail

WORDS = "Last contact on Nov 14, 2026. While the client answers, a friendly ping every 7 days. "


def person(number: int, practice: Practice) -> Membership:
    user = User.objects.create(email=f"person{number}@example.com", name=f"Person {number}")
    return Membership.objects.create(practice=practice, user=user, role="member")


def fill(mails: int, spread: float) -> None:
    """Mails about as big as a digest with three steps."""
    practice = Practice.objects.create(name="Bench")
    membership = person(0, practice)
    now = timezone.now()
    html = "".join(f"<p style='margin:0'>{WORDS}</p>" for _ in range(40))
    Mail.objects.bulk_create(
        (
            Mail(
                practice=practice,
                membership=membership,
                occurrence=f"bench:{number}",
                message_id=f"<{number}.bench@example.com>",
                to_address="person0@example.com",
                subject=f"3 steps are due ({number})",
                text=WORDS * 40,
                html=html,
                headers={"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
                due_at=now + dt.timedelta(seconds=spread * number / mails),
            )
            for number in range(mails)
        ),
        batch_size=500,
    )


def schedules(people: int) -> None:
    """People, each with three contracts on which a ping is due, and a digest that is due now."""
    practice = Practice.objects.create(name="Bench", kind=Practice.Kind.AGENCY)
    today = timezone.localdate()
    client = Client.objects.create(practice=practice, name="Client")
    for number in range(people):
        membership = person(number, practice)
        freelancer = Freelancer.objects.create(
            practice=practice, user=membership.user, name=f"Person {number}"
        )
        Contract.objects.bulk_create(
            Contract(
                practice=practice,
                freelancer=freelancer,
                client=client,
                title=f"Contract {number}.{each}",
                delivered_on=today - dt.timedelta(days=9),
            )
            for each in range(3)
        )
        DigestSchedule.objects.create(
            practice=practice, membership=membership, next_at=timezone.now()
        )


def state() -> dict[str, int]:
    rows = Mail.objects.values_list("state").annotate(number=Count("pk"))
    return dict(rows)


def bare() -> float:
    """Seconds to send the outbox's mails in a loop that knows nothing of an outbox."""
    rows = list(Mail.objects.select_related("membership__user").order_by("pk"))
    mailer: Any = mailers.default
    mailer.open()
    started = time.perf_counter()
    for row in rows:
        mailer.send_messages([message_of(row)])
    seconds = time.perf_counter() - started
    mailer.close()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", choices=["fill", "schedules", "state", "bare"])
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--spread", type=float, default=0.0)
    options = parser.parse_args()
    match options.act:
        case "fill":
            fill(options.mails, options.spread)
        case "schedules":
            schedules(options.people)
        case "state":
            print(json.dumps(state()))
        case _:
            print(json.dumps(bare()))


if __name__ == "__main__":
    main()
