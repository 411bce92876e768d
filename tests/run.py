"""`./dev test`: every check and every test, as far as this machine allows.

Each stage is one line in the summary: what ran, what failed, what could not run and why. All stages
run even when an early one fails. With `REQUIRE_ALL=1` (CI) nothing may be missing.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
DEFAULT_DATABASE = "postgres://postgres@127.0.0.1:5432/postgres"
DEFAULT_REDIS = "redis://127.0.0.1:6379/9"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
IN_CHROMIUM = "Tests in Chromium"
# SQLite allows one writer at a time, and the machines that this runs on have two cores.
PARALLEL = ("-n", "2", "--dist", "loadgroup")


@dataclass(frozen=True)
class Stage:
    """One thing to run, or the reason why it cannot be."""

    name: str
    command: Sequence[str] = ()
    environment: dict[str, str] = field(default_factory=dict)
    missing: str = ""


@dataclass(frozen=True)
class Result:
    """What became of a stage."""

    stage: Stage
    status: int = 0
    seconds: float = 0.0

    def is_failure(self, *, require_all: bool) -> bool:
        return self.status != 0 or (require_all and bool(self.stage.missing))

    def line(self) -> str:
        if self.status:
            return f"FAILED   {self.stage.name} ({self.seconds:.0f} s, status {self.status})"
        if not self.stage.command:
            return f"NOT RUN  {self.stage.name}: {self.stage.missing}"
        without = f", but without {self.stage.missing}" if self.stage.missing else ""
        return f"ok       {self.stage.name} ({self.seconds:.0f} s){without}"


def checks(data: Path) -> Iterator[Stage]:
    """All that needs no test runner; each writes to a data folder of its own."""

    def manage(name: str, *arguments: str, **environment: str) -> Stage:
        command = (sys.executable, "manage.py", *arguments)
        folder = str(data / arguments[0])
        return Stage(name, command, {"FREELANCE_OPS_DATA": folder, **environment})

    yield Stage("Types (mypy)", (program("mypy"), "."), {"FREELANCE_OPS_DATA": str(data / "mypy")})
    yield Stage("Format (ruff)", (program("ruff"), "format", "--check", "."))
    yield Stage("Lint (ruff)", (program("ruff"), "check", "."))
    yield Stage("Import order (import-linter)", (program("lint-imports"),))
    yield manage("Migrations are complete", "makemigrations", "--check", "--dry-run")
    yield manage(
        "Ready for production (check --deploy)",
        *("check", "--deploy", "--fail-level", "WARNING"),
        SITE_URL="https://ops.example.org",
        SECRET_KEY=secrets.token_urlsafe(64),
        EMAIL_URL="submission://smtp.example.org",
    )


def tests() -> Iterator[Stage]:
    """pytest on SQLite, on PostgreSQL and Redis, and with a browser."""
    yield pytest_stage(
        "Tests on SQLite", *PARALLEL, "-m", "not browser and not postgres and not redis"
    )
    yield services_stage()
    chromium = find_chromium()
    if chromium:
        yield pytest_stage(IN_CHROMIUM, *PARALLEL, "-m", "browser", CHROMIUM=chromium)
    else:
        yield Stage(IN_CHROMIUM, missing="no Chromium was found (its Debian package does)")


def pytest_stage(name: str, *arguments: str, missing: str = "", **environment: str) -> Stage:
    command = (sys.executable, "-m", "pytest", "-q", "--no-header", *arguments)
    return Stage(name, command, environment, missing)


def services_stage() -> Stage:
    """On whichever of PostgreSQL and Redis answers."""
    database = os.environ.get("TEST_DATABASE_URL", DEFAULT_DATABASE)
    cache = os.environ.get("TEST_REDIS_URL", DEFAULT_REDIS)
    problems = {"PostgreSQL": postgres_problem(database), "Redis": redis_problem(cache)}
    missing = "; ".join(f"{name}: {problem}" for name, problem in problems.items() if problem)
    running = [name for name, problem in problems.items() if not problem]
    if not running:
        return Stage("Tests on PostgreSQL and Redis", missing=missing)
    environment, left_out = {}, ["not browser"]
    if problems["PostgreSQL"]:
        left_out.append("not postgres")
    else:
        environment["DATABASE_URL"] = with_own_database(database)
    if problems["Redis"]:
        left_out.append("not redis")
    else:
        environment |= {"REDIS_URL": cache, "TEST_RUN": f"freelance_ops_test_{os.getpid()}"}
    name = f"Tests on {' and '.join(running)}"
    marks = " and ".join(left_out)
    options = (*PARALLEL, "-p", "tests.with_data", "-m", marks)
    return pytest_stage(name, *options, missing=missing, **environment)


def with_own_database(url: str) -> str:
    """Two runs on one server must not share a database; Django puts `test_` before the name."""
    return urlunsplit(urlsplit(url)._replace(path=f"/freelance_ops_{os.getpid()}"))


def postgres_problem(url: str) -> str:
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            connection.execute("SELECT 1")
    except psycopg.Error as error:
        return first_line(error)
    return ""


def redis_problem(url: str) -> str:
    try:
        with redis.Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3) as client:
            client.ping()
    except redis.RedisError as error:
        return first_line(error)
    return ""


def remove_keys(environment: dict[str, str]) -> None:
    """Leave the Redis server as it was."""
    with redis.Redis.from_url(environment["REDIS_URL"]) as client:
        for key in client.scan_iter(f"{environment['TEST_RUN']}_*"):
            client.delete(key)


def first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def find_chromium() -> str | None:
    """The Chromium that `CHROMIUM` names, else one on PATH."""
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else CHROMIUM_NAMES
    return next((found for name in names if (found := shutil.which(name))), None)


def program(name: str) -> str:
    return str(PROGRAMS / name)


def base_environment() -> dict[str, str]:
    """Ours, without what would turn a test run into one on somebody's real data."""
    ours = ("DATABASE_URL", "REDIS_URL", "FREELANCE_OPS_DATA", "SITE_URL", "DEBUG", "EMAIL_URL")
    return {name: value for name, value in os.environ.items() if name not in ours}


def run(stage: Stage, *, captured: bool) -> Result:
    """Run one stage; a captured one shows its output in one piece when it has ended."""
    if not stage.command:
        return Result(stage)
    began = time.monotonic()
    finished = subprocess.run(
        stage.command,
        cwd=ROOT,
        env=base_environment() | stage.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if captured else None,
        stderr=subprocess.STDOUT if captured else None,
        text=True,
        check=False,
    )
    result = Result(stage, finished.returncode, time.monotonic() - began)
    if captured:
        show(f"── {result.line()}", finished.stdout if result.status else "")
    return result


def show(*texts: str) -> None:
    print(*(text.rstrip() for text in texts if text.strip()), sep="\n", flush=True)  # noqa: T201


def run_everything() -> list[Result]:
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="freelance-ops-checks-") as folder:
        with ThreadPoolExecutor(max_workers=2) as pool:
            results += pool.map(lambda stage: run(stage, captured=True), checks(Path(folder)))
        for stage in tests():
            show(f"── {stage.name}")
            results.append(second_look(run(stage, captured=False)))
            if "TEST_RUN" in stage.environment:
                remove_keys(stage.environment)
    return results


def second_look(result: Result) -> Result:
    """A browser that shares two busy cores is late now and then: what failed there is tried once
    more, alone, and the summary says so. What fails twice has failed."""
    stage = result.stage
    if stage.name != IN_CHROMIUM or result.status != 1:
        return result
    again = Stage(
        f"{stage.name}, after a second look at what failed",
        (*stage.command, "-n", "1", "--last-failed", "--last-failed-no-failures", "none"),
        stage.environment,
    )
    show(f"── {again.name}")
    looked = run(again, captured=False)
    return Result(again, looked.status, result.seconds + looked.seconds)


def run_paths(arguments: Sequence[str]) -> int:
    """pytest on what the caller names, on SQLite."""
    stage = pytest_stage("", "-m", "not postgres and not redis", *arguments)
    chromium = find_chromium()
    environment = base_environment() | ({"CHROMIUM": chromium} if chromium else {})
    return subprocess.run(stage.command, cwd=ROOT, env=environment, check=False).returncode


def main(arguments: Sequence[str]) -> int:
    if arguments:
        return run_paths(arguments)
    require_all = os.environ.get("REQUIRE_ALL", "") == "1"
    results = run_everything()
    show("", "── Summary", *(result.line() for result in results))
    failures = [result for result in results if result.is_failure(require_all=require_all)]
    if failures and require_all and not any(result.status for result in results):
        show("REQUIRE_ALL=1: what could not run counts as a failure.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
