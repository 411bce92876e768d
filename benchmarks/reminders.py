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
import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg

from freelance_ops.processes import beat_command, worker_command

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = os.environ.get("BENCH_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432")
REDIS_AWAY_SECONDS = 60.0
BACK_WITHIN_SECONDS = 90.0
LONGEST_SECONDS = 900.0
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


# ── Scenarios ────────────────────────────────────────────────────────────────────────────────────


def one(place: "Place", mails: int, *, bare: float) -> Row:
    place.start("worker", worker_command())
    place.start("beat", beat_command())
    place.wait_until_sent(mails)
    # From the first mail to the last, as the bare loop is measured: without the processes' start.
    seconds = place.seconds_between_first_and_last()
    return place.row("one", mails, seconds=seconds, ratio=bare / seconds, least=0.5)


def under_fire(place: "Place", mails: int, kills: int) -> Row:
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
    return place.row("kills", mails, seconds=time.monotonic() - started, kills=done)


def five(place: "Place", scenario: str, mails: int) -> Row:
    started = time.monotonic()
    for number in range(5):
        place.start(f"worker{number}", worker_command())
        # Two beats must not write one schedule file; otherwise each is the product's.
        schedule = str(place.folder / f"beat-schedule-{number}")
        place.start(f"beat{number}", [*beat_command(), "--schedule", schedule])
    place.wait_until_sent(mails)
    return place.row(scenario, mails, seconds=time.monotonic() - started)


def outage(place: "Place", mails: int) -> Row:
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
    row = place.row("outage", mails, seconds=seconds)
    return Row(**{**asdict(row), "passed": row.passed and seconds <= BACK_WITHIN_SECONDS})


# ── The place where it happens ───────────────────────────────────────────────────────────────────


class Place:
    """A database, a broker, a sink and the product's processes, all gone afterwards."""

    def __init__(
        self, database: str, *, faults: float = 0.0, wake_seconds: float | None = None
    ) -> None:
        self.database, self.faults, self.wake_seconds = database, faults, wake_seconds
        self.folder = Path(tempfile.mkdtemp(prefix="freelance-ops-reminders-"))
        self.log = self.folder / "sink.log"
        self.log.touch()
        self.smtp_port, self.redis_port = free_port(), free_port()
        self.name = f"bench_{os.getpid()}_{self.smtp_port}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.commands: dict[str, Sequence[str]] = {}

    def __enter__(self) -> "Place":
        if self.database == "postgresql":
            with psycopg.connect(f"{POSTGRESQL}/postgres", autocommit=True) as server:
                server.execute(f'CREATE DATABASE "{self.name}"')
            self.redis_back()
        sink = [sys.executable, "-m", "benchmarks.smtp_sink", "--port", str(self.smtp_port)]
        self.start("sink", [*sink, "--log", str(self.log), "--faults", str(self.faults)])
        self._python("manage.py", "migrate", "-v0")
        wait_for_port(self.smtp_port)
        return self

    def __exit__(self, *_error: object) -> None:
        for name in list(self.processes):
            self._end(name)
        if self.database == "postgresql":
            with psycopg.connect(f"{POSTGRESQL}/postgres", autocommit=True) as server:
                server.execute(f'DROP DATABASE "{self.name}" WITH (FORCE)')
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def environment(self) -> Mapping[str, str]:
        ours = {
            "DJANGO_SETTINGS_MODULE": "benchmarks.reminders_settings",
            "FREELANCE_OPS_DATA": str(self.folder),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp_port}",
            "SECRET_KEY": "bench",
            "LOG_LEVEL": "ERROR",
        }
        if self.wake_seconds:
            ours["BENCH_WAKE_SECONDS"] = str(self.wake_seconds)
        if self.database == "postgresql":
            ours["DATABASE_URL"] = f"{POSTGRESQL}/{self.name}"
            ours["REDIS_URL"] = f"redis://127.0.0.1:{self.redis_port}/0"
        others = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "REDIS_URL"}
        }
        return others | ours

    def rows(self, *arguments: str) -> str:
        return self._python("-m", "benchmarks.reminder_rows", *arguments)

    def _python(self, *arguments: str) -> str:
        ended = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return ended.stdout.strip()

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a process in a group of its own, so that a kill takes its children too."""
        with (self.folder / f"{name}.log").open("ab") as output:
            self.processes[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.commands[name] = command

    def kill(self, name: str, dice: random.Random) -> None:
        """kill -9 of a process with its children, or of one child alone; then as `up` does."""
        process = self.processes[name]
        children = children_of(process.pid)
        if children and dice.random() < 0.5:
            with contextlib.suppress(ProcessLookupError):
                os.kill(dice.choice(children), signal.SIGKILL)
            return
        self._end(name)
        self.start(name, self.commands[name])

    def _end(self, name: str) -> None:
        process = self.processes.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def redis_away(self) -> None:
        subprocess.run(
            ["redis-cli", "-p", str(self.redis_port), "FLUSHALL"], check=True, capture_output=True
        )
        self._end("redis")

    def redis_back(self) -> None:
        self.start(
            "redis",
            ["redis-server", "--port", str(self.redis_port), "--save", "", "--bind", "127.0.0.1"],
        )
        wait_for_port(self.redis_port)

    def taken(self) -> list[tuple[float, str]]:
        """When the sink took which mail."""
        lines = (line.split(" ", 1) for line in self.log.read_text().splitlines())
        return [(float(at), name) for at, name in lines]

    def sent(self) -> int:
        return len({name for _at, name in self.taken()})

    def last_at(self) -> float:
        return max((at for at, _name in self.taken()), default=float("inf"))

    def seconds_between_first_and_last(self) -> float:
        times = [at for at, _name in self.taken()]
        return max(times) - min(times)

    def wait_until_sent(self, mails: int, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Until the sink has them all and the outbox has written that down."""
        ends_at = time.monotonic() + LONGEST_SECONDS
        while self.sent() < mails and time.monotonic() < ends_at:
            meanwhile()
            time.sleep(0.2)
        while self._open() and time.monotonic() < ends_at:
            time.sleep(1)

    def _open(self) -> int:
        state: dict[str, int] = json.loads(self.rows("state"))
        return state.get("waiting", 0) + state.get("sending", 0)

    def row(
        self,
        scenario: str,
        mails: int,
        *,
        seconds: float,
        kills: int = 0,
        ratio: float | None = None,
        least: float = 0.0,
    ) -> Row:
        """What the sink took, held against the bars."""
        taken = [name for _at, name in self.taken()]
        sent = len(set(taken))
        doubled = len(taken) - sent
        passed = sent == mails and doubled <= kills and (ratio is None or ratio >= least)
        return Row(
            database=self.database,
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


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def wait_for_port(port: int) -> None:
    ends_at = time.monotonic() + 30
    while time.monotonic() < ends_at:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise SystemExit(f"Nothing listens on port {port}.")


def children_of(process_id: int) -> list[int]:
    path = Path(f"/proc/{process_id}/task/{process_id}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


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
