"""The sample's profiles: written well, with something left to mend, and a change that worked."""

import datetime as dt

import pytest

from accounts.models import Practice
from freelance_ops.demo.build import sample_practice_create, sample_practice_remove
from freelance_ops.demo.profile_texts import GENERAL, SPECIALISED, VERSIONS
from profiles.checks import findings_of
from profiles.content import Content
from profiles.conversion import Verdict
from profiles.figures_effect import effect_of
from profiles.figures_services import week_of
from profiles.models import Dismissal, DraftChange, Profile, ProfileVersion, WeeklyFigures
from profiles.version_services import in_the_way
from tests.factories import UserFactory

TODAY = dt.date(2026, 11, 18)  # a Wednesday


@pytest.fixture
def practice(db: None) -> Practice:
    return sample_practice_create(user=UserFactory.create(), today=TODAY)


def found(content: Content) -> set[str]:
    return {each.check for each in findings_of(content, record=None, as_of=TODAY)}


def test_the_draft_has_a_few_things_left_to_mend() -> None:
    assert found(GENERAL) == {"portfolio-few", "video-empty"}
    assert "exclamation-marks" in found(SPECIALISED)


def test_every_version_was_one_that_upwork_would_take() -> None:
    contents = [content for content, _before, _note in VERSIONS]

    assert [in_the_way(content) for content in contents] == [[], [], []]
    assert len({content.rate for content in contents}) == 3


def test_the_sample_has_two_profiles_three_versions_and_half_a_year(practice: Practice) -> None:
    general, special = Profile.objects.filter(practice=practice).in_order()

    assert general.content_with(general) == GENERAL
    assert special.title == SPECIALISED.title
    versions = ProfileVersion.objects.filter(profile=general).newest_first()
    assert [version.number for version in versions] == [3, 2, 1]
    weeks = WeeklyFigures.objects.filter(practice=practice).in_order()
    assert len(weeks) == 26
    assert weeks[25].ends_on < TODAY
    assert DraftChange.objects.get(profile=general).after == general.plain("rate")
    assert Dismissal.objects.get(profile=general).check_name == "video-empty"


def test_the_newest_version_brought_more_invitations_and_the_one_before_nothing_clear(
    practice: Practice,
) -> None:
    weeks = [week_of(row) for row in WeeklyFigures.objects.filter(practice=practice)]
    days = [each.published_on for each in ProfileVersion.objects.newest_first()]

    third, second, _first = (effect_of(weeks, days, day).comparisons[0] for day in days)

    assert third.verdict is Verdict.BETTER
    assert second.verdict is Verdict.NO_CLEAR_DIFFERENCE


def test_removing_the_sample_takes_the_profiles_away(practice: Practice) -> None:
    sample_practice_remove(user=practice.memberships.select_related("user").get().user)

    assert not Profile.objects.exists()
    assert not WeeklyFigures.objects.exists()
