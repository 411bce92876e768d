"""No text makes the checks fail, mark what is not there, or take long."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from profiles.checks import ALL_CHECKS, Finding, findings_of, language_of
from profiles.checks.findings import LONGEST_KEY, MOST_OF_A_CHECK
from profiles.checks.readability import readability_of
from profiles.content import Availability, Content, Education, Employment, PortfolioItem
from profiles.content import Testimonial as Praise  # pytest takes a Test… for one of its own
from tests.profiles.check_cases import MUST
from tests.profiles.hostile import HOSTILE
from tests.profiles.overviews import TODAY, complete, overviews_in

LONGEST_SECONDS = 3  # a fraction of one on a quiet machine; quadratic, it would be minutes
PIECES = [text for given in MUST.values() for text in given if len(text) < 300]

TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from([*PIECES, "\n", " ", "!", "\u200b", "\u202e"]), max_size=6).map(
        "".join
    ),
    st.text(alphabet='aAI .!?\n-*•()“”"<>&;#1%\u200b\u200d\u202e😀★15', max_size=300),
)
LANGUAGES = st.sampled_from([None, "en", "en-GB", "uk", ""])
ANY_TIME = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _content_with(text: str) -> Content:
    return complete(
        title=text,
        overview=text,
        market=text,
        video=text,
        skills=(text, "Copywriting"),
        education=(Education(text, text, text, text),),
        employment=(Employment("Clerk", "Mill", "", text), Employment(description=text[::-1])),
        portfolio=(PortfolioItem(text, text, text),),
        testimonials=(Praise(text, text),),
    )


def _text_of(content: Content, finding: Finding) -> str:
    whole = getattr(content, finding.field)
    if finding.entry is not None:
        entry = whole[finding.entry]
        whole = getattr(entry, finding.part) if finding.part else entry
    return str(whole)


@pytest.fixture(scope="module", autouse=True)
def word_lists() -> None:
    """Loads them once: the first answer of a process takes seconds."""
    findings_of(overviews_in("good")[0].content)


@given(TEXTS, LANGUAGES)
@ANY_TIME
def test_a_passage_is_what_stands_between_its_offsets(text: str, language: str | None) -> None:
    content = _content_with(text)

    for finding in findings_of(content, as_of=TODAY, language=language):
        assert finding.check in ALL_CHECKS
        assert len(finding.key) <= LONGEST_KEY
        if finding.end:
            assert 0 <= finding.start < finding.end
            assert _text_of(content, finding)[finding.start : finding.end] == finding.passage
        else:
            assert (finding.start, finding.passage) == (0, "")


def test_what_is_pasted_along_is_found_in_every_text_of_a_profile() -> None:
    content = complete(
        skills=("Copy\u200bwriting",),
        education=(Education(school="<b>School</b>"),),
        testimonials=(Praise(words="She is\u202e good! 🚀"),),
    )

    found = findings_of(content, language="en")

    assert [(each.check, each.field, each.part) for each in found if each.passage] == [
        ("invisible-characters", "skills", ""),
        ("pasted-html", "education", "school"),
        ("pasted-html", "education", "school"),
        ("direction-override", "testimonials", "words"),
    ]


@given(TEXTS, LANGUAGES)
@ANY_TIME
def test_findings_come_in_the_order_of_the_page_and_of_the_text(
    text: str, language: str | None
) -> None:
    found = findings_of(_content_with(text), as_of=TODAY, language=language)

    overview = [each.start for each in found if each.field == "overview"]
    fields = [each.field for each in found]
    assert overview == sorted(overview)
    assert all(fields.index(one) <= place for place, one in enumerate(fields))
    assert [one for place, one in enumerate(fields) if one in fields[:place]] == [
        one for place, one in enumerate(fields) if place and one == fields[place - 1]
    ]


@given(TEXTS)
@ANY_TIME
def test_language_and_readability_answer_any_text(text: str) -> None:
    assert len(language_of(text)) in {0, 2, 3}
    found = readability_of(text)
    assert found is None or found.words > 0


@given(TEXTS, st.sampled_from(["A word before.\n\n", "  ", "Another paragraph stands here.\n\n"]))
@ANY_TIME
def test_a_key_outlives_what_is_written_above(text: str, above: str) -> None:
    """P4: flash is found wherever it stands, under the same key."""
    flash = {"emoji", "exclamation-marks"}
    before = findings_of(complete(overview=text), language="uk")
    after = findings_of(complete(overview=above + text), language="uk")

    keys = {each.key for each in before if each.check in flash}
    if sum(each.check in flash for each in before) < MOST_OF_A_CHECK:
        assert keys <= {each.key for each in after}


def test_a_key_knows_neither_case_nor_spaces() -> None:
    one, other = (
        Finding("promise", "P4", "advice", "overview", 0, len(text), text)  # type: ignore[arg-type]
        for text in ("10x your\n Sales", "10X YOUR sales")
    )

    assert one.key == other.key == "promise:10x your sales"


def test_without_a_passage_the_key_knows_days_and_names_but_no_numbers() -> None:
    def key(check: str, **given: object) -> str:
        found = findings_of(complete(**given), as_of=dt.date(2026, 11, 22))
        return next(each.key for each in found if each.check == check)

    free = {"availability": Availability.FROM_DATE}
    past, later = (
        key("availability-date-past", available_on=dt.date(2026, month, 1), **free)
        for month in (3, 9)
    )
    assert past != later
    assert key("skills-few", skills=("A",)) == key("skills-few", skills=("A", "B"))


def test_of_a_long_passage_the_beginning_is_the_key() -> None:
    first = "Small shops hand me their receipts. " * 10
    one, other = (
        next(
            each
            for each in findings_of(complete(overview=f"A line.\n\n{first}{rest}"), language="uk")
            if each.check == "opening-paragraph-long"
        )
        for rest in ("The end is new. " * 30, "I wrote another end. " * 40)
    )

    assert one.passage != other.passage
    assert one.key == other.key


def test_a_finding_goes_into_plain_values_and_sets() -> None:
    found = findings_of(complete(overview="Ha! " * 3), language="en")

    assert len(set(found)) == len(found)
    assert [asdict(each)["check"] for each in found] == [each.check for each in found]


@pytest.mark.parametrize("check", ["exclamation-marks", "emoji", "decoration", "pasted-html"])
def test_a_check_stops_after_twenty(check: str) -> None:
    found = findings_of(complete(overview="Ha! 🚀 ★★★ <b> or so. " * 60), language="en")

    assert sum(each.check == check for each in found) == MOST_OF_A_CHECK


@pytest.mark.parametrize("language", [None, "en"])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_twenty_thousand_hostile_characters_take_no_half_second(
    text: str, language: str | None
) -> None:
    content = complete(overview=text)

    start = time.process_time()
    findings_of(content, language=language)

    assert time.process_time() - start < LONGEST_SECONDS
