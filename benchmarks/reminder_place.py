"""Where the reminder benchmark happens: a database, a broker, a sink, the product's processes."""

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
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = os.environ.get("BENCH_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432")
LONGEST_SECONDS = 900.0


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
