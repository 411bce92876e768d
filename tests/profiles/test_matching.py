"""How well profiles answer a job post (P8)."""

import datetime as dt
import statistics
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.content import FIRST_SEEN, Content, PortfolioItem
from profiles.matching import LONGEST_POST, Term, best_of, from_record, match_of, terms_of
from profiles.matching.match import CREDITS, PLACES
from profiles.record import PastWork
from tests.profiles.matching_texts import (
    BACKEND,
    BOOKKEEPER,
    COPYWRITER,
    DESIGNER,
    EDITOR,
    FRONTEND,
    GERMAN_POST,
    GO_POST,
    JAVA_POST,
    LONG_POST,
    MAIL_POST,
    PASTED_POST,
    PROFILES,
    SEO,
    SEO_POST,
    TRANSLATOR,
    UKRAINIAN_POST,
    VIDEO_POST,
)


def listed(*skills: str) -> tuple[Term, ...]:
    """Terms of a post that says nothing but a list of skills."""
    return terms_of("Skills: " + ", ".join(skills))


def how(skill: str, content: Content) -> str | None:
    (term,) = listed(skill)
    match = match_of([term], content)
    return match.found[0].how if match.found else None


def saying(overview: str) -> Content:
    return Content(overview=overview)


EXPECTED = [
    (
        *(SEO_POST, SEO),
        {"Google Analytics 4", "Shopify", "Search Engine Optimization", "Core Web Vitals"},
        {"schema markup"},
    ),
    (
        *(GO_POST, BACKEND),
        {"Golang", "PostgreSQL", "Docker", "gRPC", "Kubernetes"},
        {"C++"},
    ),
    (
        *(GERMAN_POST, TRANSLATOR),
        {"Übersetzung", "Verträge", "Datenschutzerklärungen", "Trados", "Vertragsrecht"},
        {"Lektorat", "Terminologiedatenbanken"},
    ),
    (
        *(UKRAINIAN_POST, DESIGNER),
        {"Figma", "Webflow", "вебдизайн", "клініки", "анімацією", "макети"},
        {"іконки"},
    ),
    (*(PASTED_POST, BOOKKEEPER), {"QuickBooks Online", "bank reconciliation"}, {"Xero"}),
    (*(MAIL_POST, COPYWRITER), {"Email copywriter", "abandoned cart", "Klaviyo"}, set()),
    (
        *(VIDEO_POST, EDITOR),
        {"Adobe Premiere Pro", "DaVinci Resolve", "Premiere Pro"},
        {"After Effects"},
    ),
    (*(JAVA_POST, FRONTEND), set(), {"Java", "Spring Boot", "Hibernate", "C", "R"}),
    (
        *(LONG_POST, SEO),
        {"Google Analytics 4", "Shopify", "Core Web Vitals"},
        {"schema markup"},
    ),
]


@pytest.mark.parametrize(("post", "content", "found", "missing"), EXPECTED)
def test_what_the_post_asks_for_is_found_or_missing(
    post: str, content: Content, found: set[str], missing: set[str]
) -> None:
    match = match_of(terms_of(post), content)
    assert found <= {each.term.text for each in match.found}
    assert missing <= {term.text for term in match.missing}


@pytest.mark.parametrize(("post", "best"), [row[:2] for row in EXPECTED if row[2]])
def test_the_profile_of_the_trade_fits_best(post: str, best: Content) -> None:
    terms = terms_of(post)
    place = best_of([match_of(terms, content) for content in PROFILES])
    assert place is not None
    assert PROFILES[place] == best


def test_no_profile_is_best_where_none_says_anything() -> None:
    assert best_of([]) is None
    assert best_of([match_of(listed("Falconry"), content) for content in PROFILES]) is None


def test_of_equal_profiles_the_first_is_best() -> None:
    match = match_of(listed("Shopify"), SEO)
    assert best_of([match, match]) == 0


# ── What a post asks for ─────────────────────────────────────────────────────────────────────────


def test_the_most_wanted_come_first_and_skills_are_marked() -> None:
    terms = terms_of(SEO_POST)
    weights = [term.weight for term in terms]
    assert weights == sorted(weights, reverse=True)
    assert {term.text for term in terms if term.is_skill} == {
        *("Search Engine Optimization", "Google Analytics 4", "Shopify", "Technical SEO")
    }
    assert next(term.weight for term in terms if term.text == "Shopify") > 3  # listed and said


@pytest.mark.parametrize("post", [SEO_POST, GO_POST, PASTED_POST, MAIL_POST])
def test_words_about_the_hiring_are_no_terms(post: str) -> None:
    words = {word for term in terms_of(post) for word in term.text.casefold().split()}
    boilerplate = "looking for must have experience budget please hourly price week hrs you we may"
    assert not words & set(boilerplate.split())


def test_the_verb_go_is_no_term_and_the_language_is() -> None:
    assert not {"go", "=go"} & {term.lemma for term in terms_of("We go live soon on Shopify.")}
    assert "=go" in {term.lemma for term in terms_of("We want services written in Go.")}


def test_tags_and_invisible_characters_are_no_words() -> None:
    texts = [term.text for term in terms_of(PASTED_POST)]
    assert "QuickBooks Online" in texts
    assert not {"div", "class", "air3", "nbsp", "li", "br"} & {text.casefold() for text in texts}


def test_skills_one_a_line_are_a_list() -> None:
    terms = terms_of(GO_POST)
    assert {term.text for term in terms if term.is_skill} == {
        *("Golang", "PostgreSQL", "gRPC", "Docker")
    }


def test_what_comes_after_the_limit_is_not_read() -> None:
    assert len(LONG_POST) == LONGEST_POST
    assert terms_of(LONG_POST + "\nSkills: Falconry") == terms_of(LONG_POST)


@pytest.mark.parametrize("post", ["", " \n ", "<>", "12 34", "the and of", "?!"])
def test_a_post_that_asks_for_nothing_has_no_terms_and_scores_nothing(post: str) -> None:
    assert terms_of(post) == ()
    assert match_of(terms_of(post), SEO).score == 0


# ── How a term is found ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("skill", "overview", "expected"),
    [
        ("Shopify", "Shops on Shopify.", "exact"),
        ("SEO audit", "Many SEO audits done.", "lemma"),
        ("Golang", "Services written in Go.", "alias"),
        ("JavaScript", "Much js by hand.", "alias"),
        ("Postgres", "I keep PostgreSQL fast.", "alias"),
        ("C#", "Tools in csharp.", "alias"),
        ("ReactJS", "Pages in React.js here.", "lemma"),
        ("React.js", "Pages in React JS here.", "lemma"),
        ("React JS", "Pages in ReactJS here.", "exact"),
        ("React.js", "Pages in React here.", "lemma"),
        ("e-commerce", "An ecommerce shop.", "lemma"),
        ("SEO", "All about search engine optimization.", "initials"),
        ("Search Engine Optimization", "All about SEO.", "initials"),
        ("CRM", "I set up Customer Relationship Management.", "initials"),
        ("optimisation", "Search engine optimization", "near"),
        ("SEO audit", "An audit of your on-page SEO.", "near"),
        ("Google Analytics 4", "Reports in Google Analytics 4.", "exact"),
    ],
)
def test_a_term_is_found_in_another_form(skill: str, overview: str, expected: str) -> None:
    assert how(skill, saying(overview)) == expected


@pytest.mark.parametrize(
    ("skill", "overview"),
    [
        ("Java", "JavaScript for years. Much javascript."),
        ("JavaScript", "Java for years."),
        ("C", "C++ and C# and c compilers. Vitamin c."),
        ("C++", "C and C# for years."),
        ("C#", "C and C++ for years."),
        ("Go", "Where others stop I go on. Go on reading. let us go"),
        ("R", "r is a letter. HR and PR."),
        ("Python", "A monty snake"),
        ("Python", "Sage for the books, Bazel for builds."),
        ("TypeScript", "TypoScript templates."),
        ("SEO", "Some examples online."),
        ("Google Analytics 4", "Google Analytics 3 reports."),
        ("SQL", "NoSQL stores."),
        ("art", "I start early, as part of the day."),
    ],
)
def test_a_term_is_not_found_in_something_else(skill: str, overview: str) -> None:
    assert how(skill, saying(overview)) is None


@pytest.mark.parametrize("name", ["Go", "R", "C"])
def test_a_short_name_is_found_in_a_list_of_skills(name: str) -> None:
    assert how(name, Content(skills=("Python", name))) == "exact"


def test_the_passage_shows_where() -> None:
    (found,) = match_of(listed("Webflow"), Content(skills=("Webflow",))).found
    assert found.where == "skills-first"
    assert found.passage == "Webflow"
    text = "word " * 100 + "Klaviyo" + " word" * 100
    (found,) = match_of(listed("Klaviyo"), saying(text)).found
    assert "Klaviyo" in found.passage
    assert len(found.passage) < 140


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (Content(title="Klaviyo", overview="Klaviyo"), "title"),
        (saying("Klaviyo " + "word " * 80), "overview-first"),
        (saying("word " * 80 + "Klaviyo"), "overview"),
        (Content(skills=("a", "b", "c", "d", "Klaviyo")), "skills-first"),
        (Content(skills=("a", "b", "c", "d", "e", "Klaviyo")), "skills"),
        (Content(portfolio=(PortfolioItem("Flows", "in Klaviyo"),)), "portfolio"),
    ],
)
def test_the_first_place_that_a_client_sees_is_named_and_low_ones_move_up(
    content: Content, where: str
) -> None:
    match = match_of(listed("Klaviyo"), content)
    assert [found.where for found in match.found] == [where]
    is_low = where not in {"title", "overview-first", "skills-first"}
    assert match.move_up == (match.found if is_low else ())


def test_a_term_across_the_edge_of_what_is_seen_first_is_found_whole() -> None:
    overview = "x" * (FIRST_SEEN - 6) + " Screaming Frog"
    (found,) = match_of(listed("Screaming Frog"), saying(overview)).found
    assert (found.where, found.how) == ("overview", "exact")


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("WordPress developer for a clinic", "WordPress"),
        ("We need a Java Developer", "Java"),
        ("Buscamos un desarrollador WordPress para nuestra tienda de zapatos", "WordPress"),
        ("We need a Data Engineer", "Data Engineer"),
        ("Looking for a Web Developer", "Web Developer"),
    ],
)
def test_who_does_it_is_no_part_of_a_term_that_tells_enough(title: str, wanted: str) -> None:
    assert wanted in [term.text for term in terms_of(title)]


# ── The score ────────────────────────────────────────────────────────────────────────────────────


def test_the_score_is_the_weighted_share_of_what_was_found() -> None:
    terms = (
        Term("Klaviyo", "klaviyo", 3, is_skill=True),
        Term("Webflow", "webflow", 1, is_skill=False),
        Term("optimisation", "optimisation", 2, is_skill=False),
    )
    content = saying("Klaviyo and optimization.")
    assert match_of(terms, content).score == int(100 * (3 + 0.5 * 2) / 6)
    assert match_of(terms[:1], content).score == 100
    assert match_of(terms[1:2], content).score == 0


# ── What the contract log holds (no invented experience) ─────────────────────────────────────────

WORK = (
    PastWork("Schema markup for a bakery", "Oven & Co", closed_on=dt.date(2026, 3, 1)),
    PastWork("Shop move", notes="Moved to Shopify; wrote the schema markups by hand."),
    PastWork("Logo", notes="schematic drawings"),
)


def test_the_log_shows_what_the_profile_lacks() -> None:
    missing = match_of(terms_of(SEO_POST), SEO).missing
    evidence = from_record(missing, WORK)
    assert [(each.term.text, each.work.title) for each in evidence] == [
        ("schema markup", "Schema markup for a bakery"),
        ("schema markup", "Shop move"),
    ]
    assert evidence[1].passage == "Moved to Shopify; wrote the schema markups by hand."


def test_what_is_only_near_is_no_proof_and_nothing_is_made_up() -> None:
    terms = listed("optimisation", "SEO audit")
    work = [PastWork("Search engine optimization", notes="An audit of the SEO.")]
    assert from_record(terms, work) == ()
    assert from_record(listed("SQL"), [PastWork("Logo", notes="a strong quiet logo")]) == ()
    assert from_record(listed("SEO"), [PastWork("Search Engine Optimization")])
    assert from_record((), WORK) == ()
    assert from_record(terms, ()) == ()


# ── Whatever is pasted ───────────────────────────────────────────────────────────────────────────

ANY_TEXT = st.text(max_size=300) | st.lists(
    st.sampled_from(
        [
            *("SEO", "audit", "Go", "C++", "React.js", "\n", "Skills:", ",", "the", "<b>", "Über"),
            *("Google", "Analytics", "4", "search", "engine", "optimization", "звіт", "R", ". "),
        ]
    ),
    max_size=40,
).map(" ".join)


@settings(deadline=None)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT, max_size=7))
def test_whatever_is_pasted_found_and_missing_are_the_terms(
    post: str, title: str, overview: str, skills: list[str]
) -> None:
    terms = terms_of(post)
    match = match_of(terms, Content(title=title, overview=overview, skills=tuple(skills)))
    assert 0 <= match.score <= 100
    both = [each.term for each in match.found] + list(match.missing)
    assert sorted(both, key=repr) == sorted(terms, key=repr)
    assert len({term.lemma for term in terms}) == len(terms)
    assert all(each.where in PLACES and each.how in CREDITS for each in match.found)
    assert set(match.move_up) <= set(match.found)


@settings(deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_saying_what_was_missing_never_lowers_the_score(post: str, overview: str) -> None:
    terms = terms_of(post)
    before = match_of(terms, saying(overview))
    for term in before.missing[:5]:
        after = match_of(terms, replace(saying(overview), overview=f"{overview}\n{term.text}"))
        assert after.score >= before.score


@settings(deadline=None)
@given(ANY_TEXT, st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=4))
def test_evidence_stands_in_the_log(post: str, texts: list[tuple[str, str]]) -> None:
    terms = terms_of(post)
    work = [PastWork(title, notes=notes) for title, notes in texts]
    for each in from_record(terms, work):
        assert each.work in work
        assert each.term in terms
        assert each.passage


def test_many_unclosed_tags_and_one_endless_word_take_no_long() -> None:
    times = []
    for text in (
        "<" * 20_000,
        "a" * 20_000,
        "a-" * 10_000,
        "<b " * 6_000,
        "&" * 20_000,
        "Skills " * 2_800,
    ):
        start = time.process_time()
        match_of(terms_of(text), saying(text[:5_000]))
        times.append(time.process_time() - start)
    assert statistics.median(times) < 2
    assert max(times) < 3
