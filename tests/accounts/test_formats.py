"""Dates, numbers and money in each of the formats that one can choose."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone

from accounts import formats

SPACES = re.compile(r"[\u00a0\u202f]")


def plain(text: str) -> str:
    """With ordinary spaces, so that a test can be read."""
    return SPACES.sub(" ", text)


@pytest.mark.parametrize(("name", "label"), formats.LOCALES)
def test_the_list_of_formats_shows_each_as_it_is(name: str, label: str) -> None:
    with formats.reader_locale(name):
        shown = f"{formats.day(dt.date(2026, 10, 2))} · {formats.number(Decimal('1234.50'))}"
    assert plain(label).partition(": ")[2] == plain(shown)


@pytest.mark.parametrize(
    ("name", "money", "moment", "percent"),
    [
        ("en-US", "-$1,234.50", "Oct 2, 2026, 2:05 PM", "90%"),
        ("en-GB", "-US$1,234.50", "2 Oct 2026, 14:05", "90%"),
        ("de-DE", "-1.234,50 $", "02.10.2026, 14:05", "90 %"),
        ("fr-FR", "-1 234,50 $US", "2 oct. 2026, 14:05", "90 %"),
        ("es-ES", "-1.234,50 US$", "2 oct 2026, 14:05", "90 %"),
        ("pl-PL", "-1 234,50 USD", "2 paź 2026, 14:05", "90%"),
        ("uk-UA", "-1 234,50 USD", "2 жовт. 2026 р., 14:05", "90%"),
        ("ru-RU", "-1 234,50 $", "2 окт. 2026 г., 14:05", "90 %"),
    ],
)
def test_money_time_and_per_cent(name: str, money: str, moment: str, percent: str) -> None:
    at = dt.datetime(2026, 10, 2, 14, 5, 59, tzinfo=dt.UTC)
    with formats.reader_locale(name), timezone.override("UTC"):
        assert plain(formats.money(Decimal("-1234.50"))) == money
        assert plain(formats.moment(at)) == moment
        assert plain(formats.percent(90)) == percent


def test_every_format_is_tried() -> None:
    assert {name for name, _label in formats.LOCALES} == {
        *("en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "pl-PL", "uk-UA", "ru-RU")
    }


def test_a_moment_is_in_the_readers_zone() -> None:
    at = dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)
    with timezone.override("Europe/Kyiv"):
        assert plain(formats.moment(at)) == "Jan 1, 2027, 1:30 AM"
        assert formats.day(at) == "Jan 1, 2027"


def test_a_yen_has_no_cents() -> None:
    assert formats.money(1234, "JPY") == "¥1,234"


@pytest.mark.parametrize(
    "show", [formats.money, formats.number, formats.day, formats.moment, formats.percent]
)
def test_nothing_is_an_empty_text(show: object) -> None:
    assert callable(show)
    assert show(None) == ""


def test_outside_a_request_it_is_us_english() -> None:
    with formats.reader_locale("de-DE"):
        pass
    assert formats.number(1234) == "1,234"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("", "en-US"),
        ("*", "en-US"),
        ("ja", "en-US"),
        ("en", "en-US"),
        ("en-GB,en;q=0.9", "en-GB"),
        ("uk,ru;q=0.8,en;q=0.6", "uk-UA"),
        ("de-AT,de;q=0.9", "de-DE"),
        ("en-AU", "en-US"),
        (";;;,,,", "en-US"),
    ],
)
def test_the_browsers_language_names_a_format(header: str, name: str) -> None:
    assert formats.locale_for(header) == name


def test_the_filters_stand_in_every_template() -> None:
    template = Template("{{ a|money:'EUR' }} {{ n|number }} {{ d|day }} {{ p|percent }}")
    context = {"a": Decimal("5"), "n": 1234, "d": dt.date(2026, 10, 2), "p": 75}
    assert template.render(Context(context)) == (
        '€5.00 1,234 <time datetime="2026-10-02">Oct 2, 2026</time> 75%'
    )


def test_no_score_is_a_dash() -> None:
    assert Template("{{ p|percent }}").render(Context({"p": None})) == "–"


def test_tenths_keep_their_decimal() -> None:
    """A column of gains aligns."""
    assert [formats.tenths(Decimal(value)) for value in ("1", "1.8", "12")] == [
        "1.0",
        "1.8",
        "12.0",
    ]
    with formats.reader_locale("de-DE"):
        assert formats.tenths(Decimal("1234.5")) == "1.234,5"
    assert formats.tenths(None) == ""
