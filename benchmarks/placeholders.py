"""Hostile templates, and how long a large one takes beside `str.replace` on the same text.

    ./dev bench placeholders [--json]

A hundred thousand templates that Hypothesis makes: the output holds literal text and allow-listed
values only, as a second implementation finds it. Then texts of 1 MB, rendered, and their braces
replaced with `str.replace`, turn by turn in the same run; the bar is 20 times. Ends with status 1
where something does not hold.
"""

import argparse
import json
import statistics
import sys
import time
from dataclasses import asdict, dataclass

from hypothesis import HealthCheck, given, settings

from proposals.placeholders import render
from tests.proposals.hostile_templates import ALLOWED, VALUES, hostile_templates, must_hold

TEMPLATES = 100_000
ROUNDS = 15
MOST_TIMES = 20.0
MEGABYTE = 1_000_000
LETTER = "Hi {{ client_name }},\nyour shop {{ title }} loses orders where people pay. " * 3
TEXTS = {
    "letters": LETTER,
    "plain words": "Your checkout asks for the address twice, and people leave. ",
    "open braces": "{",
    "closed braces": "}",
    "half placeholders": "{{ title ",
    "attributes": "{{ x.__class__ }} ",
    "a name without an end": "{{ " + "a" * 5_000,
}


@dataclass(frozen=True)
class Measured:
    """One text of 1 MB: median milliseconds of both, and the ratio."""

    text: str
    render_ms: float
    replace_ms: float
    ratio: float
    passed: bool


def tried() -> int:
    """How many hostile templates were tried; an exception tells the one that fails."""
    count = 0

    @settings(
        max_examples=TEMPLATES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(hostile_templates)
    def one(text: str) -> None:
        nonlocal count
        count += 1
        must_hold(text)

    one()
    return count


def measured(name: str, piece: str) -> Measured:
    text = (piece * (MEGABYTE // len(piece) + 1))[:MEGABYTE]
    braces = "}}" if "}}" in text and "{{" not in text else "{{"
    renders, replaces = [], []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        text.replace(braces, "[[")
        replaces.append(time.perf_counter() - began)
        began = time.perf_counter()
        render(text, VALUES, allowed=ALLOWED)
        renders.append(time.perf_counter() - began)
    ours, theirs = 1_000 * statistics.median(renders), 1_000 * statistics.median(replaces)
    ratio = ours / theirs
    return Measured(name, round(ours, 2), round(theirs, 3), round(ratio, 1), ratio <= MOST_TIMES)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    rows = [measured(name, piece) for name, piece in TEXTS.items()]
    count = tried()
    passed = all(row.passed for row in rows) and count >= TEMPLATES
    if options.json:
        document = [asdict(row) for row in rows]
        print(json.dumps({"templates": count, "texts": document, "passed": passed}))
        return 0 if passed else 1
    print(f"{'1 MB of':<24}{'render ms':>12}{'replace ms':>12}{'ratio':>8}")
    for row in rows:
        line = f"{row.text:<24}{row.render_ms:>12.2f}{row.replace_ms:>12.3f}{row.ratio:>8.1f}"
        print(line if row.passed else f"{line}  over the bar")
    print(f"The bar: at most {MOST_TIMES:.0f} times `str.replace` on the same text.")
    print(f"Hostile templates tried: {count:,}, none that rendered anything else.")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
