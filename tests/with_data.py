"""pytest plugin for the round on PostgreSQL and Redis: only tests that could tell the difference.

A pure module computes the same whichever database is there; the first round has run its tests.
"""

from collections.abc import Iterable

import pytest

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
MARKS = ("django_db", "postgres", "redis")


def touches_data(item: pytest.Item) -> bool:
    fixtures: Iterable[str] = getattr(item, "fixturenames", ())
    return bool(DATABASE_FIXTURES & set(fixtures)) or any(
        item.get_closest_marker(mark) for mark in MARKS
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if not touches_data(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if touches_data(item)]
