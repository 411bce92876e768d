"""B2: what may be filled into a template's placeholders."""

import pytest

from proposals.fields import LONGEST_VALUE, Entry, Field, FieldFlaw, flaw_of, value_of

LINE = Field("deadline", "Deadline")


@pytest.mark.parametrize(
    ("field", "typed", "flaw"),
    [
        (LINE, "Friday", None),
        (LINE, "  ", FieldFlaw.MISSING),
        (LINE, "Friday\nor so", FieldFlaw.SEVERAL_LINES),
        (LINE, "x" * (LONGEST_VALUE + 1), FieldFlaw.TOO_LONG),
        (Field("d", "D", is_required=False), "", None),
        (Field("d", "D", default="soon"), "", None),
        (Field("d", "D", entry=Entry.LINES), "one\ntwo", None),
        (Field("d", "D", entry=Entry.CHOICE, choices=("a", "b")), "b", None),
        (Field("d", "D", entry=Entry.CHOICE, choices=("a", "b")), "c", FieldFlaw.NO_CHOICE),
    ],
)
def test_what_may_stand_in_a_placeholder(field: Field, typed: str, flaw: FieldFlaw | None) -> None:
    assert flaw_of(field, typed) == flaw


def test_the_default_stands_where_nothing_is_typed() -> None:
    field = Field("d", "D", default="soon")
    assert value_of(field, " ") == "soon"
    assert value_of(field, " now ") == "now"
