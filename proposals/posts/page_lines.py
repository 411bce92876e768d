"""Lines that the page wrote and not the client: the job's figures, its activity, the client's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from proposals.posts.amounts import AMOUNT
from proposals.posts.countries import is_country
from proposals.posts.headings import give_parts
from proposals.posts.lines import Line, Part, is_site_word, lines_of

LEVEL: Final = r"entry[ -]level|entry|intermediate|expert"
DURATION: Final = (
    r"less than (?:a|1|one) (?:week|month)|\d{1,2} to \d{1,2} (?:weeks|months)|"
    r"more than \d{1,2} months|\d{1,2}\+ months|\d{1,2} ?[-–] ?\d{1,2} months"
)
HOURS: Final = (
    r"(?:less|more) than \d{1,2} ?(?:hrs|hours) ?(?:/|per|a) ?week|"
    r"\d{1,2}\+ ?(?:hrs|hours) ?(?:/|per|a) ?week|"
    r"\d{1,2} ?[-–] ?\d{1,2} (?:hrs|hours) ?(?:/|per|a) ?week|hours to be determined"
)
_RANGE: Final = rf"{AMOUNT}(?: ?/ ?hr)?(?:\s?[-–—]\s?{AMOUNT})?(?: ?/ ?hr)?"
_FIXED: Final = r"fixed[ -]price(?: project| job| budget)?"
_TIME: Final = rf"(?:{DURATION}|{HOURS})"
_POSTED: Final = r"(?:re)?posted(?: on)?:? .{3,40}"

# They tell what they are without a neighbour.
_ALONE: Final = re.compile(
    rf"hourly(?: range| rate)? ?[:–—-] ?{_RANGE}|{_FIXED} ?[:–—-] ?{AMOUNT}|"
    rf"est\.? budget: ?{AMOUNT}|{_RANGE} ?/ ?hr|{_RANGE} hourly|{AMOUNT} {_FIXED}|"
    rf"(?:{HOURS})|(?:experience level): ?(?:{LEVEL})|"
    rf"(?:duration|project length|est\.? time|estimated time): ?{_TIME}(?:, ?{_TIME})?|"
    rf"(?:hours needed|weekly hours|hours per week): ?(?:{HOURS})|"
    rf"(?:{_FIXED}|hourly(?:: ?{_RANGE})?)(?: [-–—·|•] (?:{LEVEL}|{_TIME}|{_POSTED}|"
    rf"est\.? (?:budget|time): ?(?:{AMOUNT}|{_TIME}(?:, ?{_TIME})?))){{1,4}}|"
    r"project type: ?(?:one-time|ongoing|complex) project|contract-to-hire opportunity|"
    r"i am looking for (?:freelancers with the lowest rates|a mix of experience and value)|"
    r"i am willing to pay higher rates for the most experienced freelancers|"
    r"(?:posted on|category): .{1,60}",
    re.IGNORECASE,
)
# They are the page's only side by side with another of them.
_IN_COMPANY: Final = re.compile(
    rf"{_RANGE}|[-–—]|hourly|{_FIXED}|(?:est\.? )?budget|{LEVEL}|experience level|{_TIME}|"
    r"duration|project length|hours needed|remote job|(?:one-time|ongoing|complex) project|"
    rf"project type|budget {AMOUNT}|(?:job |project |payment )?type:? (?:{_FIXED}|hourly)",
    re.IGNORECASE,
)
_ACTIVITY: Final = re.compile(
    r"proposals: ?(?:less than \d+|\d+ to \d+|\d+\+?)|(?:interviewing|invites sent|"
    r"unanswered invites|hires): ?\d+|last viewed by client: ?.{3,30}|bid range.{0,60}|"
    r"(?:send a proposal for|required connects to submit a proposal|connects required|"
    r"connects to (?:apply|submit a proposal)|available connects):? ?\d{0,4}(?: connects)?",
    re.IGNORECASE,
)
_CLIENT: Final = re.compile(
    rf"payment (?:method )?(?:not |un)?verified|phone number verified|"
    rf"rating is [0-5](?:\.\d+)? out of 5|[0-5](?:\.\d+)? of \d[\d,]* reviews?|"
    rf"\d[\d,]* reviews?|{AMOUNT} (?:total )?spent|"
    rf"\d[\d,]* jobs? posted(?:,? \d{{1,3}}% hire rate.{{0,30}})?|"
    rf"\d{{1,3}}% hire rate(?:, \d+ open jobs?)?|\d[\d,]* hires?, \d[\d,]* active|"
    rf"{AMOUNT} ?/ ?hr avg\.? hourly rate paid|member since .{{4,20}}|"
    rf"country: ?[^\d,.]{{3,40}}",
    re.IGNORECASE,
)
_WHEN: Final = (
    r"(?P<when>(?:\d{1,3}|an?|one|last) [a-z]+(?: ago)?|yesterday|today|just now|"
    r"(?=.{0,30}\d{4}).{8,40})"
)
POSTED: Final = re.compile(rf"(?:re)?posted(?: on)?[: ]\s?{_WHEN}", re.IGNORECASE)
WHEN: Final = re.compile(_WHEN, re.IGNORECASE)
_COUNT: Final = re.compile(r"less than \d+|\d+ to \d+|\d+\+?", re.IGNORECASE)
LOCATION: Final = re.compile(
    r"(?:only )?(?:freelancers )?(?:located|based) in .{2,60} (?:may|can) apply|"
    r"only freelancers (?:located|based|from) .{2,60}|.{2,30} located freelancers only|"
    r"(?P<place>.{2,40}?) only",
    re.IGNORECASE,
)


def read_lines(text: str) -> list[Line]:
    """The lines of a post with the part each belongs to."""
    lines = lines_of(text)
    give_parts(lines, _is_client_figure)
    _mark_terms(lines)
    _mark_figures(lines)
    _mark_head(lines)
    return lines


def _is_client_figure(line: Line) -> bool:
    return bool(line.key and _CLIENT.fullmatch(line.plain.rstrip(".")))


def _mark_terms(lines: Sequence[Line]) -> None:
    """The job's figures, which also end a list of questions or skills before them."""
    known = [_is_term(line) for line in lines]
    sort = [
        2 if known[i] == 2 or (known[i] and _has_company(known, lines, i)) else 0
        for i in range(len(lines))
    ]
    ended: Part | None = None
    for line, is_term in zip(lines, sort, strict=True):
        if line.is_heading:
            ended = None
        elif line.part in {Part.OTHER, Part.ACTIVITY, Part.CLIENT}:
            continue
        elif is_term:
            ended = line.part
            line.part = Part.TERMS
        elif ended in {Part.QUESTIONS, Part.SKILLS}:
            line.part = Part.TEXT


def _is_term(line: Line) -> int:
    """2 for surely, 1 in company, 0 for not."""
    if not line.key and line.plain not in {"-", "–", "—"}:
        return 0
    if _ALONE.fullmatch(line.plain.rstrip(".:")) and not line.is_heading:
        return 2
    return int(bool(_IN_COMPANY.fullmatch(line.plain.rstrip(":"))))


def _has_company(known: Sequence[int], lines: Sequence[Line], at: int) -> bool:
    """Whether a neighbour is one too, and tells something else: no list says “Expert” twice."""
    near = [i for i in (at - 1, at + 1) if 0 <= i < len(lines)]
    return any(known[i] and lines[i].key != lines[at].key for i in near)


def _mark_figures(lines: Sequence[Line]) -> None:
    """What the page says about the activity and the client, where it stands without a heading."""
    for line in lines:
        if line.is_heading or line.part in {Part.OTHER, Part.CLIENT}:
            continue
        if _is_client_figure(line):
            line.part = Part.CLIENT
        elif line.key and _ACTIVITY.fullmatch(line.plain.rstrip(".")):
            line.part = Part.ACTIVITY
    for before, line in pairwise(lines):
        if before.key == "proposals" and _COUNT.fullmatch(line.plain):
            before.part = line.part = Part.ACTIVITY
        if before.part == Part.CLIENT and line.part == Part.TEXT and is_country(line.plain):
            line.part = Part.CLIENT


def _mark_head(lines: Sequence[Line]) -> None:
    """When it was posted, and from where one may apply, which stands beside it."""
    for at, line in enumerate(lines):
        if line.part not in {Part.TEXT, Part.TERMS} or not line.key:
            continue
        below = list(lines[at + 1 : at + 4])
        is_split = line.key == "posted" and bool(below and WHEN.fullmatch(below[0].plain))
        if is_split or POSTED.fullmatch(line.plain):
            line.part = Part.HEAD
            if is_split:
                below.pop(0).part = Part.HEAD
            for place in below[:2]:
                if place.part == Part.TEXT and not place.is_heading and is_place(place):
                    place.part = Part.HEAD
            return


def is_place(line: Line) -> bool:
    """Whether it says from where one may apply."""
    plain = line.plain.rstrip(".")
    if not line.key or is_site_word(line):
        return False
    return plain.casefold() == "worldwide" or is_country(plain) or bool(limit_in(plain))


def limit_in(plain: str) -> bool:
    """Whether a line of the page limits who may apply: “U.S. only”."""
    match = LOCATION.fullmatch(plain)
    return bool(match and (not match["place"] or is_country(match["place"])))
