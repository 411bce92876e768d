"""The JSON document: its keys and their order are an interface."""

import json
from datetime import date
from decimal import Decimal

import pytest

from jss.engine import ClosedContract, report_document, report_of


def test_the_document_is_as_written_down_key_by_key() -> None:
    contracts = [
        ClosedContract("Old site", date(2025, 2, 1), Decimal("4.5")),
        ClosedContract("Logo", date(2025, 1, 10), Decimal("2")),
        ClosedContract("Open", None),
        ClosedContract("Later", date(2025, 10, 2), Decimal("1")),
    ]
    document = report_document(report_of(contracts, date(2025, 10, 1)))
    assert json.dumps(document) == (
        '{"as_of": "2025-10-01", "rule_set": "classic", "windows": ['
        '{"months": 6, "positive": 0, "negative": 0, "no_feedback_counted": 0, "counted": 0, '
        '"score": null}, '
        '{"months": 12, "positive": 1, "negative": 1, "no_feedback_counted": 0, "counted": 2, '
        '"score": 0}, '
        '{"months": 24, "positive": 1, "negative": 1, "no_feedback_counted": 0, "counted": 2, '
        '"score": 0}], '
        '"shown": {"score": 0, "months": [12, 24]}, "publication": "none", '
        '"positives_needed": {"target": 90, "count": 1}, "roadmap": ['
        '{"date": "2026-01-10", "months": 12, "left": ["Logo"], "score_before": 0, '
        '"score_after": 100, "shown_before": 0, "shown_after": 100}, '
        '{"date": "2026-02-01", "months": 12, "left": ["Old site"], "score_before": 100, '
        '"score_after": null, "shown_before": 100, "shown_after": 0}, '
        '{"date": "2027-01-10", "months": 24, "left": ["Logo"], "score_before": 0, '
        '"score_after": 100, "shown_before": 0, "shown_after": 100}, '
        '{"date": "2027-02-01", "months": 24, "left": ["Old site"], "score_before": 100, '
        '"score_after": null, "shown_before": 100, "shown_after": null}]}'
    )


def test_the_document_of_nothing() -> None:
    document = report_document(report_of([], date(2025, 10, 1), target=80))
    assert document["shown"] == {"score": None, "months": []}
    assert document["publication"] == "none"
    assert document["positives_needed"] == {"target": 80, "count": 1}
    assert document["roadmap"] == []


@pytest.mark.parametrize("target", [0, 101])
def test_a_target_outside_the_scale_is_refused(target: int) -> None:
    with pytest.raises(ValueError, match="target"):
        report_of([], date(2025, 10, 1), target=target)
