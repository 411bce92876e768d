"""Reminders under fire: is every mail sent, once, however often the senders are killed?

    ./dev bench reminders [--mails 10000] [--kills 20] [--only sqlite|postgresql] [--json]

A local SMTP sink counts the mails that it took. On SQLite (with Celery's filesystem broker) and on
PostgreSQL with Redis:

    bare       a loop that sends the same mails to the same sink over one connection
    one        one worker and one beat, no faults; bar: at least half of the bare loop's throughput
    kills      30 % of SMTP commands answered 451, 20 × kill -9 of a worker or beat at random times;
               bars: lost 0, doubled at most once for each kill
    five       five beats and five workers at once; bars: lost 0, doubled 0
    digests    the same five, with digests that they plan and compose themselves; the same bars
    outage     Redis flushed and stopped for 60 s while mails fall due (PostgreSQL only); bars: lost
               0, doubled 0, all sent within 90 s of its return

Waits between attempts are made 3,600 times shorter and, in `kills`, the outbox is woken every 3 s
instead of 15 (benchmarks/reminders_settings.py); all else is the product as `manage.py up` has it.
Ends with status 1 where a bar falls short.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from benchmarks.reminder_place import Place
from freelance_ops.processes import beat_command, worker_command

REDIS_AWAY_SECONDS = 60.0
BACK_WITHIN_SECONDS = 90.0
FAULTS = 0.3


@dataclass(frozen=True)
class Row:
    """One scenario: mails that the sink took, that it never got, and that it got more than once."""

    database: str
    scenario: str
    due: int
    sent: int
    lost: int
    doubled: int
    kills: int
    seconds: float
    ratio: float | None = None
    passed: bool = True


def main() -> None:
    options = _options()
    databases = [options.only] if options.only else ["sqlite", "postgresql"]
    rows = [row for database in databases for row in run(database, options.mails, options.kills)]
    if options.json:
        print(json.dumps([asdict(row) for row in rows]))
    else:
        _table(rows)
    sys.exit(0 if all(row.passed for row in rows) else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def run(database: str, mails: int, kills: int) -> Iterator[Row]:
    """Every scenario on one database."""
    with Place(database) as place:
        place.rows("fill", "--mails", str(mails))
        seconds = float(place.rows("bare"))
        yield Row(database, "bare", mails, mails, 0, 0, 0, seconds)
    with Place(database) as place:
        place.rows("fill", "--mails", str(mails))
        yield one(place, mails, bare=seconds)
    with Place(database, faults=FAULTS, wake_seconds=3) as place:
        place.rows("fill", "--mails", str(mails))
        yield under_fire(place, mails, kills)
    with Place(database) as place:
        place.rows("fill", "--mails", str(mails))
        yield five(place, "five", mails)
    people = max(20, mails // 50)
    with Place(database) as place:
        place.rows("schedules", "--people", str(people))
        yield five(place, "digests", people)
    if database == "postgresql":
        with Place(database) as place:
            yield outage(place, max(60, mails // 20))


def held(
    place: Place,
    scenario: str,
    mails: int,
    *,
    seconds: float,
    kills: int = 0,
    ratio: float | None = None,
    least: float = 0.0,
) -> Row:
    """What the sink took, held against the bars."""
    taken = [name for _at, name in place.taken()]
    sent = len(set(taken))
    doubled = len(taken) - sent
    passed = sent == mails and doubled <= kills and (ratio is None or ratio >= least)
    return Row(
        database=place.database,
        scenario=scenario,
        due=mails,
        sent=sent,
        lost=mails - sent,
        doubled=doubled,
        kills=kills,
        seconds=seconds,
        ratio=ratio,
        passed=passed,
    )


# ── Scenarios ────────────────────────────────────────────────────────────────────────────────────


def one(place: Place, mails: int, *, bare: float) -> Row:
    place.start("worker", worker_command())
    place.start("beat", beat_command())
    place.wait_until_sent(mails)
    # From the first mail to the last, as the bare loop is measured: without the processes' start.
    seconds = place.seconds_between_first_and_last()
    return held(place, "one", mails, seconds=seconds, ratio=bare / seconds, least=0.5)


def under_fire(place: Place, mails: int, kills: int) -> Row:
    """The victims and the times are drawn anew in each run; the seed is printed on failure."""
    dice = random.Random()
    for number in range(2):
        place.start(f"worker{number}", worker_command())
    place.start("beat", beat_command())
    started = time.monotonic()
    done = 0

    def strike() -> None:
        nonlocal done
        # Spread over the work: the next kill comes once its share of the mails is through.
        if done < kills and place.sent() >= mails * (done + 1) / (kills + 2):
            place.kill(dice.choice(["worker0", "worker1", "worker0", "worker1", "beat"]), dice)
            done += 1

    place.wait_until_sent(mails, meanwhile=strike)
    return held(place, "kills", mails, seconds=time.monotonic() - started, kills=done)


def five(place: Place, scenario: str, mails: int) -> Row:
    started = time.monotonic()
    for number in range(5):
        place.start(f"worker{number}", worker_command())
        # Two beats must not write one schedule file; otherwise each is the product's.
        schedule = str(place.folder / f"beat-schedule-{number}")
        place.start(f"beat{number}", [*beat_command(), "--schedule", schedule])
    place.wait_until_sent(mails)
    return held(place, scenario, mails, seconds=time.monotonic() - started)


def outage(place: Place, mails: int) -> Row:
    place.start("worker", worker_command())
    place.start("beat", beat_command())
    time.sleep(8)
    place.rows("fill", "--mails", str(mails), "--spread", str(REDIS_AWAY_SECONDS))
    place.redis_away()
    time.sleep(REDIS_AWAY_SECONDS)
    place.redis_back()
    returned = time.monotonic()
    place.wait_until_sent(mails)
    seconds = place.last_at() - returned
    row = held(place, "outage", mails, seconds=seconds)
    return Row(**{**asdict(row), "passed": row.passed and seconds <= BACK_WITHIN_SECONDS})


def _table(rows: Sequence[Row]) -> None:
    heads = ("database", "scenario", "due", "sent", "lost", "doubled", "kills", "seconds", "ratio")
    print("  ".join(head.rjust(10) for head in heads), " bar")
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        figures = (row.due, row.sent, row.lost, row.doubled, row.kills, f"{row.seconds:.1f}", ratio)
        cells = (row.database, row.scenario, *map(str, figures))
        print("  ".join(cell.rjust(10) for cell in cells), " held" if row.passed else " SHORT")


if __name__ == "__main__":
    main()
