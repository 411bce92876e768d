"""The reminder hour moves from the freelancer to the schedule, and nobody's is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from outbox.models import DigestSchedule

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("outbox", "0001_outbox"), ("accounts", "0003_calendar_feeds")]


def migrate(targets: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def before() -> Iterator[Any]:
    """The models as they were; afterwards the database is up to date again, whatever happened."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield migrate(BEFORE)
    migrate(newest)


def test_each_hour_and_zone_is_taken_over(before: Any) -> None:
    user, practice, membership, freelancer = (
        before.get_model("accounts", name)
        for name in ("User", "Practice", "Membership", "Freelancer")
    )

    def person(role: str, where: Any, **fields: Any) -> int:
        who = user.objects.create(email=f"{role}@{where.name}.example")
        if fields:
            freelancer.objects.create(practice=where, user=who, name=role, **fields)
        made: int = membership.objects.create(practice=where, user=who, role=role).pk
        return made

    ours = practice.objects.create(name="ours")
    owner = person("owner", ours, reminder_hour=18, time_zone="Asia/Tokyo")
    manager = person("manager", ours)
    viewer = person("viewer", ours, reminder_hour=7, time_zone="Europe/Kyiv")
    person("owner", practice.objects.create(name="sample", is_sample=True), reminder_hour=5)

    migrate([("accounts", "0004_reminder_hour_moves_to_the_outbox")])

    rows = DigestSchedule.objects.values_list("membership", "hour", "time_zone", "is_on")
    assert set(rows) == {
        (owner, 18, "Asia/Tokyo", True),
        (manager, 9, "Asia/Tokyo", True),
        (viewer, 7, "Europe/Kyiv", False),
    }
    assert DigestSchedule.objects.get(membership=owner).next_at.hour == 9  # 18:00 in Tokyo
