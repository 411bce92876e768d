"""The words of the recovery plan: from the log, in an honest order, naming and blaming nobody."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.messages.originals import ENGLISH, LANGUAGES, original
from contracts.messages.tone import tone_hints
from jss.engine import ClosedContract
from jss.recovery_checks import Concern, Finding, findings_in
from jss.recovery_words import (
    LATE_REQUEST,
    LogNote,
    lessons_of,
    own_up_with_log,
    sentence,
    without_names,
)
from jss.score_answer import answer_of, good_since_last_bad, story_of

TODAY = dt.date(2026, 11, 21)
NOTE = LogNote(dt.date(2026, 10, 1), "I was a week late", "My plan had no slack.", "I plan a third")


def contract(key: str, ago: int, rating: str | None) -> ClosedContract:
    return ClosedContract(
        key, TODAY - dt.timedelta(ago), Decimal(rating) if rating else None, key=key
    )


# ── The log in a message ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "said"),
    [("late", "late."), ("late.", "late."), ("late?", "late?"), (" a\n b ", "a b."), ("", "")],
)
def test_a_note_becomes_a_sentence(text: str, said: str) -> None:
    assert sentence(text) == said


def test_c6_the_message_holds_the_log_in_an_honest_order() -> None:
    message = own_up_with_log("Hi,\n\nMine.\n\nSorry.\n\nBye,\nMe", [NOTE], ENGLISH)
    assert message == (
        "Hi,\n\nMine.\n\n"
        "Looking back, this is what happened: I was a week late.\n"
        "What I learned from it: My plan had no slack.\n"
        "What I do differently since then: I plan a third.\n\n"
        "Sorry.\n\nBye,\nMe"
    )


@pytest.mark.parametrize("message", ["Only this", "Hi,\n\nBye"])
def test_whatever_a_practice_made_of_the_message_its_end_stays_the_end(message: str) -> None:
    assert own_up_with_log(message, [NOTE], ENGLISH).endswith(
        message.rsplit("\n\n", maxsplit=1)[-1]
    )


def test_what_was_only_noted_down_on_the_way_stays_out() -> None:
    plain = LogNote(dt.date(2026, 9, 1), "Call about the logo")
    later = LogNote(dt.date(2026, 11, 1), "A bug", "", "I test twice")
    assert lessons_of([later, plain, NOTE]) == [NOTE, later]
    message = own_up_with_log("Hi,\n\nBye", [later, plain, NOTE], ENGLISH)
    assert "logo" not in message
    assert "this is what happened: I was a week late. A bug.\n" in message
    assert own_up_with_log("Hi,\n\nBye", [plain], ENGLISH) == "Hi,\n\nBye"


@pytest.mark.parametrize("language", LANGUAGES)
def test_c4_j18_our_own_words_press_and_blame_nobody_and_offer_nothing(language: str) -> None:
    owning = own_up_with_log(original("own_up", language), [NOTE], language)
    for text in (owning, LATE_REQUEST[language]):
        assert findings_in(text) == []
        assert tone_hints(text) == []
    assert {"{{ greeting }}", "{{ my_name }}"} <= set(LATE_REQUEST[language].split("\n"))


# ── Naming nobody ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Anna Keller wanted it.", "The client wanted it."),
        ("It was for anna  keller.", "It was for the client."),
        ("I sent it to “Anna Keller”.", "I sent it to the client."),
        ("Anna Keller's texts", "The client's texts"),
        ("The New website was late. New website", "The project was late. The project"),
        ("My New website", "The project"),
        ("Annalisa wrote", "Annalisa wrote"),
        ("The logo was late.", "The logo was late."),  # a title of one word names nobody
        ("As Al said", "As Al said"),
    ],
)
def test_names_and_titles_are_taken_out(text: str, said: str) -> None:
    assert without_names(text, ["Anna Keller", "Al"], ["New website", "Logo"]) == said


NAMES = st.builds(
    lambda first, last: f"Xq{first} Zv{last}",
    st.text("abcdefghij", min_size=1, max_size=6),
    st.text("klmnoprstu", min_size=1, max_size=6),
)


@given(
    st.lists(NAMES, min_size=1, max_size=3, unique=True),
    st.lists(st.sampled_from(["5", "5", "4", "2", "1", None]), max_size=8),
    st.lists(st.sampled_from([10, 100, 200, 500, 720]), min_size=8, max_size=8),
    st.sampled_from(["{} wanted more", "for “{}”: a mess", "I let {}'s team wait", "it was {}"]),
)
def test_the_answer_never_holds_a_clients_name(
    names: list[str], ratings: list[str | None], ago: list[int], words: str
) -> None:
    contracts = [contract(f"job {n}", ago[n], rating) for n, rating in enumerate(ratings)]
    said = words.format(names[0])
    notes = {
        row.key: [LogNote(TODAY, said, said.upper(), words.format(names[-1]))] for row in contracts
    }
    text = answer_of(story_of(contracts, TODAY, notes), names=names)
    for name in names:
        assert name.casefold() not in text.casefold()
    assert not {finding.concern for finding in findings_in(text, names)} & {Concern.NAMES}


# ── The answer ───────────────────────────────────────────────────────────────────────────────────


def seven_good_one_bad() -> list[ClosedContract]:
    return [*(contract(f"good {n}", 40 - n, "5") for n in range(7)), contract("bad", 50, "2")]


def test_j15_the_answer_tells_where_the_score_comes_from_and_what_changed() -> None:
    story = story_of(seven_good_one_bad(), TODAY, {"bad": [NOTE]})
    text = answer_of(story)
    assert (
        "It is about 75% at present. By my own count it comes from 8 contracts that ended" in text
    )
    assert "in the last 24 months: 7 ended with a good rating and 1 with a poor one." in text
    assert "One contract that ended in October 2026 went badly, and I own my part in it." in text
    assert "What happened: I was a week late.\nWhat I learned: My plan had no slack.\n" in text
    assert "What I do differently: I plan a third.\n" in text
    assert "Since then 7 contracts have ended with a good rating, and none with a poor one." in text
    assert text.index("What happened") < text.index("What I learned") < text.index("Since then")
    assert findings_in(text) == []


def test_without_a_log_the_answer_takes_responsibility_all_the_same() -> None:
    story = story_of(seven_good_one_bad(), TODAY, {})
    assert not story.chapters[0].has_lesson
    text = answer_of(story)
    assert "ended in October 2026 did not go as it should have, and I take responsibility" in text
    assert findings_in(text) == []


def test_a_score_seen_on_upwork_is_no_estimate() -> None:
    text = answer_of(story_of(seven_good_one_bad(), TODAY, {}, seen=77))
    assert "It is 77% at present." in text


def test_only_what_is_poor_in_the_window_that_is_shown_is_told() -> None:
    contracts = [*seven_good_one_bad(), *(contract(f"old {n}", 500, "1") for n in range(2))]
    story = story_of(contracts, TODAY, {})
    assert story.window
    assert story.window.months == 12  # of the equal ones the longest
    assert [chapter.contract.key for chapter in story.chapters] == ["bad"]


def test_missing_feedback_that_counts_is_told_too() -> None:
    contracts = [contract("good", 9, "5"), *(contract(f"silent {n}", 20, None) for n in range(3))]
    text = answer_of(story_of(contracts, TODAY, {}))
    assert "1 ended with a good rating and 1 without feedback, which lowers it too." in text


def test_without_a_score_there_is_nothing_to_answer() -> None:
    assert answer_of(story_of([], TODAY, {})) == ""


def test_what_has_been_since_counts_good_ratings_only() -> None:
    contracts = [
        contract("before", 60, "5"),
        contract("bad", 50, "2"),
        contract("silent", 40, None),
        contract("good", 30, "4"),
        contract("later", -5, "5"),
    ]
    assert good_since_last_bad(contracts, TODAY) == 1
    assert good_since_last_bad(contracts[:3], TODAY) == 0
    assert "Since then" not in answer_of(story_of(contracts[:3], TODAY, {}))


# ── What a careful reader would say ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "concern", "words"),
    [
        ("It was the client's fault.", Concern.BLAMES, "the client's fault"),
        ("It was not my fault.", Concern.BLAMES, "not my fault"),
        ("They were quite unreasonable.", Concern.BLAMES, "They were quite unreasonable"),
        ("A toxic client.", Concern.BLAMES, "toxic client"),
        ("He lied about it.", Concern.BLAMES, "He lied"),
        ("The client never answered.", Concern.BLAMES, "client never answered"),
        ("I blame the client.", Concern.BLAMES, "blame the client"),
        ("Це з вини клієнта.", Concern.BLAMES, "з вини клієнта"),
        ("Клиент сам виноват.", Concern.BLAMES, "Клиент сам виноват"),
        ("Please give me a chance.", Concern.PLEADS, "Please give me a chance"),
        ("I really need this job.", Concern.PLEADS, "I really need this job"),
        ("I beg you.", Concern.PLEADS, "I beg"),
        ("You must see it.", Concern.PRESSES, "must"),
        ("I give you a discount.", Concern.OFFERS, "discount"),
        ("I did it!!", Concern.SHOUTS, "!!"),
        ("It was NOT ME.", Concern.SHOUTS, "NOT ME"),
        ("It was for ANNA KELLER.", Concern.NAMES, "ANNA KELLER"),
        ("Anna was glad.", Concern.NAMES, "Anna"),
    ],
)
def test_what_reads_badly_is_named_with_its_line(text: str, concern: Concern, words: str) -> None:
    assert Finding(concern, words, 2) in findings_in(f"First line.\n{text}", ["Anna Keller"])


@pytest.mark.parametrize(
    "text",
    [
        "The client wanted the first draft a week before we had the texts.",
        "I understood too late what they needed, and that was my mistake.",
        "Good design takes time. The API and the CSS were late.",
        "They were satisfied with the second version.",
        "I never said how many rounds were included.",
    ],
)
def test_what_owns_up_passes(text: str) -> None:
    assert findings_in(text, ["Blue Design Studio"]) == []


def test_the_same_words_are_named_once() -> None:
    assert len(findings_in("It was their fault.\nTheir fault, I say.")) == 1


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_can_be_checked(text: str, names: list[str]) -> None:
    for finding in findings_in(text, names):
        assert 1 <= finding.line <= text.count("\n") + 1
    without_names(text, names, names)
