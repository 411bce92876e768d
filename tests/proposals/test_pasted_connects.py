"""A connects history as people paste it (B10)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.connects import Kind
from proposals.pasted_connects import MOST_LINES, Pasted, PastedEntry, pasted_connects

TODAY = dt.date(2026, 11, 22)
DAY = dt.date(2026, 10, 2)


def read(text: str) -> Pasted:
    return pasted_connects(text, today=TODAY)


def only(text: str) -> PastedEntry:
    found = read(text)
    assert found.bad == ()
    (entry,) = found.entries
    return entry


def problem(text: str) -> str:
    found = read(text)
    assert found.entries == ()
    (bad,) = found.bad
    return str(bad.problem)


@pytest.mark.parametrize(
    "text",
    [
        "Oct 2, 2026\tApplied to job\tA faster checkout\t-16\t84",
        "2026-10-02, Applied to job, A faster checkout, -16, 84",
        "October 2nd, 2026; Applied to job; A faster checkout; −16 Connects; 84",
        "2026-10-02 | A faster checkout | Submitted a proposal | (16) | 84",
        '"Oct 2, 2026","Applied to job","A faster checkout","-16","84"',
        "Date\tAction\tJob title\tConnects\tBalance\nOct 2, 2026\tApplied to job\tA faster checkout"
        "\t-16\t84",
        "Balance,Connects,Job,Type,Date\n84,16,A faster checkout,Proposal,2026-10-02",
        "Oct 2, 2026\nApplied to job\nA faster checkout\n-16\n84",
    ],
)
def test_a_line_is_a_movement_in_any_usual_form(text: str) -> None:
    found = only(text)

    assert (found.day, found.kind, found.amount) == (DAY, Kind.SPEND, -16)
    assert (found.title, found.balance) == ("A faster checkout", 84)


@pytest.mark.parametrize(
    ("action", "amount", "kind"),
    [
        ("Boosted proposal", "-20", Kind.BOOST),
        ("Boost returned: outbid", "+20", Kind.REFUND),
        ("Boosted proposal", "+20", Kind.REFUND),
        ("Connects refunded (job cancelled)", "+16", Kind.REFUND),
        ("Connects purchased", "80", Kind.PURCHASE),
        ("Freelancer Plus membership", "+100", Kind.GRANT),
        ("Free monthly Connects", "10", Kind.GRANT),
        ("Reward for an interview", "+50", Kind.GRANT),
        ("Adjustment", "-3", Kind.CORRECTION),
        ("Adjustment", "+3", Kind.CORRECTION),
        ("A job whose name says nothing", "-16", Kind.SPEND),
        ("Freelancer wanted", "-16", Kind.SPEND),
    ],
)
def test_the_words_of_an_action_say_what_it_was(action: str, amount: str, kind: Kind) -> None:
    assert only(f"2026-10-02\t{action}\t{amount}").kind is kind


def test_connects_that_expired_are_left_to_the_ledger() -> None:
    found = read("2026-10-02\tConnects expired\t-10\n2026-10-02\tApplied\t-16")

    assert (found.lapsed, len(found.entries), found.bad) == (1, 1, ())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hello", "a day, what was done, and how many connects are expected"),
        ("2026-10-02\tApplied\tmany", "how many connects are expected"),
        ("2026-10-02\tApplied\t1\t2\t3", "how many connects are expected"),
        ("2026-02-30\tApplied\t-16", "how many connects are expected"),
        ("2026-11-23\tApplied\t-16", "that day is still to come"),
        ("2014-10-02\tApplied\t-16", "that is before Upwork"),
        ("2026-10-02\tApplied\t0", "0 connects cannot have moved at once"),
        ("2026-10-02\tApplied\t-10001", "-10001 connects cannot have moved at once"),
        ("2026-10-02\tApplied\t-9999999999999999", "cannot have moved at once"),
        ("2026-10-02\tApplied\t+16", "“Applied” and +16 do not go together"),
        ("2026-10-02\tPurchased\t-80", "“Purchased” and -80 do not go together"),
        ("2026-10-02\tSomething\t+80", "it does not say what for"),
        ("2026-10-02\t+80", "it does not say what for"),
        ("Date\tAction\tJob", "no column is called Connects"),
        ("Date\tConnects\n\t-16", "the day is missing"),
        ("Date\tConnects\n02/10/2026\t-16", "could be two different days"),
        ("Date\tConnects\n2026-10-02\tx", "“x” is not a number of connects"),
    ],
)
def test_what_is_not_understood_is_said(line: str, said: str) -> None:
    assert said in problem(line)


def test_good_lines_stand_beside_bad_ones_which_keep_their_number_and_text() -> None:
    text = (
        "Date\tAction\tConnects\n2026-10-02\tApplied\t-16\n\nnonsense\t\t5\n2026-10-03\tBoost\t-9"
    )
    found = read(text)

    assert [entry.line for entry in found.entries] == [2, 5]
    assert [bad.line for bad in found.bad] == [4]
    assert found.bad_texts == ("nonsense\t\t5",)
    assert found.header == "Date\tAction\tConnects"


def test_the_same_movement_twice_is_two_and_each_is_known_again() -> None:
    line = "2026-10-02\tApplied\tA shop\t-16\n"
    twice, again = read(line * 2).entries, read("2026-10-01\tApplied\t-4\n" + line * 2).entries

    assert len({entry.key for entry in twice}) == 2
    assert {entry.key for entry in twice} < {entry.key for entry in again}


def test_a_key_does_not_hang_on_the_form_of_the_line() -> None:
    one = only("2026-10-02\tApplied to job\tA  Shop\t-16\t40")
    other = only("Oct 2, 2026; a shop; proposal; 16")

    assert one.key == other.key


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_page_says_what_there_was_before_and_is_now(newest_first: bool) -> None:
    lines = [
        "2026-10-01\tApplied\tOne\t-16\t84",
        "2026-10-02\tApplied\tTwo\t-10\t74",
        "2026-10-02\tBought\t\t+20\t94",
    ]
    if newest_first:
        lines.reverse()

    assert read("\n".join(lines)).said == ((dt.date(2026, 9, 30), 100), (DAY, 94))


@pytest.mark.parametrize(
    "text",
    ["", "2026-10-02\tApplied\t-16", "2026-10-02\tApplied\tOne\t-16\t84\nnonsense"],
)
def test_without_every_balance_nothing_is_said_of_it(text: str) -> None:
    assert read(text).said == ()


def test_a_paste_without_end_is_taken_in_parts() -> None:
    found = read("2026-10-02\tApplied\t-1\n" * (MOST_LINES + 2))

    assert len(found.entries) == MOST_LINES
    assert "paste them in parts" in str(found.bad[0].problem)
    assert len(found.bad_texts) == 2


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_or_kept(text: str) -> None:
    found = read(text)

    assert len(found.bad) == len(found.bad_texts)
    assert all(entry.amount for entry in found.entries)
    assert all(entry.day <= TODAY for entry in found.entries)


CELLS = st.sampled_from(
    ["2026-10-02", "Oct 2, 2026", "Applied", "Bought", "-16", "+16", "16", "(3)", "", "x", "Date"]
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=8))
def test_no_line_is_lost(rows: list[list[str]]) -> None:
    text = "\n".join("\t".join(row) for row in rows)
    found = read(text)

    kept = "\n".join([found.header, *found.bad_texts, *(entry.text for entry in found.entries)])
    lines = [line for line in text.splitlines() if line.strip()]
    if not found.lapsed:
        assert sorted(filter(str.strip, kept.splitlines())) == sorted(lines)
