"""The whole product in one command: web, worker and beat, on this machine."""

import errno
import fcntl
import os
import socket
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.shortcuts import resolve_url

from freelance_ops.command_line import add_up_arguments
from freelance_ops.health import BEATING, heartbeat_forget
from freelance_ops.processes import beat_command, web_command, worker_command
from freelance_ops.supervisor import Supervisor


class Command(BaseCommand):
    """Builds, migrates, starts three children and stays until it is told to end."""

    help = "Builds the CSS, migrates, and runs web, Celery worker and beat until Ctrl-C."
    # They would read tables that the first run has not made yet.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_up_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with closing(_hold_data(settings.DATA_DIR)) as lock:
                _require_free_port(options["host"], options["port"])
                self._say("Getting ready …")
                self._prepare(demo=options["demo"])
                lock.write(settings.SITE_URL)
                lock.flush()
                self._run(options["host"], options["port"])
        except KeyboardInterrupt:  # while getting ready; later the supervisor takes the signals
            pass
        self._say("Ended.")

    def _prepare(self, *, demo: bool) -> None:
        call_command("build_css")
        call_command("migrate", interactive=False, verbosity=0)
        # `src` holds what the style sheet is made of, which no browser asks for.
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["src"])
        if demo:
            call_command("load_demo")
        # A stamp left by the last run must not speak for this one.
        heartbeat_forget(*BEATING)
        connections.close_all()

    def _run(self, host: str, port: int) -> None:
        supervisor = Supervisor(
            commands={
                "web": web_command(host=host, port=port),
                "worker": worker_command(),
                "beat": beat_command(),
            },
            directory=settings.BASE_DIR,
            environment=os.environ,
            on_death=lambda name: heartbeat_forget(name) if name in BEATING else None,
        )
        announced = False

        def announce() -> None:
            nonlocal announced
            if not announced and _answers(host, port):
                announced = True
                self._say(f"Freelance Ops is at {settings.SITE_URL} — Ctrl-C ends it.")

        supervisor.run(while_running=announce)

    def _say(self, sentence: str) -> None:
        try:
            self.stdout.write(sentence)
            self.stdout.flush()
        except OSError:
            pass  # the terminal is gone; ending the children matters more than saying so


def _hold_data(directory: Path) -> IO[str]:
    """The data folder's lock, held until closed: two beats would send everything twice."""
    file = (directory / "up.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        where = file.read().strip()
        file.close()
        at = f" at {where}" if where else ""
        raise CommandError(
            f"Freelance Ops already runs on the data in {directory}{at}. "
            "End that run first, or choose another folder with --data."
        ) from None
    file.truncate(0)
    return file


def _require_free_port(host: str, port: int) -> None:
    if not 1 <= port <= 65535:
        raise CommandError(f"{port} is not a port: choose one from 1 to 65535 with --port.")
    try:
        family, _kind, _protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError:
        raise CommandError(
            f"You may not use port {port} on this machine: choose one above 1023 with --port."
        ) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(
                f"Port {port} is taken by another program: choose another one with --port."
            ) from None
        raise CommandError(f"The web server cannot listen on {host}:{port}: {error}") from None


def _answers(host: str, port: int) -> bool:
    """Whether the web server shows its first page yet, which also warms its templates up."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # not bound here
    name = f"[{reachable}]" if ":" in reachable else reachable
    path = resolve_url(settings.LOGIN_URL)
    try:
        with urllib.request.urlopen(f"http://{name}:{port}{path}", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
