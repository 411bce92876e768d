"""The grown-up set-up, as far as it can be tested where no Docker engine runs."""

import json
import re
import stat
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import jsonschema
import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError

from freelance_ops.health import heartbeat_forget, heartbeat_record
from freelance_ops.processes import beat_command, web_command, worker_command

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("web", "worker", "beat", "migrate")


def in_a_container(command: list[str]) -> list[str]:
    """The same words, with the image's own Python."""
    return ["python", *command[1:]]


def test_compose_follows_the_published_schema() -> None:
    schema = json.loads(
        files("check_jsonschema")
        .joinpath("builtin_schemas/vendor/compose-spec.json")
        .read_text(encoding="utf-8")
    )

    jsonschema.Draft7Validator(schema).validate(COMPOSE)


@pytest.mark.parametrize(
    ("service", "command"),
    [
        ("web", web_command(host="0.0.0.0", port=8000)),
        ("worker", worker_command()),
        ("beat", beat_command()),
    ],
)
def test_compose_starts_what_up_starts(service: str, command: list[str]) -> None:
    assert SERVICES[service]["command"] == in_a_container(command)


def test_the_image_starts_the_web_server_by_itself() -> None:
    joined = DOCKERFILE.replace("\\\n", "")
    commands = re.findall(r"^CMD (\[.*\])$", joined, flags=re.MULTILINE)

    assert json.loads(commands[-1]) == in_a_container(web_command(host="0.0.0.0", port=8000))


def test_the_image_is_built_in_stages_and_runs_as_nobody_special() -> None:
    *_builder, final = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)

    assert DOCKERFILE.count("\nFROM ") == 2
    assert "USER freelance-ops" in final
    assert "HEALTHCHECK" in final
    assert "uv" not in final.split()


def test_the_image_takes_versions_and_hashes_from_the_lock() -> None:
    assert "--require-hashes" in DOCKERFILE
    assert "--constraints requirements.lock" in DOCKERFILE.replace("\\\n        ", "")


def test_the_image_is_not_given_what_is_local() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()

    assert {".git", ".venv", "var", ".env"} <= set(ignored)


def test_dev_and_the_image_agree_about_uv() -> None:
    in_dev = re.search(r"^UV_VERSION=(\S+)$", (ROOT / "dev").read_text(), flags=re.MULTILINE)

    assert in_dev
    assert f"uv=={in_dev[1]}" in DOCKERFILE


@pytest.mark.parametrize("service", sorted(set(SERVICES) - {"migrate"}))
def test_every_lasting_service_is_watched_and_restarted(service: str) -> None:
    assert SERVICES[service]["healthcheck"]["test"][0] == "CMD"
    assert SERVICES[service]["restart"] == "unless-stopped"


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_nothing_starts_before_the_migration_has_ended(service: str) -> None:
    assert SERVICES[service]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"},
        "redis": {"condition": "service_healthy"},
    }
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


@pytest.mark.parametrize("service", OURS)
def test_our_services_may_do_little(service: str) -> None:
    assert SERVICES[service]["read_only"] is True
    assert SERVICES[service]["cap_drop"] == ["ALL"]
    assert "user" not in SERVICES[service]  # the image's own, which is not root


def test_databases_are_the_promised_ones_and_nothing_is_open_to_the_network() -> None:
    assert SERVICES["postgres"]["image"].startswith("postgres:17")
    assert SERVICES["redis"]["image"].startswith("redis:")
    assert SERVICES["web"]["ports"] == ["127.0.0.1:${PORT:-8000}:8000"]
    assert not any("ports" in SERVICES[service] for service in ("postgres", "redis"))


@pytest.mark.parametrize("script", ["dev", ".ci/run", "manage.py"])
def test_scripts_may_be_run(script: str) -> None:
    assert (ROOT / script).stat().st_mode & stat.S_IXUSR


@pytest.mark.django_db
class TestHealthCommand:
    """`manage.py health PART`, which the containers' health checks call."""

    def test_a_part_that_is_well(self) -> None:
        heartbeat_record("worker")
        heartbeat_forget("beat")
        output = StringIO()

        call_command("health", "worker", stdout=output)

        assert output.getvalue() == "ok\n"

    def test_a_part_that_is_not(self) -> None:
        heartbeat_record("worker")
        heartbeat_forget("beat")

        with pytest.raises(CommandError, match=r"^beat: no heartbeat$"):
            call_command("health")

    def test_a_web_server_that_nobody_started(self) -> None:
        with pytest.raises(CommandError, match=r"^web: does not answer"):
            call_command("health", "web", port=1)

    def test_a_web_server_that_reports_a_dead_worker_is_itself_alive(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("urllib.request.urlopen", Mock(side_effect=answer(503)))

        call_command("health", "web", stdout=StringIO())

    def test_a_web_server_that_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("urllib.request.urlopen", Mock(side_effect=answer(500)))

        with pytest.raises(CommandError, match=r"^web: answers 500$"):
            call_command("health", "web")

    def test_a_part_that_does_not_exist(self) -> None:
        with pytest.raises(CommandError, match="no part named printer"):
            call_command("health", "printer")


def answer(code: int) -> Exception:
    from email.message import Message
    from urllib.error import HTTPError

    return HTTPError("http://127.0.0.1/healthz", code, "", Message(), None)
