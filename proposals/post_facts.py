"""A post's facts as a proposal keeps them: plain values that a person may correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from proposals.checks import Asked, Requested
from proposals.posts import Between, Facts, Kind, Read

CLIENT_FACTS: Final = (
    *("country", "city", "member_since", "jobs_posted", "hire_rate", "total_spent", "hires"),
    *("average_rate", "rating", "reviews", "is_payment_verified"),
)
"""What a post's page says of the client, in the order in which it is shown."""
JOB_FACTS: Final = ("level", "duration", "weekly_hours", "connects", "proposals", "location")


def plain_facts(facts: Facts) -> dict[str, Any]:
    """What JSON keeps of them; a fact that the post does not say is not there."""
    kept: dict[str, Any] = {
        "skills": [each.value for each in facts.skills],
        "questions": [each.value for each in facts.questions],
        "requests": [
            {"text": each.text, "word": each.word.value if each.word else ""}
            for each in facts.requests
        ],
        "language": facts.language,
    }
    if facts.rate:
        kept["rate_low"] = f"{facts.rate.value.low}"
        kept["rate_high"] = "" if facts.rate.value.high is None else f"{facts.rate.value.high}"
    for name in ("kind", "budget", "currency", *CLIENT_FACTS, *JOB_FACTS):
        read = getattr(facts, name)
        if isinstance(read, Read):
            kept[name] = _plain(read.value)
    return kept


def _plain(value: object) -> object:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, Between):
        return f"{value.low}+" if value.high is None else f"{value.low}–{value.high}"
    return value.value if isinstance(value, Kind) else str(value)


@dataclass(frozen=True, slots=True)
class PostFacts:
    """The facts of one proposal, read back; money in `currency`, USD where none is said."""

    kind: str = ""
    rate_low: Decimal | None = None
    rate_high: Decimal | None = None
    budget: Decimal | None = None
    currency: str = "USD"
    skills: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    requests: tuple[Requested, ...] = ()
    others: Mapping[str, object] = field(default_factory=dict)

    def asked(self, *, title: str, text: str, client_name: str) -> Asked:
        """The post as the checks of a letter want it."""
        return Asked(
            title=title,
            text=text,
            skills=self.skills,
            questions=self.questions,
            requests=self.requests,
            client_name=client_name,
        )


def facts_from_plain(kept: Mapping[str, Any]) -> PostFacts:
    """What was kept; what is not understood there is left out."""
    return PostFacts(
        kind=str(kept.get("kind", "")),
        rate_low=_amount(kept.get("rate_low")),
        rate_high=_amount(kept.get("rate_high")),
        budget=_amount(kept.get("budget")),
        currency=str(kept.get("currency") or "USD"),
        skills=tuple(str(each) for each in _list(kept, "skills")),
        questions=tuple(str(each) for each in _list(kept, "questions")),
        requests=tuple(
            Requested(str(each.get("text", "")), str(each.get("word", "")))
            for each in _list(kept, "requests")
            if isinstance(each, dict)
        ),
        others={name: kept[name] for name in (*CLIENT_FACTS, *JOB_FACTS) if name in kept},
    )


def _list(kept: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = kept.get(name)
    return value if isinstance(value, list) else []


def _amount(value: object) -> Decimal | None:
    try:
        return Decimal(str(value)) if value not in (None, "") else None
    except InvalidOperation:
        return None
