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
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

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


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """A healthy run in a folder with a space in its name."""
    data = tmp_path / "our data"
    port = free_port()
    with (tmp_path / "output").open("w") as output:
        process = subprocess.Popen(
            up_command(data, port),
            cwd=ROOT,
            env=clean_environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
    started = Run(process, data, port)
    try:
        wait_until(started.is_healthy, 30, "the product did not become healthy")
        yield started
    finally:
        process.kill()
        process.wait()
        for pid in started.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def output_of(run: Run) -> str:
    return (run.data.parent / "output").read_text()


def test_a_run_heals_itself_guards_its_data_and_ends_without_an_orphan(run: Run) -> None:
    """One long story, because each start costs seconds."""
    wait_until(
        lambda: f"http://localhost:{run.port}" in output_of(run), 10, "the address is not printed"
    )

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
    assert "Traceback" not in output_of(run)


def test_ctrl_c_ends_everything(run: Run) -> None:
    run.process.send_signal(signal.SIGINT)

    assert run.process.wait(20) == 0
    assert run.processes() == {}


def test_a_killed_supervisor_leaves_nothing_behind(run: Run) -> None:
    run.process.kill()

    wait_until(run.is_gone, 15, f"still there: {run.processes()}")


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
