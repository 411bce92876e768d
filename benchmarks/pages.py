"""Server time of each page, with 100 and with 1,000 contracts, against a bare authenticated view.

    ./dev bench pages [--json]

All in one process on a database of its own (SQLite). A page's time is the median of several
requests; its ratio is to a view behind the same middleware that answers two letters. The bar: each
page asks the database the same number of queries for 1,000 contracts as for 100; it ends with
status 1 where one does not.
"""

import argparse
import atexit
import datetime as dt
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from decimal import Decimal
from types import ModuleType

os.environ["FREELANCE_OPS_DATA"] = tempfile.mkdtemp(prefix="freelance-ops-bench-")
atexit.register(shutil.rmtree, os.environ["FREELANCE_OPS_DATA"], ignore_errors=True)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "freelance_ops.settings")
os.environ.pop("DATABASE_URL", None)
os.environ["LOG_LEVEL"] = "ERROR"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from accounts.models import Freelancer, Practice, User
from accounts.services import practice_create_solo
from benchmarks.page_profiles import profiles_with
from contracts.models import Client as ContractClient
from contracts.models import CloseoutEvent, Contract, Feedback, ImportBatch, LogEntry, Payment
from freelance_ops.urls import urlpatterns
from profiles.models import Profile

SIZES = (100, 1_000)
REQUESTS = 15
BARE = "/bare/"


@dataclass(frozen=True)
class Row:
    """One page: milliseconds and queries for each size, and the ratios to the bare view."""

    page: str
    milliseconds: dict[int, float]
    ratio: dict[int, float]
    queries: dict[int, int]

    @property
    def passed(self) -> bool:
        return len(set(self.queries.values())) == 1


def bare(request: HttpRequest) -> HttpResponse:
    """What a page costs before it does anything: session, user, actor, headers."""
    return HttpResponse("ok")


def routes_with_a_bare_view() -> str:
    """The product's routes and one more; returns the name of the module that holds them."""
    module = ModuleType("benchmarks_pages_urls")
    # A module made here declares nothing.
    module.urlpatterns = [*urlpatterns, path(BARE.strip("/") + "/", bare)]  # type: ignore[attr-defined]
    sys.modules[module.__name__] = module
    return module.__name__


def practice_with(contracts: int) -> Practice:
    """A solo practice with so many closed and open contracts, feedback, payments and a log."""
    user = User.objects.create_user(f"bench{contracts}@example.com", "irrelevant")
    practice = practice_create_solo(user=user, name="Bench")
    freelancer = Freelancer.objects.get(practice=practice)
    batch = ImportBatch.objects.create(practice=practice, freelancer=freelancer, content=b"")
    clients = ContractClient.objects.bulk_create(
        ContractClient(practice=practice, name=f"Client {number}") for number in range(25)
    )
    today = dt.date.today()  # noqa: DTZ011  # made-up rows need no zone
    rows = Contract.objects.bulk_create(
        Contract(
            practice=practice,
            freelancer=freelancer,
            client=clients[number % 25],
            title=f"Contract {number}",
            kind="hourly",
            started_on=today - dt.timedelta(days=800 * number // contracts + 40),
            closed_on=None
            if number % 20 == 0
            else today - dt.timedelta(days=800 * number // contracts + 1),
            # An open one is delivered: it stands on the close-out board.
            delivered_on=today - dt.timedelta(days=number % 40) if number % 20 == 0 else None,
            earned=Decimal(100 + number),
            hours=Decimal(10),
        )
        for number in range(contracts)
    )
    Feedback.objects.bulk_create(
        Feedback(
            practice=practice, contract=row, public_rating=Decimal("2.5" if number % 15 == 0 else 5)
        )
        for number, row in enumerate(rows)
        if row.closed_on and number % 7
    )
    Payment.objects.bulk_create(
        Payment(
            practice=practice,
            freelancer=freelancer,
            contract=row,
            batch=batch,
            source="transactions",
            external_id=f"{row.pk}-{week}",
            type="Hourly",
            category="earning",
            paid_on=(row.started_on or today) + dt.timedelta(weeks=week),
            amount=Decimal(100),
            line=week + 2,
        )
        for row in rows
        for week in range(3)
    )
    CloseoutEvent.objects.bulk_create(
        CloseoutEvent(practice=practice, contract=row, kind="asked", happened_on=row.delivered_on)
        for row in rows
        if row.delivered_on
    )
    LogEntry.objects.bulk_create(
        LogEntry(practice=practice, contract=row, happened_on=today, what="Something happened.")
        for row in rows[:10]
    )
    profiles_with(freelancer, contracts=contracts, today=today)
    return practice


def pages_of(practice: Practice) -> dict[str, str]:
    """Each page of the product by a name that is the same for every size."""
    rows = Contract.objects.filter(practice=practice).select_related("freelancer")
    contract = rows.closed().order_by("pk").first()
    assert contract
    lab = f"/jss/{contract.freelancer.public_id}"
    profile = Profile.objects.general().get(practice=practice).public_id
    own = f"/profiles/of/{contract.freelancer.public_id}"
    return {
        "Today": "/",
        "Contracts": "/contracts/",
        "Contracts, filtered": "/contracts/?show=without-feedback",
        "A contract": f"/contracts/{contract.public_id}/",
        "Close-out board": "/contracts/closeout/",
        "A contract's close-out": f"/contracts/closeout/{contract.public_id}/",
        "Messages": "/contracts/messages/",
        "Ratings grid": "/contracts/grid/?show=all",
        "Import": "/contracts/import/",
        "Job Success": "/jss/",
        "Effect of a contract": f"/jss/contract/{contract.public_id}/",
        "What if": f"{lab}/what-if/?good=2&monthly=1",
        "Why it moved": f"{lab}/why/",
        "What lifts it": f"{lab}/lifts/",
        "Recovery": f"{lab}/recovery/",
        "Top Rated": f"{lab}/top-rated/",
        "Readings": f"{lab}/calibration/",
        "History": f"{lab}/history/",
        "Agency": "/jss/agency/",
        "Profiles": "/profiles/",
        "A draft": f"/profiles/{profile}/",
        "Preview": f"/profiles/{profile}/preview/",
        "Versions": f"/profiles/{profile}/versions/",
        "Match to a post": f"{own}/match/",
        "Landing-page figures": f"{own}/figures/",
        "Rates": f"{own}/rates/",
        "Checklists": f"{own}/checklists/",
        "Search": "/search/?q=contract",
        "Settings": "/settings/",
        "Reminders": "/mail/reminders/",
        "Outgoing mail": "/mail/",
        "Calendar": "/settings/calendar/",
    }


def signed_in(practice: Practice) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(practice.memberships.get().user)
    return client


def measured(client: Client, url: str) -> tuple[float, int]:
    """Median milliseconds of a request, and its queries."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    number_of_queries = len(queries)  # later requests empty the log that this counts in
    if answer.status_code != 200:
        raise SystemExit(f"{url} answers {answer.status_code}, so there is nothing to measure.")
    times = []
    for _ in range(REQUESTS):
        start = time.perf_counter()
        client.get(url)
        times.append(1_000 * (time.perf_counter() - start))
    return statistics.median(times), number_of_queries


def results() -> list[Row]:
    """Every page for every size; the bare view is measured beside each size."""
    found: dict[str, list[tuple[int, float, float, int]]] = {}
    for size in SIZES:
        practice = practice_with(size)
        client = signed_in(practice)
        client.get("/")  # the first request of a process loads modules and templates
        bare_ms, _ = measured(client, BARE)
        for name, url in pages_of(practice).items():
            milliseconds, queries = measured(client, url)
            found.setdefault(name, []).append((size, milliseconds, milliseconds / bare_ms, queries))
    return [
        Row(
            page=name,
            milliseconds={size: round(ms, 2) for size, ms, _, _ in rows},
            ratio={size: round(ratio, 1) for size, _, ratio, _ in rows},
            queries={size: queries for size, _, _, queries in rows},
        )
        for name, rows in found.items()
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    settings.ROOT_URLCONF = routes_with_a_bare_view()
    call_command("migrate", verbosity=0)
    call_command("build_css", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["src"])
    rows = results()
    passed = all(row.passed for row in rows)
    if options.json:
        document = [asdict(row) | {"passed": row.passed} for row in rows]
        print(json.dumps({"pages": document, "passed": passed}))
        return 0 if passed else 1
    print(f"{'page':<22}{'ms':>10}{'ratio':>8}{'queries':>9}{'ms':>12}{'ratio':>8}{'queries':>9}")
    print(f"{'contracts':<22}{SIZES[0]:>10,}{'':>17}{SIZES[1]:>12,}")
    for row in rows:
        cells = [
            f"{row.milliseconds[size]:>{width}.1f}{row.ratio[size]:>8.1f}{row.queries[size]:>9}"
            for size, width in zip(SIZES, (10, 12), strict=True)
        ]
        print(f"{row.page:<22}{''.join(cells)}{'' if row.passed else '  queries grow'}")
    print("Ratios are to a bare authenticated view in the same process.")
    print(f"The same number of queries for both sizes: {'yes' if passed else 'NO'}")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
