"""Build the sample: a freelancer with two years of contracts, and an agency of six."""

import datetime as dt
import random
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import Freelancer, Membership, Practice, User
from contracts.models import Client, Contract, Feedback, ImportBatch, LogEntry, Payment
from freelance_ops.demo.catalogue import (
    AGENCY,
    BAD_WORDS,
    CLIENTS,
    GOOD_WORDS,
    LOGS,
    SOLO,
    TEAM,
    WORK,
)
from freelance_ops.demo.closeout import PLACES, cadence_start
from freelance_ops.demo.connects import connects_start
from freelance_ops.demo.history import history_start
from freelance_ops.demo.profiles import profiles_start
from freelance_ops.demo.proposals import proposals_start
from jss.engine import TRENDING, scores_of
from jss.models import Reading
from jss.selectors import contracts_of_practice
from outbox.schedules import schedule_default

DEMO_EMAIL = "demo@example.com"
DEMO_PASSWORD = "look-around-freely"  # noqa: S105  # printed for everybody: it opens made-up data
CENT = Decimal("0.01")
FEE = Decimal("0.10")


@transaction.atomic
def demo_load(*, today: dt.date) -> bool:
    """Make the sample practices; False where they are there already."""
    if User.objects.filter(email=DEMO_EMAIL).exists():
        return False
    user = User.objects.create_user(DEMO_EMAIL, DEMO_PASSWORD, name=SOLO)
    _solo_practice(user, today)
    _agency(user, today)
    for membership in Membership.objects.filter(user=user).select_related("practice"):
        # Nobody wants mail about made-up contracts; “Send me today's digest now” shows one.
        schedule = schedule_default(
            membership=membership, time_zone="Europe/Kyiv", now=timezone.now()
        )
        schedule.is_on = False
        schedule.save()
    return True


@transaction.atomic
def sample_practice_create(*, user: User, today: dt.date) -> Practice:
    """A practice of made-up contracts to look around in; the same one on a second call."""
    held = Practice.objects.filter(memberships__user=user, is_sample=True).first()
    return held or _solo_practice(user, today, is_sample=True)


@transaction.atomic
def sample_practice_remove(*, user: User) -> None:
    """Take the user's sample practice away, with everything in it."""
    for practice in Practice.objects.filter(memberships__user=user, is_sample=True):
        # Contracts, payments and imports hold on to each other; this order lets go of them.
        for model in (Payment, ImportBatch, Contract, Client, Freelancer):
            model._default_manager.filter(practice=practice).delete()
        practice.delete()


def _solo_practice(user: User, today: dt.date, *, is_sample: bool = False) -> Practice:
    practice = Practice.objects.create(
        name=gettext("Sample practice") if is_sample else SOLO, is_sample=is_sample
    )
    Membership.objects.create(practice=practice, user=user, role=Membership.Role.OWNER)
    olena = Freelancer.objects.create(
        practice=practice, user=user, name=SOLO, time_zone="Europe/Kyiv"
    )
    sample = Sample(olena, today, seed=7)
    sample.contracts(
        count=34,
        bad=(4, 25),
        silent=(6, 13, 20, 28),
        rate=Decimal(45),
        works=WORK,
    )
    sample.open_contracts(8, rate=Decimal(50))
    _readings(practice, olena, today - dt.timedelta(days=9))
    history_start(practice, today)
    profiles_start(olena, user, today)
    proposals_start(olena, user, today)
    connects_start(olena, today)
    return practice


def _readings(practice: Practice, freelancer: Freelancer, last: dt.date) -> None:
    """Updates seen every two weeks (J7), as if Upwork went by the rules “trending”; of the last one
    only the day was noted."""
    contracts = contracts_of_practice(practice=practice, freelancers=[freelancer])[0]
    days = [last - dt.timedelta(days=14 * number) for number in range(8)]
    seen = {day: scores_of(contracts, day, rules=TRENDING).shown.score for day in days}
    Reading.objects.bulk_create(
        Reading(
            practice=practice,
            freelancer=freelancer,
            observed_on=day,
            score=None if day == last else score,
        )
        for day, score in seen.items()
    )


def _agency(user: User, today: dt.date) -> None:
    practice = Practice.objects.create(name=AGENCY, kind=Practice.Kind.AGENCY)
    Membership.objects.create(practice=practice, user=user, role=Membership.Role.OWNER)
    for seed, person in enumerate(TEAM):
        freelancer = Freelancer.objects.create(
            practice=practice, name=person.name, time_zone=person.time_zone
        )
        sample = Sample(freelancer, today, seed=seed)
        works = (*WORK, *(f"{skill} for {{client}}" for skill in person.skills))
        sample.contracts(
            count=person.contracts,
            bad=person.bad,
            silent=person.silent,
            rate=person.rate,
            works=works,
        )
        sample.open_contracts(2 + seed % 4, rate=person.rate)
    history_start(practice, today)


class Sample:
    """One freelancer's made-up contracts: the same every time for the same seed and day."""

    def __init__(self, freelancer: Freelancer, today: dt.date, *, seed: int) -> None:
        self.freelancer = freelancer
        self.practice = freelancer.practice
        self.today = today
        self.random = random.Random(seed)  # noqa: S311  # sample data, no secret
        self.batch = ImportBatch.objects.create(
            practice=self.practice,
            freelancer=freelancer,
            file_name=f"{today.isoformat()}_transaction_report.csv",
            content=b"",
            format="A",
            state=ImportBatch.State.APPLIED,
            applied_at=timezone.now(),
        )
        self.references = 9_000_000 + freelancer.pk * 10_000

    def contracts(
        self,
        *,
        count: int,
        bad: tuple[int, ...],
        silent: tuple[int, ...],
        rate: Decimal,
        works: tuple[str, ...],
    ) -> None:
        """Closed contracts, spread over a little more than two years."""
        for number in range(count):
            closed_on = self.today - dt.timedelta(
                days=round(12 + 760 * (number + self.random.random()) / count)
            )
            contract = self._contract(closed_on, rate, self.random.choice(works))
            contract.closed_on = closed_on
            # Now and then a member of the agency works alone, so that both scores differ (J14).
            contract.under_agency = contract.under_agency and number % 5 != 3
            contract.ended_by = self.random.choices(["client", "freelancer"], [85, 15])[0]
            contract.save()
            if number not in silent:
                self._feedback(contract, good=number not in bad)

    def open_contracts(self, count: int, *, rate: Decimal) -> None:
        """Contracts on their way to feedback, each at another place of the cadence (C3)."""
        for place in PLACES[:count]:
            last = self.today - dt.timedelta(days=place.last_work)
            contract = self._contract(last, rate, self.random.choice(WORK))
            cadence_start(contract, place, self.today)

    def _contract(self, last_day: dt.date, rate: Decimal, work: str) -> Contract:
        name = self.random.choice(CLIENTS)
        client, _new = Client.objects.get_or_create(practice=self.practice, name=name)
        weeks = self.random.choices([1, 2, 4, 8, 14], [25, 30, 25, 14, 6])[0]
        kind = self.random.choices(["fixed", "hourly"], [45, 55])[0]
        contract = Contract.objects.create(
            practice=self.practice,
            freelancer=self.freelancer,
            client=client,
            title=work.format(client=name),
            kind=kind,
            started_on=last_day - dt.timedelta(weeks=weeks),
            rate=rate if kind == "hourly" else None,
            under_agency=self.practice.kind == Practice.Kind.AGENCY,
        )
        self._payments(contract, last_day, weeks, rate)
        return contract

    def _payments(self, contract: Contract, last_day: dt.date, weeks: int, rate: Decimal) -> None:
        hourly = contract.kind == "hourly"
        hours = earned = Decimal(0)
        rows = []
        for week in range(0, weeks, 1 if hourly else max(1, weeks // 2)):
            worked = Decimal(self.random.randint(12, 110)) / 4
            amount = (
                worked * rate if hourly else Decimal(self.random.randint(4, 40)) * 25
            ).quantize(CENT)
            day = last_day - dt.timedelta(weeks=weeks - 1 - week)
            rows.append(
                self._row(contract, "Hourly" if hourly else "Fixed-price", "earning", day, amount)
            )
            rows.append(
                self._row(
                    contract, "Service Fee", "service_fee", day, -(amount * FEE).quantize(CENT)
                )
            )
            hours, earned = hours + worked, earned + amount
        Payment.objects.bulk_create(rows)
        contract.earned, contract.fees = earned, (earned * FEE).quantize(CENT)
        contract.hours = hours if hourly else None
        contract.save()

    def _row(
        self, contract: Contract, kind: str, category: str, day: dt.date, amount: Decimal
    ) -> Payment:
        self.references += 1
        return Payment(
            practice=self.practice,
            freelancer=self.freelancer,
            contract=contract,
            batch=self.batch,
            source=Payment.Source.TRANSACTIONS,
            external_id=str(self.references),
            type=kind,
            category=category,
            paid_on=day,
            amount=amount,
            description=contract.title,
            line=self.references % 10_000,
        )

    def _feedback(self, contract: Contract, *, good: bool) -> None:
        assert contract.closed_on  # noqa: S101  # only closed contracts are rated here
        stars = self.random.choices(["5.00", "4.90", "4.65", "4.20"], [70, 14, 10, 6])
        rating = Decimal(stars[0] if good else self.random.choice(["3.60", "2.85", "1.90"]))
        parts = {
            part: min(5, max(1, round(rating)))
            for part in ("skills", "quality", "deadlines", "communication")
        }
        Feedback.objects.create(
            practice=self.practice,
            contract=contract,
            public_rating=rating,
            comment=self.random.choice(GOOD_WORDS if good else BAD_WORDS),
            given_on=contract.closed_on,
            **parts,
        )
        if not good:
            what, lesson, differently = self.random.choice(LOGS)
            LogEntry.objects.create(
                practice=self.practice,
                contract=contract,
                happened_on=contract.closed_on,
                what=what,
                lesson=lesson,
                differently=differently,
            )
