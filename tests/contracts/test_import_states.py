"""Claiming, progress, cancelling, and taking up what a killed worker left."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.actors import Actor
from contracts import tasks
from contracts.importing import read_export
from contracts.imports import apply_payments, applying, claims, previews, reading, services
from contracts.imports.bulk import payments_insert
from contracts.imports.claims import ApplyingProgress, Cancelled, ReadingProgress, State, Superseded
from contracts.models import ImportBatch, Payment
from tests.contracts.import_files import apply, fresh, imported, paid, previewed, report
from tests.factories import FreelancerFactory, actor_with_role, solo_actor

CONTENT = report(paid("2026-09-18", 9001, "1000.00"))


@pytest.fixture
def every_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign of life at every chance, not only every 0.3 seconds."""
    monkeypatch.setattr(claims, "WRITE_EVERY", 0)


def waiting(actor: Actor, content: bytes = CONTENT) -> ImportBatch:
    assert actor.freelancer
    return services.import_create(actor=actor, freelancer=actor.freelancer, content=content)


def many(rows: int) -> bytes:
    return report(*(paid("2026-09-18", 9000 + n, "1.00") for n in range(rows)))


def silence(batch: ImportBatch) -> None:
    """The worker was killed a minute ago."""
    # Only its own keys: clearing the cache would empty Redis for the tests that run beside this.
    cache.delete_many([claims._progress_key(batch.pk), claims._cancel_key(batch.pk)])
    long_ago = timezone.now() - dt.timedelta(minutes=1)
    ImportBatch.objects.filter(pk=batch.pk).update(progress_at=long_ago)


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────


def test_reading_leads_to_the_preview(actor: Actor) -> None:
    batch = previewed(actor, CONTENT)
    assert (batch.state, batch.format, batch.rows, batch.claim) == (State.PREVIEW, "A", 1, "")


def test_a_task_delivered_twice_reads_once(actor: Actor) -> None:
    batch = waiting(actor)
    assert claims.reading_claim(batch.pk)
    assert not claims.reading_claim(batch.pk)


def test_a_reading_whose_worker_was_killed_can_be_claimed_again(actor: Actor) -> None:
    batch = waiting(actor)
    claims.reading_claim(batch.pk)
    silence(batch)
    assert claims.is_silent(fresh(batch))
    assert claims.reading_claim(batch.pk)


def test_a_worker_that_seemed_dead_stops_when_it_comes_back(actor: Actor, every_row: None) -> None:
    batch = waiting(actor)
    old = ReadingProgress(batch.pk, claims.reading_claim(batch.pk))
    silence(batch)
    claims.reading_claim(batch.pk)
    with pytest.raises(Superseded):
        old(10)


def test_progress_is_written_with_the_rows_done(actor: Actor, every_row: None) -> None:
    batch = waiting(actor)
    ReadingProgress(batch.pk, claims.reading_claim(batch.pk))(42)
    assert fresh(batch).rows_done == 42


def test_progress_is_not_written_more_often_than_needed(actor: Actor) -> None:
    batch = waiting(actor)
    ReadingProgress(batch.pk, claims.reading_claim(batch.pk))(42)
    assert fresh(batch).rows_done == 0


def test_reading_can_be_cancelled_on_the_way(
    actor: Actor, every_row: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = waiting(actor, many(1_100))
    read = read_export

    def cancelled(*args: object, **options: object) -> object:
        services.import_cancel(actor=actor, batch=fresh(batch))
        return read(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "read_export", cancelled)
    reading.import_read(batch.pk)
    assert fresh(batch).state == State.CANCELLED
    assert not fresh(batch).items.exists()


def test_a_cancel_that_comes_too_late_is_forgotten(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = waiting(actor)

    def cancelled_at_the_end(*args: Any) -> dict[str, Any]:
        services.import_cancel(actor=actor, batch=fresh(batch))
        return previews.summary(*args)

    monkeypatch.setattr(reading, "summary", cancelled_at_the_end)
    reading.import_read(batch.pk)
    assert (fresh(batch).state, fresh(batch).cancel_requested) == (State.PREVIEW, False)


@pytest.mark.parametrize(
    ("content", "state", "words"),
    [
        (b"", State.UNREADABLE, "empty"),
        (b"%PDF-1.7 and more", State.UNREADABLE, "PDF"),
        (b"title,client\nLogo,M\xfcller\n", State.NEEDS_ENCODING, "cp1252"),
        (b"a,b\n1,2\n", State.UNREADABLE, "Line 1"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    actor: Actor, content: bytes, state: str, words: str
) -> None:
    batch = previewed(actor, content)
    assert batch.state == state
    assert words in batch.problem["template"] % batch.problem["params"]


def test_a_file_of_cp1252_is_read_after_asking(actor: Actor) -> None:
    batch = previewed(actor, b"title,client\nLogo,M\xfcller\n")
    assert services.reading_again(actor=actor, batch=batch, encoding="cp1252")
    reading.import_read(batch.pk)
    assert fresh(batch).items.get().client == "Müller"


def test_a_bug_while_reading_ends_in_words_and_not_in_limbo(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(reading, "read_export", fail)
    batch = previewed(actor, CONTENT)
    assert (batch.state, batch.problem["template"]) == (State.FAILED, reading.FAILED)


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED, State.UNDONE, State.PREVIEW])
def test_it_can_be_read_again(actor: Actor, state: str) -> None:
    batch = previewed(actor, CONTENT)
    ImportBatch.objects.update(state=state, cancel_requested=True)
    assert services.reading_again(actor=actor, batch=fresh(batch))
    reading.import_read(batch.pk)
    assert fresh(batch).state == State.PREVIEW


@pytest.mark.parametrize("state", [State.APPLYING, State.APPLIED])
def test_what_is_applied_is_not_read_again(actor: Actor, state: str) -> None:
    batch = previewed(actor, CONTENT)
    ImportBatch.objects.update(state=state)
    assert not services.reading_again(actor=actor, batch=fresh(batch))


# ── Applying ─────────────────────────────────────────────────────────────────────────────────────


def test_a_second_click_on_apply_finds_nothing_to_do(actor: Actor) -> None:
    batch = previewed(actor, CONTENT)
    assert services.applying_request(actor=actor, batch=batch)
    assert not services.applying_request(actor=actor, batch=batch)


def test_a_task_delivered_twice_applies_once(actor: Actor) -> None:
    batch = previewed(actor, CONTENT)
    services.applying_request(actor=actor, batch=batch)
    assert claims.applying_claim(batch.pk)
    assert not claims.applying_claim(batch.pk)


def test_what_is_applied_is_not_applied_again(actor: Actor) -> None:
    batch = imported(actor, CONTENT)
    outcome = batch.outcome
    assert apply(actor, batch).outcome == outcome


def test_applying_shows_its_progress_and_is_not_silent(actor: Actor, every_row: None) -> None:
    batch = previewed(actor, CONTENT)
    services.applying_request(actor=actor, batch=batch)
    progress = ApplyingProgress(batch.pk, claims.applying_claim(batch.pk))
    progress.start(500)
    progress(200)
    assert claims.applying_rows(fresh(batch)) == (200, 500)
    long_ago = timezone.now() - dt.timedelta(minutes=1)
    ImportBatch.objects.update(progress_at=long_ago)
    assert not claims.is_silent(fresh(batch))


def test_an_import_whose_worker_was_killed_can_be_applied_again(actor: Actor) -> None:
    batch = previewed(actor, CONTENT)
    services.applying_request(actor=actor, batch=batch)
    claims.applying_claim(batch.pk)
    silence(batch)
    assert apply(actor, fresh(batch)).state == State.APPLIED


def test_applying_can_be_cancelled_and_rolls_back_whole(
    actor: Actor, every_row: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = previewed(actor, many(2_500))
    stored = payments_insert

    def cancel_meanwhile(rows: Any, *, batch_id: int) -> None:
        stored(rows, batch_id=batch_id)
        services.import_cancel(actor=actor, batch=fresh(batch))

    monkeypatch.setattr(apply_payments, "payments_insert", cancel_meanwhile)
    batch = apply(actor, batch)
    assert batch.state == State.PREVIEW
    assert batch.problem["template"] == applying.STOPPED
    assert not Payment.objects.exists()


def test_a_worker_that_was_replaced_writes_nothing(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = previewed(actor, CONTENT)
    services.applying_request(actor=actor, batch=batch)
    read = reading.batch_findings

    def replaced_meanwhile(*args: object) -> object:
        ImportBatch.objects.update(claim="somebody else")
        return read(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(applying, "batch_findings", replaced_meanwhile)
    applying.import_apply(batch.pk, actor.user.pk)
    assert not Payment.objects.exists()
    assert fresh(batch).state == State.APPLYING


# ── Cancelling at rest ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "state", [State.UPLOADED, State.NEEDS_ENCODING, State.UNREADABLE, State.PREVIEW]
)
def test_what_rests_is_dropped_at_once(actor: Actor, state: str) -> None:
    batch = previewed(actor, CONTENT)
    ImportBatch.objects.update(state=state)
    services.import_cancel(actor=actor, batch=fresh(batch))
    assert fresh(batch).state == State.CANCELLED


def test_what_waits_to_be_applied_goes_back_to_its_preview(actor: Actor) -> None:
    batch = previewed(actor, CONTENT)
    services.applying_request(actor=actor, batch=batch)
    services.import_cancel(actor=actor, batch=fresh(batch))
    assert fresh(batch).state == State.PREVIEW


def test_a_reading_that_fell_silent_is_dropped_at_once(actor: Actor) -> None:
    batch = waiting(actor)
    claims.reading_claim(batch.pk)
    silence(batch)
    services.import_cancel(actor=actor, batch=fresh(batch))
    assert fresh(batch).state == State.CANCELLED


def test_what_is_applied_cannot_be_cancelled(actor: Actor) -> None:
    batch = imported(actor, CONTENT)
    services.import_cancel(actor=actor, batch=batch)
    assert fresh(batch).state == State.APPLIED


def test_a_cancel_of_an_earlier_try_does_not_stop_the_next(actor: Actor, every_row: None) -> None:
    batch = previewed(actor, CONTENT)
    services.applying_request(actor=actor, batch=batch)
    claims.applying_claim(batch.pk)
    claims.applying_cancel(fresh(batch))
    with pytest.raises(Cancelled):
        ApplyingProgress(batch.pk, fresh(batch).claim)()
    ImportBatch.objects.update(state=State.PREVIEW, claim="")
    assert apply(actor, fresh(batch)).state == State.APPLIED


# ── Who, and where ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "service",
    [services.import_cancel, services.reading_again, services.applying_request],
)
def test_a_viewer_steers_nothing(actor: Actor, service: Callable[..., object]) -> None:
    batch = previewed(actor, CONTENT)
    with pytest.raises(PermissionDenied):
        service(actor=actor_with_role("viewer", practice=actor.practice), batch=batch)


def test_a_member_imports_for_nobody_else(actor: Actor) -> None:
    member = actor_with_role("member", practice=actor.practice)
    other = FreelancerFactory.create(practice=actor.practice)
    with pytest.raises(PermissionDenied):
        services.import_create(actor=member, freelancer=other, content=CONTENT)


def test_a_file_name_is_shown_without_control_characters_and_cut(actor: Actor) -> None:
    assert actor.freelancer
    batch = services.import_create(
        actor=actor,
        freelancer=actor.freelancer,
        content=CONTENT,
        file_name="x" * 300 + "\x00\n\u202e.csv",
    )
    assert len(batch.file_name) == 200
    assert batch.file_name.endswith("x.csv")


def test_small_files_are_read_at_once_and_large_ones_are_not() -> None:
    assert services.is_small(CONTENT)
    assert not services.is_small(b"a\n" * 3_000)
    assert not services.is_small(b"a" * 2_000_000)
    assert not services.is_small(b"PK\x03\x04" + b"x" * 200_000)


@pytest.mark.django_db(transaction=True)
def test_the_tasks_do_the_work() -> None:
    actor = solo_actor()
    batch = waiting(actor)
    tasks.reading_start(batch.pk, at_once=False)
    services.applying_request(actor=actor, batch=fresh(batch))
    tasks.applying_start(batch.pk, actor.user.pk, at_once=False)
    assert fresh(batch).state == State.APPLIED


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_broker(*_args: object) -> None:
        raise OperationalError("nobody listens")

    monkeypatch.setattr(tasks.import_read, "delay", no_broker)
    batch = waiting(solo_actor())
    tasks.reading_start(batch.pk, at_once=False)
    assert fresh(batch).state == State.PREVIEW


def test_an_import_that_nobody_took_up_is_silent(actor: Actor) -> None:
    batch = waiting(actor)
    assert not claims.is_silent(batch)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        assert claims.is_silent(batch)
