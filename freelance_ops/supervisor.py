"""Runs the product's processes as children: restarts one that dies, and ends all of them together.

Each child leads a session and process group of its own. So Ctrl-C in the terminal reaches only the
supervisor, which then ends the children in order; and what a child has started in turn (granian
and Celery both fork) is found by its group even when the child itself is dead.
"""

import contextlib
import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

GRACE_SECONDS = 12.0  # a running task may end in that time; then its transaction is rolled back
LOOK_SECONDS = 0.1
FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 30.0
# A child that ran this long was healthy: its next failure starts at the shortest delay again.
HEALTHY_AFTER_SECONDS = 60.0
PR_SET_PDEATHSIG = 1
END_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

logger = logging.getLogger(__name__)


@dataclass
class Child:
    """One process that is to run, and what became of it."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    delay: float = FIRST_DELAY_SECONDS
    start_again_at: float = 0.0


@dataclass
class Supervisor:
    """Starts `commands` (name → argv) and keeps them running until a signal ends it."""

    commands: Mapping[str, Sequence[str]]
    directory: Path
    environment: Mapping[str, str]
    on_death: Callable[[str], None] = lambda name: None
    ending: bool = False
    impatient: bool = False
    children: list[Child] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.children = [Child(name, command) for name, command in self.commands.items()]

    def run(self, while_running: Callable[[], None] = lambda: None) -> None:
        """Until SIGINT, SIGTERM or SIGHUP; `while_running` is called at every look."""
        previous = {number: signal.signal(number, self._end) for number in END_SIGNALS}
        try:
            while not self.ending:
                self._look()
                while_running()
                time.sleep(LOOK_SECONDS)
        finally:
            self.end()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def end(self) -> None:
        """End every child: first a polite signal to each, then what is left of their groups."""
        running = [child.process for child in self.children if child.process]
        for process in running:
            _signal_quietly(os.kill, process, signal.SIGTERM)
        self._wait(running, until=time.monotonic() + GRACE_SECONDS)
        for process in running:
            _signal_quietly(os.killpg, process, signal.SIGKILL)
            process.wait()

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self.impatient = self.ending  # a second Ctrl-C waits no longer
        self.ending = True

    def _wait(self, processes: list[subprocess.Popen[bytes]], until: float) -> None:
        while time.monotonic() < until and not self.impatient:
            if not any(_group_is_alive(process) for process in processes):
                return
            time.sleep(LOOK_SECONDS)

    def _look(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                self._bury(child, child.process, now)
            if child.process is None and now >= child.start_again_at and not self.ending:
                self._start(child, now)

    def _start(self, child: Child, now: float) -> None:
        child.process = subprocess.Popen(  # noqa: S603  # our own commands
            child.command,
            cwd=self.directory,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509  # no thread runs in this process
        )
        child.started_at = now

    def _bury(self, child: Child, process: subprocess.Popen[bytes], now: float) -> None:
        """Note the death of a child, clear away what it left, and plan its next start."""
        _signal_quietly(os.killpg, process, signal.SIGKILL)
        if now - child.started_at >= HEALTHY_AFTER_SECONDS:
            child.delay = FIRST_DELAY_SECONDS
        child.start_again_at = now + child.delay
        logger.warning(
            "%s ended (%s); it is started again in %.1f s",
            child.name,
            _how(process.returncode),
            child.delay,
        )
        child.delay = min(child.delay * 2, LONGEST_DELAY_SECONDS)
        child.process = None
        self.on_death(child.name)


def _how(status: int) -> str:
    return f"status {status}" if status >= 0 else f"signal {signal.Signals(-status).name}"


def _signal_quietly(
    send: Callable[[int, int], None], process: subprocess.Popen[bytes], number: signal.Signals
) -> None:
    """The group's id is its leader's pid, so one number does for both `kill` and `killpg`."""
    # macOS says "permission" of a dead group.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        send(process.pid, number)


def _group_is_alive(process: subprocess.Popen[bytes]) -> bool:
    process.poll()  # a zombie would count as alive
    try:
        os.killpg(process.pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    """Linux: let the kernel end this child when the supervisor is killed without a chance."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
