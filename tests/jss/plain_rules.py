"""Every rule set once more, as plainly as it can be written: one contract, one day at a time.

`plain` does so for the classic rules; this does for any (J1 to J5, J8, J10, J11, J17). Nothing is
shared with the engine but the contracts, the numbers of the rule set, and that a weight is a whole
number of 1/1200 (so that sums are exact). Windows are `plain`'s.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from jss.engine import TREND, ClosedContract, Reading, RefinedWeights, RuleSet, TieredWeights
from tests.jss.plain import start_of_window

UNITS = 1200
"""So many units are a weight of 1 where anything is weighed."""

FIVE = Decimal(5)


def months_of(rules: RuleSet) -> list[int]:
    """Every window that has to be known."""
    return sorted({*rules.window_months, *(rules.trend_months or ())})


# ── One contract ─────────────────────────────────────────────────────────────────────────────────


def outcome(contract: ClosedContract, rules: RuleSet) -> str:
    """J2, J17: "+", "-", "0" without feedback, "" where it never counts."""
    if contract.client_flagged or contract.feedback_removed:
        return ""
    if contract.rating is None:
        kind = "0" if rules.counts_no_feedback else ""
    else:
        kind = "+" if contract.rating >= rules.positive_from else "-"
    is_unpaid = contract.earned is not None and contract.earned <= 0
    if is_unpaid and not rules.counts_unpaid and kind != "-":
        return ""
    return kind


@lru_cache(maxsize=10_000)
def weight_in_units(
    weights: RefinedWeights | TieredWeights, earned: Decimal, paid: int, long_term: bool
) -> int:
    """J11 or J17 (b), to the nearest unit."""
    if isinstance(weights, TieredWeights):
        tier = weights.above
        for dollars, of_tier in reversed(weights.tiers):
            if earned <= dollars:
                tier = of_tier
        return round(UNITS * min(tier + paid // weights.months_a_step, Fraction(weights.at_most)))
    with localcontext(prec=40):
        money = Fraction((1 + max(earned, Decimal(0)) / 100).log10())
    weight = 1 + weights.strength * money
    if long_term:
        weight += weight * weights.strength * weights.long_term
    return round(UNITS * weight)


def weight(contract: ClosedContract, rules: RuleSet) -> Fraction:
    """What the contract's outcome weighs (J11, J17)."""
    if rules.weights is None:
        return Fraction(1)
    if contract.weight is not None:
        return Fraction(round(contract.weight * UNITS), UNITS)
    assert isinstance(rules.weights, RefinedWeights | TieredWeights)
    earned = contract.earned or Decimal(0)
    units = weight_in_units(
        rules.weights, earned, contract.months_paid, bool(contract.is_long_term)
    )
    return Fraction(units, UNITS)


def parts(contract: ClosedContract, rules: RuleSet) -> tuple[Fraction, Fraction]:
    """What it adds above and below the line of J1 if it is counted."""
    kind = outcome(contract, rules)
    if kind in {"", "0"}:
        return Fraction(0), Fraction(kind == "0")
    weighs = weight(contract, rules)
    if kind == "+":
        return weighs, weighs
    if rules.reading is Reading.SHARE:
        return Fraction(0), weighs
    share = Fraction(1)
    if rules.weights and rules.weights.is_partly_negative and contract.rating is not None:
        cut = Fraction(rules.positive_from)
        share = (cut - Fraction(contract.rating)) / (cut - 1)
    return -Fraction(round(weighs * UNITS * share), UNITS), weighs


# ── One window ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class PlainWindow:
    positive: int
    negative: int
    silent: int
    tolerated: int
    gained: Fraction
    lead: Fraction
    weight: Fraction

    @property
    def exact(self) -> Fraction | None:
        return max(Fraction(0), self.lead) / self.weight if self.weight else None


def displayed(exact: Fraction | None) -> int | None:
    """J1: half a per cent and more is rounded up."""
    if exact is None:
        return None
    whole = int(exact * 100)
    return whole + (exact * 100 - whole >= Fraction(1, 2))


def of_held(held: Sequence[ClosedContract], rules: RuleSet, new: int = 0) -> PlainWindow:
    """A window that holds these, and so many new positive outcomes of weight 1 (J8)."""
    kinds = [outcome(each, rules) for each in held] + ["+"] * new
    closed = sum(1 for kind in kinds if kind)
    silent = kinds.count("0")
    allowance, share = rules.tolerated_at_least, rules.tolerated_share
    while (allowance + 1) * share.denominator <= share.numerator * closed:
        allowance += 1
    free = min(silent, allowance)
    gained, lead, weight = Fraction(new), Fraction(new), Fraction(new - free)
    for kind, each in zip(kinds, held, strict=False):
        above, below = parts(each, rules)
        gained += above if kind == "+" else 0
        lead += above
        weight += below
    positive, negative = kinds.count("+"), kinds.count("-")
    return PlainWindow(positive, negative, silent, free, gained, lead, weight)


def is_held(contract: ClosedContract, day: date, months: int) -> bool:
    """J5."""
    closed_on = contract.closed_on
    return closed_on is not None and start_of_window(day, months) < closed_on <= day


def window(
    contracts: Sequence[ClosedContract], day: date, months: int, rules: RuleSet, new: int = 0
) -> PlainWindow:
    return of_held([each for each in contracts if is_held(each, day, months)], rules, new)


# ── All of them ──────────────────────────────────────────────────────────────────────────────────

type Lines = dict[int, Fraction | None]
"""The exact score by window, and of TREND where there is one."""


def lines_from(by_months: Lines, rules: RuleSet) -> Lines:
    """J4, J17: from every window that has to be known to the scores of which one is shown."""
    made = {months: by_months[months] for months in rules.window_months}
    if rules.trend_months:
        recent, longer = (by_months[months] for months in rules.trend_months)
        made[TREND] = None if recent is None or longer is None else (recent + longer) / 2
    return made


def lines(contracts: Sequence[ClosedContract], day: date, rules: RuleSet, new: int = 0) -> Lines:
    by_months = {
        months: window(contracts, day, months, rules, new).exact for months in months_of(rules)
    }
    return lines_from(by_months, rules)


def highest(of: Lines) -> Fraction | None:
    return max((exact for exact in of.values() if exact is not None), default=None)


def shown(contracts: Sequence[ClosedContract], day: date, rules: RuleSet) -> Fraction | None:
    return highest(lines(contracts, day, rules))


def known_at(contracts: Sequence[ClosedContract], as_of: date) -> list[ClosedContract]:
    return [each for each in contracts if each.closed_on and each.closed_on <= as_of]


def five_stars(closed_on: date) -> ClosedContract:
    """A new contract; it weighs 1 (J8)."""
    return ClosedContract("new", closed_on, FIVE, weight=Fraction(1))


def with_five_stars(contract: ClosedContract) -> ClosedContract:
    return replace(contract, rating=FIVE)


# ── Day after day ────────────────────────────────────────────────────────────────────────────────


def walk(
    contracts: Sequence[ClosedContract], first: date, last: date, rules: RuleSet
) -> Iterator[tuple[date, Lines]]:
    """Every day's exact scores. A day on which every window holds what it held the day before has
    the scores of the day before.
    """
    counting = [each for each in contracts if each.closed_on and outcome(each, rules)]
    counting.sort(key=lambda each: each.closed_on or date.max)
    closed = [each.closed_on or date.max for each in counting]
    months = months_of(rules)
    before: list[int] = []
    made: Lines = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        until = bisect_right(closed, day)
        held = [until, *[bisect_right(closed, start_of_window(day, each)) for each in months]]
        if held != before:
            by_months: Lines = {}
            for each, begin in zip(months, held[1:], strict=True):
                by_months[each] = of_held(counting[begin:until], rules).exact
            before, made = held, lines_from(by_months, rules)
        yield day, made


def all_gone(as_of: date, rules: RuleSet, assumed: Sequence[date] = ()) -> date:
    """A day on which nothing closed until then is in any window."""
    return max([as_of, *assumed]) + timedelta(days=31 * months_of(rules)[-1] + 5)


type PlainStep = tuple[date, int, list[str], int | None, int | None, int | None, int | None, int]
"""Date, line, titles that left, score before and after, shown before and after, arrived."""


def roadmap(
    contracts: Sequence[ClosedContract],
    as_of: date,
    rules: RuleSet,
    assumed: Sequence[date] = (),
    until: date | None = None,
) -> list[PlainStep]:
    """J10: every day on which a line's displayed score is not that of the day before."""
    real = known_at(contracts, as_of)
    everything = real + [five_stars(day) for day in assumed]
    steps: list[PlainStep] = []
    before: dict[int, int | None] = {}
    of_yesterday: Lines | None = None
    for day, exact in walk(everything, as_of, until or all_gone(as_of, rules, assumed), rules):
        if exact is of_yesterday:
            continue
        now = {line: displayed(each) for line, each in exact.items()}
        for line in now if of_yesterday is not None else ():
            if now[line] != before[line]:
                gone = titles_that_left(real, day, line, rules)
                scores = before[line], now[line], best(before), best(now)
                steps.append((day, line, gone, *scores, list(assumed).count(day)))
        before, of_yesterday = now, exact
    return steps


def best(of: dict[int, int | None]) -> int | None:
    """The highest displayed score."""
    return max((each for each in of.values() if each is not None), default=None)


def titles_that_left(
    real: Sequence[ClosedContract], day: date, line: int, rules: RuleSet
) -> list[str]:
    """Oldest first, of TREND those of either of its windows."""
    windows = (rules.trend_months or ()) if line == TREND else (line,)
    yesterday = day - timedelta(days=1)
    gone = [
        (each.closed_on, place, each.title)
        for place, each in enumerate(real)
        if outcome(each, rules)
        and any(is_held(each, yesterday, n) and not is_held(each, day, n) for n in windows)
    ]
    return [title for _, _, title in sorted(gone, key=lambda row: (row[0] or day, row[1]))]


def positives_needed(
    contracts: Sequence[ClosedContract],
    as_of: date,
    ratio: Fraction,
    rules: RuleSet,
    most: int = 5_000,
) -> int | None:
    """J8: one more at a time until it is enough; None where so many are not."""
    held = {
        months: [each for each in contracts if is_held(each, as_of, months)]
        for months in months_of(rules)
    }
    at_none = {months: of_held(rows, rules) for months, rows in held.items()}
    for new in range(most + 1):
        exact = {}
        for months, each in at_none.items():
            closed = each.positive + each.negative + each.silent + new
            grown = max(rules.tolerated_at_least, int(rules.tolerated_share * closed))
            below = each.weight + each.tolerated + new - min(each.silent, grown)
            exact[months] = max(Fraction(0), each.lead + new) / below if below else None
        best = highest(lines_from(exact, rules))
        if best is not None and best >= ratio:
            return new
    return None
