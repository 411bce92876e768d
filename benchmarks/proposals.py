"""Server time of the funnel's pages, with 500 and with 50,000 proposals in one practice.

    ./dev bench proposals [--json]

All in one process on a database of its own (SQLite) that holds both practices, signed in as their
owners. A page's time is the median of several requests, to either practice in turns. The bar: with
50,000 each page takes at most twice the time that it takes with 500, and at most 12 queries at
either size. Where a page counts something anew after a change, the request right after a move is
held to the same bar ("… after a move"). Ends with status 1 where one falls short. Rows with
"(no bar)" are told and not judged: a search reads every title.
"""

import argparse
import atexit
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass

os.environ["FREELANCE_OPS_DATA"] = tempfile.mkdtemp(prefix="freelance-ops-bench-")
atexit.register(shutil.rmtree, os.environ["FREELANCE_OPS_DATA"], ignore_errors=True)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "freelance_ops.settings")
os.environ.pop("DATABASE_URL", None)
os.environ["LOG_LEVEL"] = "ERROR"

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Practice
from benchmarks.proposal_rows import practice_with
from proposals.models import Proposal, TalliedMonth
from proposals.tally_services import tallies_renew

SIZES = (500, 50_000)
REQUESTS = 15
MOST_QUERIES = 12
MOST_TIMES = 2.0
NO_BAR = " (no bar)"
PAGES = {
    "Board": "/proposals/",
    "Table": "/proposals/?view=table",
    "Table, one stage": "/proposals/?view=table&show=no_answer",
    "Table, write again": "/proposals/?view=table&show=due",
    "Table, by title": "/proposals/?view=table&sort=title",
    "Table, one niche": "/proposals/?view=table&niche=Niche+3",
    f"Table, searched{NO_BAR}": "/proposals/?view=table&q=zebra",
    "What works": "/proposals/works/",
}


@dataclass(frozen=True)
class Row:
    """One page: milliseconds and queries for each size."""

    page: str
    milliseconds: dict[int, float]
    queries: dict[int, int]

    @property
    def times(self) -> float:
        few, many = (self.milliseconds[size] for size in SIZES)
        return round(many / few, 2)

    @property
    def passed(self) -> bool:
        if self.page.endswith(NO_BAR):
            return True
        return self.times <= MOST_TIMES and max(self.queries.values()) <= MOST_QUERIES


def signed_in(practice: Practice) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(practice.memberships.get().user)
    return client


def asked(client: Client, url: str) -> float:
    """Milliseconds of one request."""
    start = time.perf_counter()
    answer = client.get(url)
    milliseconds = 1_000 * (time.perf_counter() - start)
    if answer.status_code != 200:
        raise SystemExit(f"{url} answers {answer.status_code}, so there is nothing to measure.")
    return milliseconds


def queries_of(client: Client, url: str) -> int:
    asked(client, url)
    with CaptureQueriesContext(connection) as queries:
        asked(client, url)
    return len(queries)


def measured(name: str, url: str, clients: dict[int, Client]) -> Row:
    """Medians of requests to one practice and to the other in turns: both meet the same weather."""
    queries = {size: queries_of(client, url) for size, client in clients.items()}
    times: dict[int, list[float]] = {size: [] for size in clients}
    for _ in range(REQUESTS):
        for size, client in clients.items():
            times[size].append(asked(client, url))
    return row_of(name, times, queries)


def row_of(name: str, times: dict[int, list[float]], queries: dict[int, int]) -> Row:
    medians = {size: round(statistics.median(each), 2) for size, each in times.items()}
    return Row(name, medians, queries)


def moved(client: Client, row: Proposal) -> float:
    """Milliseconds of a move, without the board that follows."""
    start = time.perf_counter()
    client.post(f"/proposals/{row.public_id}/move/", {"to": "viewed", "seen_stage": "sent"})
    return 1_000 * (time.perf_counter() - start)


def after_moves(clients: dict[int, Client], practices: dict[int, Practice]) -> list[Row]:
    """A move, and the page that counts, right after it."""
    moves: dict[int, list[float]] = {size: [] for size in clients}
    pages: dict[int, list[float]] = {size: [] for size in clients}
    queries = dict.fromkeys(clients, 0)
    rows = {
        size: list(Proposal.objects.filter(practice=practice, stage="sent")[:REQUESTS])
        for size, practice in practices.items()
    }
    for turn in range(REQUESTS):
        for size, client in clients.items():
            moves[size].append(moved(client, rows[size][turn]))
            with CaptureQueriesContext(connection) as captured:
                pages[size].append(asked(client, PAGES["What works"]))
            queries[size] = max(queries[size], len(captured))
    return [
        row_of("What works, after a move", pages, queries),
        row_of(f"A move itself{NO_BAR}", moves, dict.fromkeys(clients, 0)),
    ]


def counted_anew(practice: Practice) -> float:
    """Milliseconds to count every month of a practice."""
    TalliedMonth.objects.filter(practice=practice).update(is_stale=True)
    start = time.perf_counter()
    tallies_renew(practice.pk)
    return 1_000 * (time.perf_counter() - start)


def results() -> list[Row]:
    practices = {size: practice_with(size) for size in SIZES}
    clients = {size: signed_in(practice) for size, practice in practices.items()}
    for client in clients.values():
        client.get("/")  # the first request of a process loads modules and templates
    rows = [measured(name, url, clients) for name, url in PAGES.items()]
    rows += after_moves(clients, practices)
    anew = {size: [counted_anew(practice)] for size, practice in practices.items()}
    return [*rows, row_of(f"All counted anew{NO_BAR}", anew, dict.fromkeys(SIZES, 0))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    call_command("build_css", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["src"])
    rows = results()
    passed = all(row.passed for row in rows)
    if options.json:
        document = [asdict(row) | {"times": row.times, "passed": row.passed} for row in rows]
        print(json.dumps({"pages": document, "passed": passed}))
        return 0 if passed else 1
    print(f"{'page':<28}{'ms':>9}{'queries':>9}{'ms':>10}{'queries':>9}{'times':>8}")
    print(f"{'proposals':<28}{SIZES[0]:>9,}{'':>9}{SIZES[1]:>10,}")
    for row in rows:
        cells = "".join(
            f"{row.milliseconds[size]:>{width}.1f}{row.queries[size]:>9}"
            for size, width in zip(SIZES, (9, 10), strict=True)
        )
        print(f"{row.page:<28}{cells}{row.times:>8.2f}{'' if row.passed else '  NOT HELD'}")
    print(
        f"At most {MOST_TIMES:g} times the time and {MOST_QUERIES} queries: "
        f"{'yes' if passed else 'NO'}"
    )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
