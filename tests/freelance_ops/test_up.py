"""`manage.py up` as a person uses it: real processes, real ports, real signals."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
import redis

ROOT = Path(__file__).resolve().parents[2]
HEALTHY = {"status": "ok", "database": "ok", "worker": "ok", "beat": "ok"}

pytestmark = [
    pytest.mark.xdist_group("up"),
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]


@dataclass
class Run:
    """One `manage.py up` and the folder that it writes to."""

    process: subprocess.Popen[str]
    data: Path
    port: int
    environment: dict[str, str]

    def health(self) -> dict[str, Any]:
        """What `/healthz` says now; nothing at all while nobody listens."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz") as answer:
                return {"code": answer.status, **json.load(answer)}
        except urllib.error.HTTPError as error:
            return {"code": error.code, **json.load(error)}
        except OSError:
            return {}

    def is_healthy(self) -> bool:
        return self.health() == {"code": 200, **HEALTHY}

    def processes(self) -> dict[int, str]:
        """Every living process of this run, however it is related: pid → command line.

        The data folder's name is in the environment of each of them and in no other's.
        """
        marker = f"FREELANCE_OPS_DATA={self.data}".encode()
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if marker in (folder / "environ").read_bytes().split(b"\0"):
                    words = (folder / "cmdline").read_bytes().split(b"\0")
                    found[int(folder.name)] = b" ".join(words).decode()
        return found

    def leader(self, word: str) -> int:
        """The pid of the child of `up` whose command line has `word`."""
        return next(
            pid
            for pid, command in self.processes().items()
            if word in command and os.getpgid(pid) == pid and pid != self.process.pid
        )

    def is_gone(self) -> bool:
        return not self.processes()

    def output(self) -> str:
        return output_of(self.data)

    def does_its_work(self) -> bool:
        """Put a task on the queue and see it done."""
        task = "freelance_ops.tasks.sessions_clear"
        subprocess.run(
            [sys.executable, "-m", "celery", "--app", "freelance_ops", "call", task],
            cwd=ROOT,
            env=self.environment | {"FREELANCE_OPS_DATA": str(self.data)},
            capture_output=True,
            check=True,
        )
        wait_until(lambda: f"Task {task}" in self.output(), 10, "the task is not received")
        wait_until(lambda: "succeeded in" in self.output(), 10, "the task is not done")
        return True


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, what
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def up_command(data: Path, port: int) -> list[str]:
    return [sys.executable, "manage.py", "up", "--data", str(data), "--port", str(port)]


def clean_environment() -> dict[str, str]:
    """As on a fresh machine: no setting of the test run may reach the product."""
    ours = {"DATABASE_URL", "REDIS_URL", "FREELANCE_OPS_DATA", "DJANGO_SETTINGS_MODULE", "SITE_URL"}
    return {name: value for name, value in os.environ.items() if name not in ours}


def output_of(data: Path) -> str:
    """What the run with this data folder has printed."""
    return (data.parent / "output").read_text()


@contextmanager
def started(folder: Path, **environment: str) -> Iterator[Run]:
    """A healthy run in a folder with a space in its name."""
    data = folder / "our data"
    port = free_port()
    everything = clean_environment() | environment
    with (folder / "output").open("w") as output:
        process = subprocess.Popen(
            up_command(data, port),
            cwd=ROOT,
            env=everything,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
    run = Run(process, data, port, everything)
    try:
        wait_until(run.is_healthy, 60, "the product did not become healthy")
        yield run
    finally:
        process.kill()
        process.wait()
        for pid in run.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """On SQLite and files, as on a laptop."""
    if os.environ.get("DATABASE_URL") or os.environ.get("REDIS_URL"):
        pytest.skip("this one is about the set-up without servers")
    with started(tmp_path) as running:
        yield running


@pytest.fixture
def server_addresses() -> Iterator[dict[str, str]]:
    """The tests' PostgreSQL, with a database made for this, and the tests' Redis."""
    url = os.environ["DATABASE_URL"]
    name = f"freelance_ops_up_{os.getpid()}"
    with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres"))) as connection:
        connection.autocommit = True
        connection.execute(f"CREATE DATABASE {name}")
        yield {
            "DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}")),
            "REDIS_URL": os.environ["REDIS_URL"],
        }
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        for pattern in ("freelance_ops:*", "_kombu.binding*"):
            for key in client.scan_iter(pattern):
                client.delete(key)


def test_a_run_heals_itself_guards_its_data_and_ends_without_an_orphan(run: Run) -> None:
    """One long story, because each start costs seconds."""
    wait_until(
        lambda: f"http://localhost:{run.port}" in run.output(), 10, "the address is not printed"
    )

    assert run.does_its_work()

    old = run.leader(" worker ")
    os.kill(old, signal.SIGKILL)
    wait_until(
        lambda: old not in run.processes() and run.health().get("worker") != "ok",
        5,
        "a dead worker goes unnoticed",
    )
    assert run.health()["code"] == 503
    assert "worker" in run.health()["status"]
    wait_until(run.is_healthy, 20, "a dead worker is not replaced")
    assert run.leader(" worker ") != old

    os.kill(run.leader("granian"), signal.SIGKILL)
    wait_until(lambda: run.health() == {}, 5, "granian's own child outlives it")
    wait_until(run.is_healthy, 20, "a dead web server is not replaced")

    second = subprocess.run(
        up_command(run.data, free_port()),
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert f"already runs on the data in {run.data} at http://localhost:{run.port}" in second.stderr

    assert len(run.processes()) >= 6  # granian 2, worker 3, beat 1
    run.process.send_signal(signal.SIGTERM)
    assert run.process.wait(20) == 0
    assert run.processes() == {}
    assert "Traceback" not in run.output()


def test_ctrl_c_ends_everything(run: Run) -> None:
    run.process.send_signal(signal.SIGINT)

    assert run.process.wait(20) == 0
    assert run.processes() == {}


def test_a_killed_supervisor_leaves_nothing_behind(run: Run) -> None:
    run.process.kill()

    wait_until(run.is_gone, 15, f"still there: {run.processes()}")


@pytest.mark.postgres
@pytest.mark.redis
def test_two_addresses_switch_to_servers(tmp_path: Path, server_addresses: dict[str, str]) -> None:
    with started(tmp_path, **server_addresses) as run:
        assert run.does_its_work()
        assert not (run.data / "db.sqlite3").exists()
        assert not (run.data / "broker").exists()

        run.process.send_signal(signal.SIGTERM)
        assert run.process.wait(20) == 0
        assert run.processes() == {}


def test_a_taken_port_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        refused = subprocess.run(
            up_command(tmp_path / "data", port),
            cwd=ROOT,
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    assert refused.returncode == 1
    assert f"Port {port} is taken by another program" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "data" / "db.sqlite3").exists()
