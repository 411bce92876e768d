"""A draft with what the checks find in it, as its page shows it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from profiles.check_words import CheckWords, words_of
from profiles.checks import Finding, findings_of
from profiles.checks.findings import Weight
from profiles.content import FIELDS, SHARED, Content
from profiles.dismissal_services import dismissal_key
from profiles.field_names import field_name
from profiles.models import Dismissal, Profile
from profiles.record import Record

CLEANED = frozenset({"pasted-html", "invisible-characters", "direction-override"})
SAID_ONCE = SHARED | {"record"}
"""What all profiles of a freelancer have in common is said on the page of the general one."""
MARKED = frozenset({Weight.MUST, Weight.ADVICE})
"""What is marked in the text; the rest is a matter of opinion and stands in the list only."""


class Group(StrEnum):
    """What stands together in the list."""

    MUST = "must"
    READS_BETTER = "reads_better"
    MISSING = "missing"
    BOTH_WAYS = "both_ways"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with its words, the control that it is about, and why it was set aside, if so."""

    finding: Finding
    key: str
    dismissal: Dismissal | None = None

    @property
    def words(self) -> CheckWords:
        return words_of(self.finding)

    @property
    def field_name(self) -> str:
        """What the field is called; "" for what the contract log says (P6)."""
        return field_name(self.finding.field) if self.finding.field in FIELDS else ""

    @property
    def control(self) -> str:
        """The id of the control that holds the text."""
        found = self.finding
        if found.entry is None or not found.part:  # a skill is a line of its field
            return f"id_{found.field}"
        return f"id_{found.field}-{found.entry}-{found.part}"

    @property
    def place(self) -> str:
        """Where a link to it leads: its control, or the list as a whole."""
        return self.control if self.is_text else f"list-{self.finding.field}"

    @property
    def is_text(self) -> bool:
        """Whether it is about a text on the page, and not about a list as a whole."""
        return bool(self.finding.part) or self.finding.field in TEXT_FIELDS

    @property
    def group(self) -> Group:
        if self.finding.weight == Weight.ADVICE:
            return Group.READS_BETTER if self.is_passage else Group.MISSING
        return Group(self.finding.weight.value)

    @property
    def can_be_cleaned(self) -> bool:
        """Whether what was found came along with pasted text and can be taken out at once."""
        return self.finding.check in CLEANED and self.finding.entry is None

    @property
    def is_passage(self) -> bool:
        return self.finding.end > self.finding.start


TEXT_FIELDS = frozenset(
    {
        *("title", "rate", "overview", "skills", "market", "service", "video"),
        *("availability", "available_on", "earnings"),
    }
)


@dataclass(frozen=True)
class CheckedDraft:
    """What the checks say about a draft. `elsewhere` counts those about what all profiles share,
    which the general profile's page shows."""

    open: tuple[ShownFinding, ...]
    dismissed: tuple[ShownFinding, ...]
    elsewhere: int = 0

    @cached_property
    def groups(self) -> list[tuple[Group, list[ShownFinding]]]:
        """What is open, the weightiest first; each group in the order of the page."""
        found = {group: list[ShownFinding]() for group in Group}
        for shown in self.open:
            found[shown.group].append(shown)
        return [(group, rows) for group, rows in found.items() if rows]

    @property
    def to_mend(self) -> int:
        """How many there are beside mere notes."""
        return sum(each.finding.weight in MARKED for each in self.open)

    @property
    def marks(self) -> dict[str, list[Sequence[int | str]]]:
        """Per control the passages to mark: start, end (code points), weight and what it is."""
        found: dict[str, list[Sequence[int | str]]] = {}
        for shown in self.open:
            if (
                shown.is_passage
                and shown.finding.field != "skills"
                and shown.finding.weight in MARKED
            ):
                at = shown.finding
                mark = [at.start, at.end, at.weight.value, str(shown.words.title)]
                found.setdefault(shown.control, []).append(mark)
        return found


def checked_draft(
    profile: Profile,
    content: Content,
    *,
    record: Record | None,
    as_of: dt.date,
    dismissals: Sequence[Dismissal],
) -> CheckedDraft:
    """Run all checks over what the draft says, and set aside what somebody dismissed."""
    why = {dismissal.key: dismissal for dismissal in dismissals}
    found = findings_of(content, record=record, as_of=as_of)
    own = [each for each in found if profile.is_general or each.field not in SAID_ONCE]
    shown = [_shown(each, why) for each in own]
    return CheckedDraft(
        open=tuple(each for each in shown if each.dismissal is None),
        dismissed=tuple(each for each in shown if each.dismissal is not None),
        elsewhere=len(found) - len(own),
    )


def _shown(finding: Finding, why: dict[str, Dismissal]) -> ShownFinding:
    key = dismissal_key(finding.key)
    return ShownFinding(finding, key, why.get(key))
