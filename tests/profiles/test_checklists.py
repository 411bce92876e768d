"""The checklists: what is done, what is not, and what only the person knows (P5, P10, J17)."""

import datetime as dt
from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles import content as contents
from profiles.checklist_words import (
    CHECKLIST_WORDS,
    FEATURE_WORDS,
    RISING_TALENT_WORDS,
    FeatureWords,
    item_name,
)
from profiles.checklists import Item, new_features, rising_talent, skills_review_due
from profiles.content import Availability, Content, Kind, Language, Level
from profiles.record import Record

TODAY = dt.date(2026, 11, 22)
COMPLETE = Content(
    title="Stage lighting for small theatres",
    overview="I plan the light of plays that tour without a lorry.",
    rate=Decimal(45),
    skills=tuple(f"Skill {number}" for number in range(10)),
    portfolio=tuple(contents.PortfolioItem(f"Play {number}") for number in range(4)),
    languages=(Language("Polish", Level.NATIVE), Language("English", Level.FLUENT)),
    education=(contents.Education("School of stagecraft, Lublin"),),
    availability=Availability.AS_NEEDED,
    employment=(
        contents.Employment("Electrician", "City stage", "2015", "I hung lamps and learned."),
    ),
    testimonials=(contents.Testimonial("Calm in the dark.", "Ewa"),),
)
BY_HAND = {"rising_photo", "rising_no_holds"}


def item(items: tuple[Item, ...], key: str) -> Item:
    return next(each for each in items if each.key == key)


def undone(content: Content, record: Record | None = None) -> set[str]:
    return {each.key for each in rising_talent(content, record or Record()) if not each.is_done}


# ── Rising Talent ────────────────────────────────────────────────────────────────────────────────


def test_a_complete_profile_without_a_score_leaves_only_what_the_person_knows_p10() -> None:
    assert undone(COMPLETE) == BY_HAND
    assert all(
        each.is_by_hand == (each.key in BY_HAND) for each in rising_talent(COMPLETE, Record())
    )


def test_of_an_empty_profile_nothing_is_done_but_the_missing_score_j17() -> None:
    items = rising_talent(Content(), Record())

    assert [each.key for each in items if each.is_done] == ["rising_no_score"]


def test_with_a_score_the_badge_is_out_of_reach_j17() -> None:
    assert "rising_no_score" in undone(COMPLETE, Record(score=97))


@pytest.mark.parametrize(
    ("key", "less"),
    [
        ("rising_title", replace(COMPLETE, title="  ")),
        ("rising_title", replace(COMPLETE, title="x" * 71)),
        ("rising_overview", replace(COMPLETE, overview="x" * 5_001)),
        ("rising_rate", replace(COMPLETE, rate=None)),
        ("rising_skills", replace(COMPLETE, skills=COMPLETE.skills[:9])),
        ("rising_skills", replace(COMPLETE, skills=(*COMPLETE.skills[:9], " "))),
        ("rising_portfolio", replace(COMPLETE, portfolio=COMPLETE.portfolio[:3])),
        ("rising_languages", replace(COMPLETE, languages=())),
        ("rising_languages", replace(COMPLETE, languages=(Language("Polish"),))),
        ("rising_education", replace(COMPLETE, education=(contents.Education(),))),
        ("rising_availability", replace(COMPLETE, availability="")),
        ("rising_availability", replace(COMPLETE, availability=Availability.FROM_DATE)),
        ("rising_background", replace(COMPLETE, employment=())),
        ("rising_background", replace(COMPLETE, employment=(contents.Employment("Clerk"),))),
        ("rising_testimonials", replace(COMPLETE, testimonials=())),
        ("rising_testimonials", replace(COMPLETE, testimonials=(contents.Testimonial("", "E"),))),
    ],
)
def test_what_is_missing_is_not_done_p5(key: str, less: Content) -> None:
    assert undone(less) == {key} | BY_HAND


def test_a_date_makes_the_availability_known_p5() -> None:
    later = replace(COMPLETE, availability=Availability.FROM_DATE, available_on=TODAY)

    assert undone(later) == BY_HAND


def test_other_experience_is_background_too_p10() -> None:
    other = (contents.Experience("Choir", "I light our concerts."),)

    assert undone(replace(COMPLETE, employment=(), experience=other)) == BY_HAND


def test_what_is_counted_says_how_many_of_how_many_p5() -> None:
    skills = item(rising_talent(Content(skills=("Light", "Sound")), Record()), "rising_skills")

    assert (skills.found, skills.wanted, skills.is_done) == (2, 10, False)


# ── New features ─────────────────────────────────────────────────────────────────────────────────


def test_features_that_the_profile_shows_are_done_p5() -> None:
    items = new_features(
        Content(video="https://example.com/me", catalogue=(contents.CatalogueProject("Plan"),))
    )

    assert item(items, "feature_video").is_done is True
    assert item(items, "feature_catalogue").is_done is True


def test_features_that_the_profile_lacks_are_not_done_p5() -> None:
    items = new_features(Content(catalogue=(contents.CatalogueProject(price="40"),)))

    assert item(items, "feature_video").is_done is False
    assert item(items, "feature_catalogue").is_done is False


def test_only_the_person_knows_of_consultations_and_the_badge_p5() -> None:
    items = new_features(COMPLETE)

    assert item(items, "feature_consultations").is_by_hand
    assert item(items, "feature_availability_badge").is_by_hand


@pytest.mark.parametrize(
    ("kind", "specialised", "is_done"),
    [
        (Kind.GENERAL, None, None),
        (Kind.GENERAL, 0, False),
        (Kind.GENERAL, 2, True),
        (Kind.SPECIALISED, None, True),
    ],
)
def test_a_specialised_profile_is_known_by_its_number_or_by_itself_p1(
    kind: Kind, specialised: int | None, is_done: bool | None
) -> None:
    items = new_features(Content(kind=kind), specialised=specialised)

    assert item(items, "feature_specialised").is_done is is_done


# ── The monthly review ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("reviewed_on", "due_on"),
    [
        ("2026-10-22", "2026-11-22"),
        ("2026-01-31", "2026-02-28"),
        ("2028-01-31", "2028-02-29"),
        ("2026-02-28", "2026-03-28"),
        ("2026-12-31", "2027-01-31"),
        ("2026-08-31", "2026-09-30"),
        ("9999-12-05", "9999-12-31"),
    ],
)
def test_the_skills_are_due_a_calendar_month_later_p5(reviewed_on: str, due_on: str) -> None:
    due = skills_review_due(dt.date.fromisoformat(reviewed_on), TODAY)

    assert due == dt.date.fromisoformat(due_on)


def test_skills_that_were_never_reviewed_are_due_at_once_p5() -> None:
    assert skills_review_due(None, TODAY) == TODAY


@given(reviewed_on=st.dates(max_value=dt.date(9999, 11, 30)))
def test_a_review_is_due_in_the_next_month_on_the_same_day_or_the_last(
    reviewed_on: dt.date,
) -> None:
    due = skills_review_due(reviewed_on, TODAY)

    assert 28 <= (due - reviewed_on).days <= 31
    assert due.month == reviewed_on.month % 12 + 1
    is_last = due == dt.date.max or (due + dt.timedelta(1)).day == 1
    assert due.day == reviewed_on.day or (due.day < reviewed_on.day and is_last)


# ── Words ────────────────────────────────────────────────────────────────────────────────────────


def test_every_item_has_words_and_every_word_an_item() -> None:
    rising = [each.key for each in rising_talent(COMPLETE, Record())]
    features = [each.key for each in new_features(COMPLETE)]

    assert list(RISING_TALENT_WORDS) == rising
    assert list(FEATURE_WORDS) == features
    assert list(CHECKLIST_WORDS) == rising + features


@pytest.mark.parametrize("key", CHECKLIST_WORDS)
def test_every_item_is_called_something_and_says_why(key: str) -> None:
    words = CHECKLIST_WORDS[key]

    assert item_name(key)
    assert all(str(getattr(words, each.name)).strip() for each in fields(words))


@pytest.mark.parametrize("key", FEATURE_WORDS)
def test_every_feature_shows_both_views_p5(key: str) -> None:
    words = FEATURE_WORDS[key]

    assert isinstance(words, FeatureWords)
    assert str(words.for_it) != str(words.against_it)


def test_every_key_fits_its_column() -> None:
    assert max(map(len, CHECKLIST_WORDS)) <= 60
