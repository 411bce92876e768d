"""`./dev test`'s own judgement: what ran, what failed, what could not run and why."""

import sys
from pathlib import Path

import pytest

from tests import run
from tests.run import IN_CHROMIUM, Result, Stage, second_look
from tests.with_data import touches_data

NOWHERE = {"postgres": "postgres://postgres@127.0.0.1:1/x", "redis": "redis://127.0.0.1:1/0"}


@pytest.fixture
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", NOWHERE["postgres"])
    monkeypatch.setenv("TEST_REDIS_URL", NOWHERE["redis"])


def test_a_stage_that_cannot_run_says_why_and_fails_only_where_all_is_required() -> None:
    result = Result(Stage("Tests in Chromium", missing="no Chromium was found"))

    assert result.line() == "NOT RUN  Tests in Chromium: no Chromium was found"
    assert not result.is_failure(require_all=False)
    assert result.is_failure(require_all=True)


def test_a_failed_stage_is_a_failure_everywhere() -> None:
    result = Result(Stage("Lint", ("ruff",)), status=1, seconds=2)

    assert result.line() == "FAILED   Lint (2 s, status 1)"
    assert result.is_failure(require_all=False)


def test_half_of_the_services_is_said_to_be_half() -> None:
    result = Result(Stage("Tests on Redis", ("pytest",), missing="PostgreSQL: refused"), seconds=3)

    assert result.line() == "ok       Tests on Redis (3 s), but without PostgreSQL: refused"
    assert result.is_failure(require_all=True)


@pytest.mark.usefixtures("nobody_answers")
def test_without_servers_there_is_nothing_to_run() -> None:
    stage = run.services_stage()

    assert stage.command == ()
    assert "PostgreSQL: " in stage.missing
    assert "Redis: " in stage.missing


@pytest.mark.usefixtures("nobody_answers")
def test_the_server_that_answers_is_used_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "redis_problem", lambda _url: "")

    stage = run.services_stage()

    assert stage.name == "Tests on Redis"
    assert stage.environment["REDIS_URL"] == NOWHERE["redis"]
    assert "DATABASE_URL" not in stage.environment
    assert "not browser and not postgres" in stage.command


def test_the_second_round_is_for_tests_that_touch_data(request: pytest.FixtureRequest) -> None:
    assert not touches_data(request.node)


@pytest.mark.django_db
def test_a_mark_is_enough_to_be_in_the_second_round(request: pytest.FixtureRequest) -> None:
    assert touches_data(request.node)


@pytest.mark.usefixtures("actor")
def test_so_is_a_fixture_that_needs_the_database(request: pytest.FixtureRequest) -> None:
    assert touches_data(request.node)


def test_two_runs_on_one_server_have_databases_of_their_own() -> None:
    own = run.with_own_database("postgres://user@host:5432/precious?sslmode=require")

    assert own.startswith("postgres://user@host:5432/freelance_ops_")
    assert own.endswith("?sslmode=require")


def test_a_run_never_touches_real_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://precious")
    monkeypatch.setenv("FREELANCE_OPS_DATA", "/precious")

    assert not {"DATABASE_URL", "FREELANCE_OPS_DATA"} & set(run.base_environment())


def test_chromium_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "my-chromium"
    own.touch(mode=0o755)

    monkeypatch.setenv("CHROMIUM", str(own))
    assert run.find_chromium() == str(own)
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nothing"))
    assert run.find_chromium() is None


def test_every_check_of_the_promise_is_run(tmp_path: Path) -> None:
    words = [" ".join(stage.command) for stage in run.checks(tmp_path)]

    for promised in (
        "mypy .",
        "ruff format --check .",
        "ruff check .",
        "lint-imports",
        "makemigrations --check",
        "check --deploy --fail-level WARNING",
    ):
        assert any(promised in command for command in words), promised


def test_one_failure_does_not_stop_the_others_and_is_the_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("REQUIRE_ALL", raising=False)
    monkeypatch.setattr(run, "checks", lambda _data: [Stage("First", ("false",))])
    monkeypatch.setattr(run, "tests", lambda: [Stage("Second", ("true",))])

    assert run.main([]) == 1
    printed = capsys.readouterr().out
    assert "FAILED   First" in printed
    assert "ok       Second" in printed


@pytest.mark.parametrize(
    ("name", "program", "status", "looked_twice"),
    [
        (IN_CHROMIUM, "import sys; sys.exit('--last-failed' not in sys.argv)", 0, True),
        (IN_CHROMIUM, "import sys; sys.exit(1)", 1, True),
        (IN_CHROMIUM, "import sys; sys.exit(0)", 0, False),
        (IN_CHROMIUM, "import sys; sys.exit(2)", 2, False),
        ("Tests on SQLite", "import sys; sys.exit('--last-failed' not in sys.argv)", 1, False),
    ],
)
def test_what_failed_in_the_browser_is_looked_at_twice(
    name: str, program: str, status: int, *, looked_twice: bool
) -> None:
    result = second_look(run.run(Stage(name, (sys.executable, "-c", program)), captured=False))
    assert result.status == status
    assert ("second look" in result.line()) is looked_twice
