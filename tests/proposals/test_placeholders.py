"""Placeholders: one pass, allowed names only, and an answer to any text."""

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from proposals.placeholders import (
    Flaw,
    Placeholder,
    Problem,
    Rendered,
    placeholders_in,
    problems_in,
    render,
)
from tests.proposals.hostile_templates import hostile_templates, must_hold

NAMES = ("client_name", "title")
VALUES = {"client_name": "Anna", "title": "A logo"}

values = st.text(min_size=1).filter(str.strip)
# Texts in which braces and names meet often.
pieces = st.lists(
    st.sampled_from(["{", "}", "{{", "}}", " ", "\n", "client_name", "title", "x.y", "é", "1"])
)
braced = pieces.map("".join)


@pytest.mark.parametrize(
    "text",
    [
        "Hi {{ client_name }}!",
        "Hi {{client_name}}!",
        "Hi {{   client_name}}!",
        "Hi {{\tclient_name\u00a0}}!",
        "Hi {{\nclient_name\n}}!",
    ],
)
def test_a_name_is_filled_with_any_blanks_around_it(text: str) -> None:
    assert render(text, VALUES, allowed=NAMES) == Rendered("Hi Anna!")


def test_several_are_filled_and_the_rest_stays() -> None:
    text = "{{ title }} for {{ client_name }}: {{ title }}, { single } braces }"
    assert render(text, VALUES, allowed=NAMES) == Rendered(
        "A logo for Anna: A logo, { single } braces }"
    )


def test_what_was_filled_in_is_never_read_again() -> None:
    sly = {"client_name": "{{ title }}", "title": "{{"}
    rendered = render("{{ client_name }}{{ title }} client_name }}", sly, allowed=NAMES)
    assert rendered.text == "{{ title }}{{ client_name }}"
    assert rendered.problems == (Problem(Flaw.BROKEN, "}}", 1, 42),)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Hi {{ nme }}", Problem(Flaw.UNKNOWN, "nme", 1, 4)),
        ("Hi,\n\n  {{ Title }}", Problem(Flaw.UNKNOWN, "Title", 3, 3)),
        ("Hi {{ client_name }", Problem(Flaw.BROKEN, "{{", 1, 4)),
        ("Hi { client_name }}", Problem(Flaw.BROKEN, "}}", 1, 18)),
        ("a\nb {{ client_name.pk }", Problem(Flaw.BROKEN, "{{", 2, 3)),
        ("{{ 1 }", Problem(Flaw.BROKEN, "{{", 1, 1)),
        ("{{ __class__ }}", Problem(Flaw.UNKNOWN, "__class__", 1, 1)),
    ],
)
def test_a_problem_names_its_place_and_stays_in_the_text(text: str, problem: Problem) -> None:
    assert render(text, VALUES, allowed=NAMES) == Rendered(text, (problem,))
    assert problems_in(text, allowed=NAMES) == (problem,)


@pytest.mark.parametrize(
    "text", ["{{ title|upper }}", "{{ title.upper }}", "{{ title() }}", "{{ }}", "{{ a b }}"]
)
def test_there_is_no_logic(text: str) -> None:
    rendered = render(text, VALUES, allowed=NAMES)
    assert rendered.text == text
    assert {problem.flaw for problem in rendered.problems} == {Flaw.BROKEN}


@pytest.mark.parametrize("value", [None, "", "  ", "\n"])
def test_an_empty_value_is_a_problem_and_leaves_no_gap(value: str | None) -> None:
    given = {"title": "A logo"} | ({} if value is None else {"client_name": value})
    rendered = render("{{ title }}\nHi {{ client_name }},", given, allowed=NAMES)
    assert rendered.text == "A logo\nHi {{ client_name }},"
    assert rendered.problems == (Problem(Flaw.EMPTY, "client_name", 2, 4),)
    assert problems_in("Hi {{ client_name }},", allowed=NAMES) == ()


def test_a_value_whose_name_is_not_allowed_is_not_used() -> None:
    rendered = render("{{ secret }}", {"secret": "42"}, allowed=NAMES)
    assert rendered.text == "{{ secret }}"


def test_placeholders_are_listed_with_their_places() -> None:
    found = placeholders_in("{{ a }}\n{{b}} {{ c.d }}")
    assert found == [Placeholder("a", 1, 1, 0, 7), Placeholder("b", 2, 1, 8, 13)]


@given(st.text().filter(lambda text: "{" not in text and "}" not in text))
def test_a_text_without_braces_is_unchanged(text: str) -> None:
    assert render(text, VALUES, allowed=NAMES) == Rendered(text)


@given(values, values, st.text(alphabet=st.characters(exclude_characters="{}")))
def test_values_appear_as_they_are(client_name: str, title: str, between: str) -> None:
    text = "{{ client_name }}" + between + "{{title}}"
    rendered = render(text, {"client_name": client_name, "title": title}, allowed=NAMES)
    assert rendered == Rendered(client_name + between + title)


@given(st.one_of(st.text(), braced))
def test_any_text_has_an_answer(text: str) -> None:
    rendered = render(text, VALUES, allowed=NAMES)
    places = [(problem.line, problem.column) for problem in rendered.problems]
    assert places == sorted(set(places))
    lines = text.split("\n")
    for problem in rendered.problems:
        rest = lines[problem.line - 1][problem.column - 1 :]
        assert rest.startswith(problem.name if problem.flaw == Flaw.BROKEN else "{{")


@given(braced)
def test_nothing_but_placeholders_is_taken_out(text: str) -> None:
    """What is filled with its own source is the text again."""
    sources = {
        found.name: text[found.start : found.end]
        for found in reversed(placeholders_in(text))
        if found.name in NAMES
    }
    found = [part for part in placeholders_in(text) if part.name in NAMES]
    assume(all(sources[part.name] == text[part.start : part.end] for part in found))
    assert render(text, sources, allowed=NAMES).text == text


@pytest.mark.parametrize(
    "text",
    [
        "{" * 100_000,
        "}" * 100_000,
        "{{ " * 100_000,
        "{{" + " " * 100_000,
        "{{ " + "a" * 100_000,
        "{{ a" + " " * 100_000,
        ("{{ a" + " " * 10) * 10_000,
        "{{ title }}" * 50_000,
        "\n{{" * 50_000,
    ],
    ids=lambda text: f"{text[:12]!r}",
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    begun = time.perf_counter()
    render(text, VALUES, allowed=NAMES)
    # Quadratic time would be minutes.
    assert time.perf_counter() - begun < 5


@settings(max_examples=1_000, deadline=None)
@given(hostile_templates)
def test_a_hostile_template_gives_literal_text_and_allowed_values_only(text: str) -> None:
    """B2; `./dev bench placeholders` tries a hundred thousand."""
    must_hold(text)
