"""Which single contract would explain a score that was seen on Upwork (J2, J3, J7)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from jss.engine import (
    CLASSIC,
    ClosedContract,
    Culprits,
    SeenScore,
    Supposition,
    Verdict,
    culprits_of,
    scores_of,
)
from tests.jss import plain
from tests.jss.cases import AS_OF, closed
from tests.jss.strategies import practices


def one(key: str, on: date, rating: str | None) -> ClosedContract:
    return ClosedContract(key, on, None if rating is None else Decimal(rating), key=key)


def seen(score: int, day: date = AS_OF) -> SeenScore:
    return SeenScore(day, score)


def titles(found: Culprits) -> list[str]:
    return [culprit.contract.title for culprit in found.ranked]


# ── A second implementation: try every contract, with whole windows counted anew ─────────────────


def plain_exact(
    contracts: list[ClosedContract], day: date, loud: ClosedContract | None
) -> Fraction | None:
    """The highest score; `loud`, where given, counts although J3 tolerates its silence."""
    best = []
    for months in plain.MONTHS:
        score = plain.score(contracts, day, months)
        counted = score.positive + score.negative + score.no_feedback_counted
        if loud and plain_is_tolerated(contracts, loud, day, months):
            counted += 1
        if counted:
            best.append(Fraction(max(0, score.positive - score.negative), counted))
    return max(best, default=None)


def plain_is_tolerated(
    contracts: list[ClosedContract], contract: ClosedContract, day: date, months: int
) -> bool:
    silent = [c for c in contracts if c.rating is None and plain.in_window(c, day, months)]
    silent.sort(key=lambda each: each.closed_on or date.max)
    return contract in silent[: plain.score(contracts, day, months).tolerated]


def plain_offs(
    contracts: list[ClosedContract], reading: SeenScore
) -> dict[str, tuple[Fraction, Supposition]]:
    """Each contract's best fit, the lesser assumption where both fit alike."""
    found = {}
    for at, each in enumerate(contracts):
        if not plain.in_window(each, reading.day, 24) or (each.rating and each.rating < 4):
            continue
        tries = []
        if any(plain_is_tolerated(contracts, each, reading.day, n) for n in plain.MONTHS):
            loud = plain_exact(contracts, reading.day, each)
            tries.append((loud, Supposition.SILENCE_COUNTS))
        turned = [*contracts[:at], replace(each, rating=Decimal(1)), *contracts[at + 1 :]]
        tries.append((plain_exact(turned, reading.day, None), Supposition.NEGATIVE))
        found[each.key] = min(
            (
                (abs(100 * exact - reading.score), what)
                for exact, what in tries
                if exact is not None
            ),
            key=lambda fit: fit[0],
        )
    return found


@given(practices(most=18), st.integers(0, 100))
@settings(max_examples=300, deadline=None)
def test_j2_j3_every_fit_agrees_with_trying_each_contract(
    practice: tuple[list[ClosedContract], date], score: int
) -> None:
    contracts, as_of = practice
    named = [replace(each, key=each.title) for each in contracts]
    reading = seen(score, as_of)
    found = culprits_of(named, reading)
    computed = plain_exact(named, as_of, None)
    assert found.computed.exact == computed
    if computed is None:
        assert (found.verdict, found.ranked, found.off) == (Verdict.NO_SCORE, (), None)
        return
    off = abs(100 * computed - score)
    assert found.off == off
    if plain.shown(named, as_of)[0] == score:
        assert (found.verdict, found.ranked) == (Verdict.AGREES, ())
    elif 100 * computed < score:
        assert (found.verdict, found.ranked) == (Verdict.ABOVE, ())
    else:
        expected = {key: fit for key, fit in plain_offs(named, reading).items() if fit[0] < off}
        given_fits = {each.contract.key: (each.off, each.supposition) for each in found.ranked}
        assert given_fits == expected
        best = min((fit[0] for fit in expected.values()), default=None)
        explained = best is not None and best <= 1
        assert found.verdict == (Verdict.EXPLAINED if explained else Verdict.NONE)


@given(practices(most=18), st.integers(0, 100))
@settings(max_examples=100, deadline=None)
def test_the_best_fit_is_first_and_of_equal_ones_the_newest(
    practice: tuple[list[ClosedContract], date], score: int
) -> None:
    contracts, as_of = practice
    ranked = culprits_of(contracts, seen(score, as_of)).ranked
    order = [(each.off, as_of - (each.contract.closed_on or as_of)) for each in ranked]
    assert order == sorted(order)


# ── By hand ──────────────────────────────────────────────────────────────────────────────────────


def test_a_good_rating_with_bad_private_feedback_is_found() -> None:
    """Ten of ten are 100 %; one of them negative makes it 9 − 1 of 10."""
    found = culprits_of(closed("+" * 10), seen(80))
    assert found.verdict is Verdict.EXPLAINED
    assert found.off == 20
    assert len(found.ranked) == 10
    assert {(each.supposition, each.shown, each.off) for each in found.ranked} == {
        (Supposition.NEGATIVE, Fraction(4, 5), Fraction(0))
    }


def test_j3_missing_feedback_that_counts_is_found() -> None:
    """Nine of nine, and one silent: if it counts, 9 of 10."""
    contracts = [*closed("+" * 9), one("silent", AS_OF, None)]
    found = culprits_of(contracts, seen(90))
    assert titles(found)[0] == "silent"
    assert found.ranked[0].supposition is Supposition.SILENCE_COUNTS
    assert found.ranked[0].shown == Fraction(9, 10)
    assert found.ranked[0].off == 0


def test_missing_feedback_can_be_negative_too() -> None:
    contracts = [*closed("+" * 9), one("silent", AS_OF, None)]
    found = culprits_of(contracts, seen(80))
    assert found.ranked[0].supposition is Supposition.NEGATIVE
    assert found.ranked[0].contract.title == "silent"
    assert found.ranked[0].shown == Fraction(8, 10)


def test_j3_a_tolerated_one_that_is_negative_makes_room_for_another() -> None:
    """Three silent of seven: two are tolerated. One negative: the other two are."""
    contracts = [*closed("++++"), *[one(f"s{n}", AS_OF, None) for n in range(3)]]
    found = culprits_of(contracts, seen(60))
    by_title = {each.contract.title: each for each in found.ranked}
    assert found.computed.exact == Fraction(4, 5)
    assert {by_title[f"s{n}"].shown for n in range(3)} == {Fraction(3, 5)}


def test_of_equal_fits_the_one_that_came_in_last_is_first() -> None:
    contracts = [
        one("middle", date(2026, 10, 5), "5"),
        one("last", date(2026, 11, 5), "5"),
        one("first", date(2026, 9, 5), "5"),
    ]
    assert titles(culprits_of(contracts, seen(33))) == ["last", "middle", "first"]


def test_what_was_closed_since_the_reading_before_is_marked() -> None:
    contracts = [one("new", date(2026, 11, 8), "5"), one("old", date(2026, 11, 7), "5")]
    found = culprits_of(contracts, seen(0), seen(100, date(2026, 11, 7)))
    assert [each.is_new for each in found.ranked] == [True, False]
    assert not any(each.is_new for each in culprits_of(contracts, seen(0)).ranked)


def test_no_single_contract_explains_it_when_the_best_is_more_than_a_point_off() -> None:
    contracts = closed("+" * 10)
    assert culprits_of(contracts, seen(79)).verdict is Verdict.EXPLAINED
    far = culprits_of(contracts, seen(78))
    assert far.verdict is Verdict.NONE
    assert far.ranked[0].off == 2


def test_j4_the_shown_score_is_what_has_to_fit() -> None:
    """A bad one in the 12 months moves nothing while the 6 months are the highest."""
    contracts = [*closed("+++"), one("older", AS_OF - timedelta(days=200), "5")]
    found = culprits_of(contracts, seen(33))
    assert "older" not in titles(found)
    assert set(titles(found)) == {"+0", "+1", "+2"}


def test_a_reading_that_agrees_once_it_is_rounded_needs_no_culprit() -> None:
    """8 − 1 of 9 is 77.8 %."""
    assert culprits_of(closed("+" * 8 + "-"), seen(78)).verdict is Verdict.AGREES


def test_a_reading_above_the_computed_score_is_said_so() -> None:
    found = culprits_of(closed("+" * 8 + "-"), seen(90))
    assert (found.verdict, found.ranked) == (Verdict.ABOVE, ())


def test_what_never_counts_is_no_culprit() -> None:
    contracts = [
        *closed("++"),
        replace(one("flagged", AS_OF, "5"), client_flagged=True),
        replace(one("removed", AS_OF, "5"), feedback_removed=True),
        one("later", AS_OF + timedelta(days=1), "5"),
        ClosedContract("open", None, None),
        one("negative", AS_OF, "2"),
    ]
    assert set(titles(culprits_of(contracts, seen(0)))) == {"+0", "+1"}


def test_the_rules_are_followed_and_named() -> None:
    strict = replace(CLASSIC, name="strict", tolerated_at_least=0)
    contracts = [*closed("+" * 9), one("silent", AS_OF, None)]
    found = culprits_of(contracts, seen(80), rules=strict)
    assert found.rules is strict
    assert found.computed == scores_of(contracts, AS_OF, rules=strict).shown
