"""What works (B1, B5, B6): how many proposals are answered and won, by what they were made of.

Proposals that were sent are counted once for each of their traits: the template, the blocks, the
niche, the bid, the hour. Each share has its interval, and nothing is called better or worse before
there is enough of it and of the rest (`FEWEST`). No Django, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from profiles.conversion import CONVENTION, Rate, Verdict, chance_better, rate_of

FEWEST: Final = CONVENTION.fewest_proposals
"""Proposals on either side below which nothing is said [C]."""
GENERIC: Final = (0.01, 0.03)
"""The share of mass proposals that is answered (B1)."""
PERSONAL: Final = 0.30
"""The share of personal ones, about (B1)."""


class Dimension(StrEnum):
    """What proposals are told apart by."""

    ALL = "all"
    TEMPLATE = "template"  # summed over its versions
    VERSION = "version"
    BLOCK = "block"
    NICHE = "niche"
    PROFILE = "profile"
    BID = "bid"
    HOUR = "hour"
    WEEKDAY = "weekday"
    BOOSTED = "boosted"
    INVITED = "invited"


BIDS: Final[Mapping[str, tuple[int, ...]]] = {
    "hourly": (0, 25, 50, 75, 100, 150),
    "fixed": (0, 100, 500, 1_000, 5_000),
}
"""Where a range of bids begins, in dollars; it ends where the next one begins [C]."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One proposal that was sent, as far as it is counted. `sent_at` is in the zone of whoever
    sent it; `connects` are those of the proposal and of its boost."""

    sent_at: dt.datetime
    version: int | None = None
    blocks: tuple[int, ...] = ()
    niche: str = ""
    profile: int | None = None
    kind: str = ""
    bid: Decimal | None = None
    is_boosted: bool = False
    is_invitation: bool = False
    connects: int = 0
    was_viewed: bool = False
    was_replied: bool = False
    was_won: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were sent, and what came of them."""

    sent: int = 0
    viewed: int = 0
    replied: int = 0
    won: int = 0
    connects: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.sent + other.sent,
            self.viewed + other.viewed,
            self.replied + other.replied,
            self.won + other.won,
            self.connects + other.connects,
        )

    def without(self, other: Counts) -> Counts:
        """What is left of these; never less than nothing."""
        return Counts(
            max(0, self.sent - other.sent),
            max(0, self.viewed - other.viewed),
            max(0, self.replied - other.replied),
            max(0, self.won - other.won),
            max(0, self.connects - other.connects),
        )


def bid_range(kind: str, bid: Decimal | None) -> str:
    """Such as "hourly:50" for $50 up to the next range; "" without a kind or a bid."""
    starts = BIDS.get(kind)
    if starts is None or bid is None or bid < 0:
        return ""
    return f"{kind}:{max(start for start in starts if start <= bid)}"


def traits_of(sent: Sent) -> Iterator[tuple[Dimension, str]]:
    """Everything that one proposal is counted for."""
    yield Dimension.ALL, ""
    if sent.version is not None:
        yield Dimension.VERSION, str(sent.version)
    for block in set(sent.blocks):
        yield Dimension.BLOCK, str(block)
    if niche := sent.niche.strip():
        yield Dimension.NICHE, niche
    if sent.profile is not None:
        yield Dimension.PROFILE, str(sent.profile)
    if bid := bid_range(sent.kind, sent.bid):
        yield Dimension.BID, bid
    yield Dimension.HOUR, str(sent.sent_at.hour)
    yield Dimension.WEEKDAY, str(sent.sent_at.weekday())
    yield Dimension.BOOSTED, "yes" if sent.is_boosted else "no"
    yield Dimension.INVITED, "yes" if sent.is_invitation else "no"


def counted(rows: Iterable[Sent]) -> dict[tuple[Dimension, str], Counts]:
    """The counts of each trait."""
    found: defaultdict[tuple[Dimension, str], Counts] = defaultdict(Counts)
    for row in rows:
        # Who replied or was won over has looked, and a deal is an answer, whatever was noted.
        was_replied = row.was_replied or row.was_won
        one = Counts(
            1, int(row.was_viewed or was_replied), int(was_replied), int(row.was_won), row.connects
        )
        for trait in traits_of(row):
            found[trait] += one
    return dict(found)


def merged(parts: Iterable[tuple[str, Counts]]) -> dict[str, Counts]:
    """Counts of the same key put together, such as those of a template's versions."""
    found: defaultdict[str, Counts] = defaultdict(Counts)
    for key, counts in parts:
        found[key] += counts
    return dict(found)


@dataclass(frozen=True, slots=True)
class Group:
    """Proposals that share a trait, and what may be said about them against all the others."""

    key: str
    counts: Counts
    replies: Rate | None
    """None as long as there are fewer than `FEWEST`."""
    wins: Rate | None
    verdict: Verdict

    @property
    def connects_per_reply(self) -> float | None:
        return per(self.counts.connects, self.counts.replied)


def group_of(key: str, counts: Counts, whole: Counts) -> Group:
    """One group against the rest of `whole`: are its replies more, or fewer?"""
    if counts.sent < FEWEST:
        return Group(key, counts, None, None, Verdict.NOT_ENOUGH)
    replies = rate_of(min(counts.replied, counts.sent), counts.sent)
    wins = rate_of(min(counts.won, counts.sent), counts.sent)
    rest = whole.without(counts)
    if rest.sent < FEWEST:
        return Group(key, counts, replies, wins, Verdict.NOT_ENOUGH)
    others = Rate(min(rest.replied, rest.sent), rest.sent)
    chance = chance_better(others, replies)
    if chance >= CONVENTION.sure:
        verdict = Verdict.BETTER
    elif chance <= 1 - CONVENTION.sure:
        verdict = Verdict.WORSE
    else:
        verdict = Verdict.NO_CLEAR_DIFFERENCE
    return Group(key, counts, replies, wins, verdict)


class Standing(StrEnum):
    """Where a reply rate stands against the benchmarks of B1."""

    NOT_ENOUGH = "not_enough"
    GENERIC = "generic"  # what mass proposals get
    UNCLEAR = "unclear"  # it may be that little, and more
    BETWEEN = "between"
    PERSONAL = "personal"
    ABOVE = "above"


def standing_of(replies: Rate | None) -> Standing:
    """What the whole interval says, not the share alone (B1)."""
    if replies is None or replies.low is None or replies.high is None:
        return Standing.NOT_ENOUGH
    if replies.low > PERSONAL:
        return Standing.ABOVE
    if replies.high <= GENERIC[1]:
        return Standing.GENERIC
    if replies.low <= GENERIC[1]:
        return Standing.UNCLEAR
    return Standing.PERSONAL if replies.high >= PERSONAL else Standing.BETWEEN


def per(spent: int, gained: Decimal | int) -> float | None:
    """So many connects for one of it (B6); None where nothing was gained."""
    return float(spent / gained) if gained > 0 else None
