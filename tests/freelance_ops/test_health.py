"""`/healthz`: 200 when everything beats, else 503 and the culprit's name."""

import time
from collections.abc import Callable
from typing import Any
from unittest.mock import Mock

import pytest
import time_machine
from celery.app.base import Celery
from django.core.cache import cache
from django.db import connection
from django.test import Client

from freelance_ops.beat import HeartbeatScheduler
from freelance_ops.celery import Heartbeat
from freelance_ops.health import (
    BEATING,
    HEARTBEAT_SECONDS,
    STALE_AFTER_SECONDS,
    Pulse,
    health,
    heartbeat_forget,
    heartbeat_record,
)

HEALTHY = {"status": "ok", "database": "ok", "worker": "ok", "beat": "ok"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def beating() -> None:
    """Worker and beat have just beaten."""
    for process in BEATING:
        heartbeat_record(process)


def broken(*_args: Any, **_kwargs: Any) -> Any:
    raise ConnectionError("nobody there")


def test_healthy_is_200_and_exactly_these_words(client: Client) -> None:
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == HEALTHY


def test_nobody_has_to_sign_in_and_nobody_keeps_the_answer(client: Client) -> None:
    assert "no-store" in client.get("/healthz")["Cache-Control"]


def test_a_check_inside_the_house_needs_no_https(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 301


def test_posting_is_405(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


@pytest.mark.parametrize("process", BEATING)
def test_a_process_that_never_beat_is_named(process: str, client: Client) -> None:
    heartbeat_forget(process)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == HEALTHY | {
        "status": f"not ok: {process}",
        process: "no heartbeat",
    }


def test_a_process_that_fell_silent_is_named_with_the_time(client: Client) -> None:
    with time_machine.travel(time.time() + STALE_AFTER_SECONDS + 5, tick=False):
        heartbeat_record("beat")
        response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == HEALTHY | {
        "status": "not ok: worker",
        "worker": f"no heartbeat for {STALE_AFTER_SECONDS + 5:.0f} s",
    }


def test_silence_is_noticed_within_half_a_minute_but_not_at_once() -> None:
    assert 3 * HEARTBEAT_SECONDS <= STALE_AFTER_SECONDS <= 30


def test_a_dead_database_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "cursor", broken)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == HEALTHY | {
        "status": "not ok: database",
        "database": "does not answer",
    }


def test_the_database_is_really_asked(
    django_assert_num_queries: Callable[..., Any],
) -> None:
    with django_assert_num_queries(1):
        health()


def test_a_dead_cache_is_503_and_not_500(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("get", "get_many", "set", "delete_many"):
        monkeypatch.setattr(type(cache._connections["default"]), name, broken)  # type: ignore[attr-defined]

    heartbeat_record("worker")  # a process whose cache is gone lives on
    heartbeat_forget("worker")
    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["status"] == "not ok: worker, beat"
    assert response.json()["database"] == "ok"


def test_a_pulse_called_often_beats_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = Mock()
    monkeypatch.setattr("freelance_ops.health.heartbeat_record", recorded)
    pulse = Pulse("beat", clock=iter(range(7)).__next__)

    for _second in range(7):
        pulse()

    assert recorded.call_count == 3  # at 0, 3 and 6 seconds
    recorded.assert_called_with("beat")


def test_beat_beats_at_each_look(tmp_path: Any) -> None:
    heartbeat_forget("beat")
    scheduler = HeartbeatScheduler(
        app=Celery("nothing", set_as_current=False),
        schedule_filename=str(tmp_path / "schedule"),
    )

    scheduler.tick()
    scheduler.close()

    assert health()["beat"] == "ok"


def test_the_worker_beats_from_its_timer_and_stops_with_its_connection() -> None:
    heartbeat_forget("worker")
    consumer = Mock()
    step = Heartbeat(consumer)

    step.start(consumer)
    (_every, pulse), _options = consumer.timer.call_repeatedly.call_args
    pulse()
    assert health()["worker"] == "ok"

    step.stop(consumer)
    consumer.timer.call_repeatedly.return_value.cancel.assert_called_once_with()
