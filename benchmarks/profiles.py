"""What the answers while typing cost, beside one regular-expression pass over the same text.

    ./dev bench profiles [--json]

All checks over an overview of 5,000 characters: the median of many runs, none of which finds its
text remembered from the run before, and the ratio to `re.findall` of all words of that text, taken
turn by turn in the same run. The same for reading a job post of 2,500 characters and matching it
with such a profile (P8). Ends with status 1 where a bar is not held.
"""

import argparse
import datetime as dt
import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import partial
from random import Random

from benchmarks.profile_texts import made_up_profile, text_of
from profiles.checks import findings_of
from profiles.content import LONGEST_OVERVIEW, Content, Employment
from profiles.matching import match_of, terms_of
from profiles.record import Record

RUNS = 101
CHECKS_BAR_MS = 30.0
MATCH_BAR_MS = 50.0
POST_CHARACTERS = 2_500
SEED = 20261122
AS_OF = dt.date(2026, 11, 22)
WORDS = re.compile(r"\w+")

PARAGRAPH = (
    "Workshops that mend bicycles send me the list of what they did, and I write the pages that "
    "bring the next rider in. Number {number} of my rules: say what a brake costs before you say "
    "why yours is better. In a shop in Ghent the telephone rang a third more often after we had "
    "put the price of each repair on one page; nobody asked for a discount any more, since the "
    "reason stood beside it. I visit, I listen at the counter for a morning, and I come back with "
    "two pages that the owner can read standing up. KPI {number} of them is the same as ever!"
)


@dataclass(frozen=True)
class Measured:
    """One thing measured: medians in milliseconds, and the ratio to the pass over the words."""

    name: str
    characters: int
    runs: int
    first_ms: float
    """The very first answer of a process, which loads the word lists; no bar is set on it."""
    median_ms: float
    """The processor's own time, so that what else the machine does doesn't count."""
    waited_ms: float
    """The same by the clock on the wall."""
    slowest_ms: float
    pass_ms: float
    ratio: float
    bar_ms: float

    @property
    def passed(self) -> bool:
        return self.median_ms < self.bar_ms


def overview_of(run: int) -> str:
    """5,000 characters with a fault here and there, another text in each run."""
    paragraphs = [f"Text {run} is for people who repair bicycles and would rather do that."]
    while sum(len(text) + 2 for text in paragraphs) < LONGEST_OVERVIEW:
        paragraphs.append(PARAGRAPH.format(number=run * 100 + len(paragraphs)))
    return "\n\n".join(paragraphs)[:LONGEST_OVERVIEW]


def profile_with(overview: str) -> Content:
    """A profile around the overview, filled as a profile is."""
    return Content(
        title="Copywriter for bicycle workshops",
        rate=Decimal(60),
        overview=overview,
        skills=("Copywriting", "Editing", "SEO", "Web Content", "Proofreading", "Interviews"),
        market="bicycle workshops",
        service="copywriting",
        employment=(
            Employment("Mechanic", "A workshop", "", "I mended bicycles for six years. " * 10),
        ),
    )


def measure_checks() -> Measured:
    """All checks (P1, P3-P6, P9, P11), turn by turn with the pass over the words."""
    record = Record(jobs=144, hourly_jobs=20, fixed_jobs=124, hours=Decimal(74))

    def check(content: Content) -> object:
        return findings_of(content, record=record, as_of=AS_OF)

    first = _milliseconds(lambda: check(profile_with(overview_of(0))))
    checks: list[tuple[float, float]] = []
    passes: list[tuple[float, float]] = []
    for run in range(1, RUNS + 1):
        content = profile_with(overview_of(run))
        passes.append(_milliseconds(partial(WORDS.findall, content.overview)))
        checks.append(_milliseconds(partial(check, content)))
    return _measured(
        "all checks",
        characters=LONGEST_OVERVIEW,
        first=first,
        times=checks,
        passes=passes,
        bar_ms=CHECKS_BAR_MS,
    )


def measure_match() -> Measured:
    """Reading a post and matching it (P8), turn by turn with the pass over both texts."""
    random = Random(SEED)

    def made_up() -> tuple[str, Content]:
        return text_of(random, POST_CHARACTERS), made_up_profile(random)

    def match(post: str, content: Content) -> object:
        return match_of(terms_of(post), content)

    post, content = made_up()
    first = _milliseconds(partial(match, post, content))
    matches: list[tuple[float, float]] = []
    passes: list[tuple[float, float]] = []
    for _run in range(RUNS):
        post, content = made_up()
        text = post + content.overview
        passes.append(_milliseconds(partial(WORDS.findall, text)))
        matches.append(_milliseconds(partial(match, post, content)))
    return _measured(
        "match against a post",
        characters=POST_CHARACTERS + LONGEST_OVERVIEW,
        first=first,
        times=matches,
        passes=passes,
        bar_ms=MATCH_BAR_MS,
    )


def _measured(
    name: str,
    *,
    characters: int,
    first: tuple[float, float],
    times: list[tuple[float, float]],
    passes: list[tuple[float, float]],
    bar_ms: float,
) -> Measured:
    """Of pairs of worked and waited milliseconds."""
    worked, waited = zip(*times, strict=True)
    median = statistics.median(worked)
    one_pass = statistics.median(each for each, _ in passes)
    return Measured(
        name=name,
        characters=characters,
        runs=len(times),
        first_ms=first[1],
        median_ms=median,
        waited_ms=statistics.median(waited),
        slowest_ms=max(worked),
        pass_ms=one_pass,
        ratio=median / one_pass,
        bar_ms=bar_ms,
    )


def _milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """Worked by the processor, and waited by the clock."""
    start, processor = time.perf_counter(), time.process_time()
    work()
    worked = (time.process_time() - processor) * 1000
    return worked, (time.perf_counter() - start) * 1000


MEASUREMENTS: tuple[Callable[[], Measured], ...] = (measure_checks, measure_match)


def _table(measured: Measured) -> str:
    lines = [
        (f"{measured.name}, characters", f"{measured.characters:,}"),
        ("runs", f"{measured.runs:,}"),
        ("the first, with loading", f"{measured.first_ms:,.0f} ms"),
        (f"median (bar: {measured.bar_ms:,.0f} ms)", f"{measured.median_ms:,.2f} ms"),
        ("the same by the clock", f"{measured.waited_ms:,.2f} ms"),
        ("slowest", f"{measured.slowest_ms:,.2f} ms"),
        ("one pass of \\w+ over the text", f"{measured.pass_ms:,.3f} ms"),
        ("ratio to the pass", f"{measured.ratio:,.0f} ×"),
        ("bar", "held" if measured.passed else "FALLS SHORT"),
    ]
    return "\n".join(f"{name:<34}{figure:>14}" for name, figure in lines)


def main() -> int:
    """Run it; the exit status is 1 where a bar falls short."""
    parser = argparse.ArgumentParser(description="Checks and match of a profile while typing.")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    results = [measure() for measure in MEASUREMENTS]
    passed = all(each.passed for each in results)
    if arguments.json:
        print(json.dumps({"passed": passed, "measured": [asdict(each) for each in results]}))
    else:
        print("\n\n".join(map(_table, results)))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
