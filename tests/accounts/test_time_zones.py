"""Zones and currencies to choose from."""

from zoneinfo import ZoneInfo

import pytest

from accounts import currencies, time_zones


@pytest.mark.parametrize(
    ("old", "name"),
    [
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("US/Eastern", "America/New_York"),
        ("Etc/UTC", "UTC"),
        ("Zulu", "UTC"),
        ("UTC", "UTC"),
        # Amsterdam keeps its own name, though its clock is Brussels'.
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("No/Where", "No/Where"),
    ],
)
def test_an_old_name_has_one_of_today(old: str, name: str) -> None:
    assert time_zones.canonical(old) == name


def test_every_place_is_a_zone_and_has_its_own_name() -> None:
    for name in time_zones.places():
        assert name in time_zones.time_zone_names()
        assert time_zones.canonical(name) == name
        ZoneInfo(name)


def test_every_place_stands_once_in_the_groups() -> None:
    grouped = [name for _region, choices in time_zones.places_by_region() for name, _l in choices]
    assert sorted(grouped) == sorted(time_zones.places())


def test_a_place_is_labelled_so_that_typing_its_name_finds_it() -> None:
    labels = dict(dict(time_zones.places_by_region())["America"])
    assert labels["America/New_York"] == "New York"
    assert labels["America/Argentina/Salta"] == "Argentina – Salta"


def test_an_unknown_zone_is_utc() -> None:
    assert time_zones.zone_or_utc("Mars/Olympus") == ZoneInfo("UTC")
    assert time_zones.zone_or_utc("Europe/Kyiv") == ZoneInfo("Europe/Kyiv")


def test_currencies_are_those_in_use_today() -> None:
    codes = currencies.currency_codes()
    assert {"USD", "EUR", "UAH", "PLN", "GBP", "INR", "PHP"} <= codes
    assert not {"DEM", "SUR", "XXX"} & codes


def test_a_currency_is_named() -> None:
    choices = dict(currencies.currency_choices("en"))
    assert choices["UAH"] == "UAH – Ukrainian Hryvnia"
    assert list(choices) == sorted(choices)
