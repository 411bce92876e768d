"""The supervisor alone, with children that are quick to start and badly behaved."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from freelance_ops import supervisor as module
from freelance_ops.supervisor import Child, Supervisor

# Python 3.12 warns of any fork beside threads, and pytest-xdist has some.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")

STUBBORN = """
import os, pathlib, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    pathlib.Path("grandchild").write_text(str(os.getpid()))
pathlib.Path("ready").touch()
time.sleep(60)
"""


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[[str], Supervisor]]:
    made: list[Supervisor] = []

    def start(source: str) -> Supervisor:
        made.append(
            Supervisor({"child": [sys.executable, "-c", source]}, tmp_path, dict(os.environ))
        )
        return made[-1]

    yield start
    for supervisor in made:
        supervisor.impatient = True
        supervisor.end()


def look_until(supervisor: Supervisor, condition: Callable[[Child], bool]) -> Child:
    (child,) = supervisor.children
    limit = time.monotonic() + 15
    while not condition(child):
        assert time.monotonic() < limit
        supervisor._look()
        time.sleep(0.02)
    return child


def is_alive(pid: int) -> bool:
    """A zombie that nobody has collected yet is dead enough."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def wait_for(path: Path) -> None:
    limit = time.monotonic() + 15
    while not path.exists() or (path.name == "grandchild" and not path.read_text()):
        assert time.monotonic() < limit
        time.sleep(0.02)


def test_a_child_that_keeps_dying_is_started_ever_more_slowly(
    supervise: Callable[[str], Supervisor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST_DELAY_SECONDS", 0.05)
    monkeypatch.setattr(module, "LONGEST_DELAY_SECONDS", 0.15)
    supervisor = supervise("raise SystemExit(3)")
    supervisor.children[0].delay = 0.05
    deaths: list[str] = []
    supervisor.on_death = deaths.append

    for times, delay in enumerate([0.1, 0.15, 0.15], start=1):
        child = look_until(supervisor, lambda _child, times=times: len(deaths) == times)  # type: ignore[misc]
        assert child.delay == pytest.approx(delay)
    assert deaths == ["child"] * 3


def test_a_child_that_ran_well_for_a_while_is_started_again_at_once(
    supervise: Callable[[str], Supervisor], monkeypatch: pytest.MonkeyPatch
) -> None:
    supervisor = supervise("raise SystemExit(3)")
    child = look_until(supervisor, lambda child: child.process is not None)
    child.delay = 30.0
    child.started_at -= module.HEALTHY_AFTER_SECONDS

    look_until(supervisor, lambda child: child.process is None)

    assert child.start_again_at - time.monotonic() <= module.FIRST_DELAY_SECONDS


def test_what_a_dead_child_left_behind_is_cleared_away(
    supervise: Callable[[str], Supervisor], tmp_path: Path
) -> None:
    supervisor = supervise(STUBBORN)
    child = look_until(supervisor, lambda child: child.process is not None)
    wait_for(tmp_path / "grandchild")
    grandchild = int((tmp_path / "grandchild").read_text())
    assert child.process

    child.process.kill()
    look_until(supervisor, lambda child: child.process is None)

    deadline = time.monotonic() + 5
    while is_alive(grandchild):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_who_does_not_listen_is_killed_after_the_grace(
    supervise: Callable[[str], Supervisor], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.3)
    supervisor = supervise(STUBBORN)
    child = look_until(supervisor, lambda child: child.process is not None)
    wait_for(tmp_path / "ready")
    wait_for(tmp_path / "grandchild")

    supervisor.end()

    assert child.process
    assert child.process.returncode == -signal.SIGKILL
    time.sleep(0.1)
    assert not is_alive(int((tmp_path / "grandchild").read_text()))


def test_a_second_signal_waits_no_longer(
    supervise: Callable[[str], Supervisor], tmp_path: Path
) -> None:
    supervisor = supervise(STUBBORN)
    look_until(supervisor, lambda child: child.process is not None)
    wait_for(tmp_path / "ready")
    began = time.monotonic()

    supervisor._end(signal.SIGINT, None)
    supervisor._end(signal.SIGINT, None)
    supervisor.end()

    assert time.monotonic() - began < module.GRACE_SECONDS / 2


def test_a_child_has_a_session_of_its_own(supervise: Callable[[str], Supervisor]) -> None:
    supervisor = supervise("import time; time.sleep(60)")
    child = look_until(supervisor, lambda child: child.process is not None)
    assert child.process

    assert os.getsid(child.process.pid) == child.process.pid
