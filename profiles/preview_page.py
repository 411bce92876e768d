"""A profile as a client sees it (P2), and each field ready to be copied into Upwork."""

from dataclasses import dataclass

from profiles.choices import code_names
from profiles.content import FIELDS, FIRST_SEEN, Content, Earnings
from profiles.content_lines import lines_of
from profiles.field_names import field_name
from profiles.record import Record

NOT_COPIED = frozenset({"market", "service", "earnings", "available_on"})
"""Ours, or chosen on Upwork and not typed."""
CARD_SKILLS = 5


@dataclass(frozen=True, slots=True)
class CopyField:
    """One field, as text to be pasted."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a client sees first. Badges and earnings come from the contract log, as estimates."""

    content: Content
    record: Record

    @property
    def first_seen(self) -> str:
        """The beginning of the overview in the list of search results (P11)."""
        return " ".join(self.content.overview[:FIRST_SEEN].split())

    @property
    def is_cut(self) -> bool:
        return len(self.content.overview) > FIRST_SEEN

    @property
    def rest(self) -> str:
        return self.content.overview[FIRST_SEEN:]

    @property
    def card_skills(self) -> tuple[str, ...]:
        return self.content.skills[:CARD_SKILLS]

    @property
    def more_skills(self) -> int:
        return max(0, len(self.content.skills) - CARD_SKILLS)

    @property
    def shows_earnings(self) -> bool:
        return self.content.earnings == Earnings.SHOWN and self.record.earned > 0

    @property
    def copies(self) -> list[CopyField]:
        """Every field that is filled, in the order of the page."""
        found = [
            CopyField(name, field_name(name), _copied(self.content, name))
            for name in FIELDS
            if name not in NOT_COPIED
        ]
        return [each for each in found if each.text]


def _copied(content: Content, name: str) -> str:
    value = getattr(content, name)
    return ", ".join(value) if name == "skills" else lines_of(name, value, labels=code_names())
