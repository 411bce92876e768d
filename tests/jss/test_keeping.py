"""Scores kept night by night: what is missing is made good once, and what changed is noted."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from celery.schedules import crontab
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.models import Freelancer, Practice
from contracts.contract_services import contract_delete
from contracts.imports.undo import import_undo
from contracts.models import Contract, Feedback
from contracts.services import contract_change, rating_set
from jss import keeping, keeping_looks, tasks
from jss.engine import CLASSIC, SHOWN, scores_of
from jss.keeping import Kept, scores_keep
from jss.models import KeptScore, Recomputation, ScoreKeeping
from jss.selectors import contracts_for_score
from tests.contracts.import_files import imported, log
from tests.factories import FreelancerFactory, closed_contract, solo_actor
from tests.races import at_once

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def own(actor: Actor) -> Freelancer:
    assert actor.freelancer
    return actor.freelancer


def seven_good_one_bad(freelancer: Freelancer) -> Contract:
    for day in range(1, 8):
        closed_contract(freelancer, dt.date(2026, 10, day), "5.00")
    return closed_contract(freelancer, dt.date(2026, 10, 9), "2.00", title="The bad one")


def keep(actor: Actor, days: int = 1, **options: Any) -> Kept:
    """A look at noon so many days after the contracts were entered."""
    return scores_keep(practice=actor.practice, now=NOW + days * DAY, **options)


def kept_days(freelancer: Freelancer) -> dict[dt.date, tuple[int | None, dict[str, int | None]]]:
    """Every kept day's scores, as the rows' docstring says that they are to be read."""
    keeping = ScoreKeeping.objects.get(freelancer=freelancer)
    rows = list(KeptScore.objects.filter(freelancer=freelancer).order_by("-day"))
    found = {}
    day = keeping.first_day
    while day <= keeping.kept_until:
        row = next(row for row in rows if row.day <= day)
        found[day] = (row.score, row.windows)
        day += DAY
    return found


def test_every_day_is_kept_as_the_engine_works_it_out(actor: Actor) -> None:
    seven_good_one_bad(own(actor))
    closed_contract(own(actor), "2025-05-31", "3.00")
    closed_contract(own(actor), "2025-09-30")

    keep(actor)

    contracts = contracts_for_score(actor=actor, freelancer=own(actor))
    found = kept_days(own(actor))
    assert (min(found), max(found)) == (dt.date(2024, 11, 21), TODAY)
    for day, (score, windows) in found.items():
        scores = scores_of(contracts, day)
        assert score == scores.shown.score, day
        assert windows == {str(window.months): window.score for window in scores.windows}, day


def test_a_day_without_a_change_is_no_row(actor: Actor) -> None:
    seven_good_one_bad(own(actor))
    keep(actor)
    rows = KeptScore.objects.order_by("day").values_list("day", "score")
    assert list(rows) == [
        (dt.date(2024, 11, 21), None),
        (dt.date(2026, 10, 1), 100),
        (dt.date(2026, 10, 9), 75),
    ]


def test_only_days_that_are_over_are_kept(actor: Actor) -> None:
    seven_good_one_bad(own(actor))
    keep(actor)
    assert ScoreKeeping.objects.get().kept_until == TODAY  # the look is tomorrow's


@pytest.mark.parametrize(
    ("zone", "kept_until"),
    [("Pacific/Kiritimati", dt.date(2026, 11, 22)), ("Pacific/Midway", dt.date(2026, 11, 21))],
)
def test_a_day_is_over_when_it_is_over_for_the_freelancer(
    actor: Actor, zone: str, kept_until: dt.date
) -> None:
    Freelancer.objects.update(time_zone=zone)
    seven_good_one_bad(own(actor))
    scores_keep(practice=actor.practice, now=NOW + 35 * dt.timedelta(hours=1))
    assert ScoreKeeping.objects.get().kept_until == kept_until


def test_it_begins_in_the_night_after_the_first_closed_contract(actor: Actor) -> None:
    assert keep(actor, 5) == Kept()  # nobody has a contract
    seven_good_one_bad(own(actor))
    assert keep(actor, 0) == Kept()  # its rating may be entered later today
    assert keep(actor, 0, also_todays=True).freelancers == 1


def test_a_second_look_finds_nothing_to_do(actor: Actor) -> None:
    seven_good_one_bad(own(actor))
    assert keep(actor) == Kept(freelancers=1, days=731, recomputations=0)
    before = list(KeptScore.objects.order_by("day").values())

    assert keep(actor) == Kept()

    assert list(KeptScore.objects.order_by("day").values()) == before


def test_a_new_day_is_added_and_nothing_else_touched(actor: Actor) -> None:
    seven_good_one_bad(own(actor))
    keep(actor)
    before = list(KeptScore.objects.order_by("day").values())
    closed_contract(own(actor), TODAY + DAY, "5.00")

    assert keep(actor, 2) == Kept(freelancers=1, days=1)

    *rows, newest = KeptScore.objects.order_by("day").values()
    assert rows == before
    assert (newest["day"], newest["score"]) == (TODAY + DAY, 78)
    assert (newest["computed_at"], newest["recomputed_at"]) == (NOW + 2 * DAY, None)
    assert not Recomputation.objects.exists()


def test_four_hundred_missed_days_are_one_look_and_as_good_as_each_night(actor: Actor) -> None:
    other = solo_actor()
    for each in (actor, other):
        seven_good_one_bad(own(each))
        keep(each)
    for days in range(2, 12):
        keep(other, days)
    keep(other, 401)

    assert keep(actor, 401) == Kept(freelancers=1, days=400)

    assert kept_days(own(actor)) == kept_days(own(other))


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        work()
    return len(captured)


def test_queries_grow_with_neither_days_nor_freelancers(actor: Actor) -> None:
    other = solo_actor()
    seven_good_one_bad(own(actor))
    for number in range(12):
        seven_good_one_bad(FreelancerFactory.create(practice=other.practice))
        if number % 3 == 0:
            rating_set(actor=other, contract=Contract.objects.latest("pk"), rating=None)

    assert queries(lambda: keep(other)) == queries(lambda: keep(actor))
    assert queries(lambda: keep(other, 400)) == queries(lambda: keep(actor, 300)) <= 14

    Feedback.objects.filter(public_rating=2).update(public_rating=5)
    assert queries(lambda: keep(other, 401)) <= 17
    keep(actor, 401)
    assert Recomputation.objects.count() == 9


def test_contracts_that_nobody_rated_until_later_are_noted(actor: Actor) -> None:
    bad = seven_good_one_bad(own(actor))
    Feedback.objects.filter(contract=bad).delete()
    keep(actor)
    rating_set(actor=actor, contract=bad, rating=Decimal("2.00"))

    assert keep(actor, 2).recomputations == 1

    note = Recomputation.objects.get()
    assert (note.first_day, note.last_day) == (dt.date(2026, 10, 9), TODAY)
    assert [run for run in note.differences if run["months"] == SHOWN] == [
        {"months": SHOWN, "first": "2026-10-09", "last": "2026-11-21", "before": 100, "after": 75}
    ]
    assert note.contracts == [
        {
            "key": bad.public_id,
            "title": "The bad one",
            "what": "changed",
            "fields": [["rating", None, "2.00"]],
        }
    ]
    row = KeptScore.objects.get(day="2026-10-09")
    assert (row.score, row.recomputed_at) == (75, NOW + 2 * DAY)
    assert KeptScore.objects.get(day="2026-10-01").recomputed_at is None


def test_a_rating_that_the_client_changed_today_leaves_the_past_alone(actor: Actor) -> None:
    """J9: the product notes the day and the former rating, so each day keeps what it was."""
    bad = seven_good_one_bad(own(actor))
    keep(actor)
    with time_machine.travel(NOW + DAY, tick=False):
        rating_set(actor=actor, contract=bad, rating=Decimal("5.00"))

    assert keep(actor, 3) == Kept(freelancers=1, days=2)

    found = kept_days(own(actor))
    assert (found[TODAY][0], found[TODAY + DAY][0]) == (75, 100)


def test_a_change_of_rating_that_was_entered_late_is_noted_from_its_day_on(actor: Actor) -> None:
    bad = seven_good_one_bad(own(actor))
    keep(actor)
    Feedback.objects.filter(contract=bad).update(
        public_rating=5, rating_before_change=2, changed_on="2026-11-11"
    )

    keep(actor, 2)

    note = Recomputation.objects.get()
    assert (note.first_day, note.last_day) == (dt.date(2026, 11, 11), TODAY)
    assert kept_days(own(actor))[dt.date(2026, 11, 10)][0] == 75


def test_a_contract_closed_in_the_past_and_entered_now_is_noted(actor: Actor) -> None:
    seven_good_one_bad(own(actor))
    keep(actor)
    late = closed_contract(own(actor), "2026-11-01", "5.00", title="Entered late")

    keep(actor, 2)

    note = Recomputation.objects.get()
    assert note.first_day == dt.date(2026, 11, 1)
    assert [(each["key"], each["what"]) for each in note.contracts] == [(late.public_id, "added")]


def test_a_deleted_contract_is_noted_by_its_name(actor: Actor) -> None:
    bad = seven_good_one_bad(own(actor))
    keep(actor)
    contract_delete(actor=actor, contract=bad)

    keep(actor, 2)

    note = Recomputation.objects.get()
    assert [(each["title"], each["what"]) for each in note.contracts] == [
        ("The bad one", "removed")
    ]
    assert not KeptScore.objects.filter(day="2026-10-09").exists()  # no step any more
    assert kept_days(own(actor))[TODAY][0] == 100


def test_what_was_closed_after_the_days_that_changed_is_not_behind_it(actor: Actor) -> None:
    bad = seven_good_one_bad(own(actor))
    keep(actor)
    closed_contract(own(actor), TODAY + DAY, "5.00", title="Yesterday's")
    contract_delete(actor=actor, contract=bad)

    keep(actor, 2)

    assert [each["title"] for each in Recomputation.objects.get().contracts] == ["The bad one"]


def test_an_import_that_is_undone_is_noted(actor: Actor) -> None:
    batch = imported(
        actor,
        log(
            {"title": "First", "closed_on": "2026-10-01", "rating": "5.0"},
            {"title": "Second", "closed_on": "2026-10-02", "rating": "1.0"},
        ),
    )
    keep(actor)
    import_undo(actor=actor, batch=batch)

    assert keep(actor, 2).recomputations == 1

    note = Recomputation.objects.get()
    assert [each["title"] for each in note.contracts] == ["First", "Second"]
    assert {score for score, _windows in kept_days(own(actor)).values()} == {None}


def test_what_was_and_came_back_leaves_two_notes(actor: Actor) -> None:
    bad = seven_good_one_bad(own(actor))
    keep(actor)
    before = kept_days(own(actor))
    contract_change(actor=actor, contract=bad, client_flagged=True)
    keep(actor, 2)
    contract_change(actor=actor, contract=bad, client_flagged=False)
    keep(actor, 3)

    after = kept_days(own(actor))
    assert {day: after[day] for day in before} == before
    first, second = Recomputation.objects.order_by("pk")
    assert [(run["before"], run["after"]) for run in first.differences][:1] == [(75, 100)]
    assert [(run["before"], run["after"]) for run in second.differences][:1] == [(100, 75)]


def test_a_change_that_moves_no_score_is_not_noted(actor: Actor) -> None:
    seven_good_one_bad(own(actor))
    keep(actor)
    Contract.objects.update(title="Another name")
    Feedback.objects.filter(public_rating=2).update(public_rating=3)  # negative as before (J2)

    assert keep(actor, 2) == Kept(freelancers=1, days=1)

    state = ScoreKeeping.objects.get().contracts
    assert {one["title"] for one in state.values()} == {"Another name"}


def test_other_numbers_under_a_rule_set_s_name_are_noted(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seven_good_one_bad(own(actor))
    keep(actor)
    gentler = replace(CLASSIC, positive_from=Decimal("2.0"))

    keep(actor, 2, rules=gentler)

    note = Recomputation.objects.get()
    assert note.rules_changed
    assert note.contracts == []
    assert kept_days(own(actor))[TODAY][0] == 100


def test_each_rule_set_is_kept_by_itself(actor: Actor) -> None:
    seven_good_one_bad(own(actor))
    short = replace(CLASSIC, name="short", window_months=(3,))
    keep(actor)
    keep(actor, rules=short)

    assert set(KeptScore.objects.values_list("rules", flat=True)) == {"classic", "short"}
    newest = KeptScore.objects.filter(rules="short").latest("day")
    assert newest.windows == {"3": 75}
    assert ScoreKeeping.objects.get(rules="short").first_day == dt.date(2026, 8, 21)


def test_a_look_that_dies_half_way_leaves_nothing_and_the_next_does_it_all(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seven_good_one_bad(own(actor))

    def dies(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Recomputation.objects, "bulk_create", dies)
        with pytest.raises(KeyboardInterrupt):
            keep(actor)
    assert not KeptScore.objects.exists()

    assert keep(actor).days == 731


def test_the_database_holds_one_row_a_day(actor: Actor) -> None:
    seven_good_one_bad(own(actor))
    keep(actor)
    row = KeptScore.objects.latest("day")
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_practice_that_fails_stops_no_other(
    actor: Actor,
    monkeypatch: pytest.MonkeyPatch,
    clock: time_machine.Traveller,
    caplog: pytest.LogCaptureFixture,
) -> None:
    other = solo_actor()
    for each in (actor, other):
        seven_good_one_bad(own(each))

    def fails_for_the_first(*, practice: Practice, **options: Any) -> Kept:
        if practice == actor.practice:
            raise RuntimeError("broken")
        return scores_keep(practice=practice, **options)

    monkeypatch.setattr(keeping_looks, "scores_keep", fails_for_the_first)
    clock.shift(DAY)
    said = io.StringIO()

    with pytest.raises(SystemExit, match="1"):  # a cron job should know
        call_command("scores_keep", stdout=said)

    assert "freelancers 1, days 731, recomputations 0, practices failed 1" in said.getvalue()
    assert f"The scores of practice {actor.practice.pk} could not be kept." in caplog.text
    assert ScoreKeeping.objects.get().freelancer_id == own(other).pk


def test_the_task_catches_up_with_everybody(actor: Actor, clock: time_machine.Traveller) -> None:
    Practice.objects.update(is_sample=True)
    for each in (actor, solo_actor()):
        seven_good_one_bad(own(each))
    clock.shift(DAY)
    tasks.scores_keep.delay()
    clock.shift(400 * DAY)
    tasks.scores_keep.delay()
    tasks.scores_keep.delay()

    assert set(ScoreKeeping.objects.values_list("kept_until", flat=True)) == {TODAY + 400 * DAY}
    assert ScoreKeeping.objects.count() == 2


def test_beat_wakes_it_every_hour_and_each_wake_expires() -> None:
    entry = django_settings.CELERY_BEAT_SCHEDULE["scores-keep"]
    assert entry["task"] == tasks.scores_keep.name
    assert entry["schedule"] == crontab(minute=10)  # of every hour of every day
    assert entry["options"] == {"expires": 3600}


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_keep_each_day_once() -> None:
    actor = solo_actor()
    bad = seven_good_one_bad(own(actor))
    keep(actor)
    Feedback.objects.filter(contract=bad).update(public_rating=5)
    done: list[Kept] = []

    at_once(*[lambda: done.append(keep(actor, 2))] * 4)

    assert sorted(kept.days for kept in done) == [0, 0, 0, 1]
    assert Recomputation.objects.count() == 1
    assert kept_days(own(actor))[TODAY][0] == 100


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_contracts_are_entered_while_scores_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock on the practice is one that rows which point to it don't wait for."""
    actor = solo_actor()
    seven_good_one_bad(own(actor))
    write = keeping._write

    def enters_one_meanwhile(writing: keeping.Writing) -> None:
        def enter() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '3s'")
                closed_contract(own(actor), "2026-10-01", "5.00")

        at_once(enter)
        write(writing)

    monkeypatch.setattr(keeping, "_write", enters_one_meanwhile)
    assert keep(actor).freelancers == 1
    assert Contract.objects.count() == 9
