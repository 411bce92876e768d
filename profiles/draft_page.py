"""What the page of a draft shows: its fields, its lists, the checks and who changed what."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.forms.boundfield import BoundField

from accounts.actors import Actor
from accounts.formats import number
from profiles.content import (
    ENTRY_TYPES,
    FIELDS,
    LONGEST_OVERVIEW,
    LONGEST_TITLE,
    MOST_SKILLS,
    SHARED,
)
from profiles.content_lines import lines_of
from profiles.draft_forms import DraftForm
from profiles.draft_services import Saved, seen_of
from profiles.entry_forms import LIST_HINTS, EntryFormSet, entry_forms
from profiles.field_names import field_name
from profiles.known_checks import CheckedDraft, checked_draft
from profiles.known_record import record_of
from profiles.models import Dismissal, DraftChange, Profile, ProfileVersion
from profiles.selectors import ProfileSet, profile_set
from profiles.text_diff import Piece, words_compared

CHANGES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else changed a field meanwhile: theirs and yours, word for word."""

    name: str
    by: str
    at: dt.datetime | None
    is_own: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class DraftField:
    """One field of the page. `seen` is the fingerprint that its next edit starts from."""

    name: str
    bound: BoundField
    seen: str
    count: str
    is_over: bool
    is_settled: bool
    conflict: Conflict | None


@dataclass(frozen=True, slots=True)
class DraftList:
    """One list of the page, such as the portfolio."""

    name: str
    forms: EntryFormSet
    seen: str
    is_settled: bool = True
    conflict: Conflict | None = None

    @property
    def label(self) -> str:
        return field_name(self.name)

    @property
    def hint(self) -> str:
        return str(LIST_HINTS[self.name])

    @property
    def entries(self) -> int:
        return self.forms.initial_form_count()

    @property
    def is_open(self) -> bool:
        return not self.is_settled or self.forms.total_form_count() > self.entries


@dataclass(frozen=True, slots=True)
class Sent:
    """What a browser sent: texts by field, and the fingerprints that they started from.

    A field is settled when what was sent is what is stored now. Only then the page may go on from
    there: else the next edit would silently write over what somebody else wrote.
    """

    typed: Mapping[str, Any]
    seen: Mapping[str, str]

    def is_settled(self, profile: Profile, name: str) -> bool:
        if name not in self.typed:
            return False
        other = Profile(position=profile.position, **{name: self.typed[name]})
        return bool(other.plain(name) == profile.plain(name))


@dataclass
class DraftPage:
    """The page of one draft; `sent` and the bound forms hold what a browser has just sent."""

    actor: Actor
    profile: Profile
    today: dt.date
    form: DraftForm | None = None
    sent: Sent | None = None
    saved: Saved | None = None
    bound_list: EntryFormSet | None = None
    list_name: str = ""
    shows_list_anew: bool = False
    blank_in: str = ""
    taken: str = ""
    conflicts: dict[str, Conflict] = field(default_factory=dict)

    @cached_property
    def profiles(self) -> ProfileSet:
        return profile_set(self.actor, self.profile.freelancer)

    @property
    def is_fine(self) -> bool:
        """Whether all of what was sent is saved."""
        has_errors = bool(self.form and self.form.errors) or self.bound_list is not None
        return not has_errors and not self.conflicts

    @property
    def last_change(self) -> str:
        """The id of the change that was just made; "" where nothing was different."""
        return self.saved.changes[-1].public_id if self.saved and self.saved.changes else ""

    @property
    def own_names(self) -> frozenset[str]:
        """The fields that can be edited on this page."""
        return frozenset(n for n in FIELDS if self.profile.is_general or n not in SHARED)

    @cached_property
    def checked(self) -> CheckedDraft:
        own = self.profiles.own(self.profile)
        return checked_draft(
            own,
            self.profiles.content_of(own),
            record=record_of(self.profile.freelancer, as_of=self.today, figures_only=True),
            as_of=self.today,
            dismissals=list(Dismissal.objects.for_actor(self.actor).filter(profile=self.profile)),
        )

    @cached_property
    def fields(self) -> dict[str, DraftField]:
        """All texts of the page: those that were sent as they were sent, the others as stored."""
        stored = DraftForm(profile=self.profile, may_change=self.actor.may_change)
        sent = self.form.fields if self.form else {}
        return {
            name: self._field(name, self.form if self.form and name in sent else stored)
            for name in stored.fields
        }

    @property
    def answered(self) -> list[DraftField]:
        """The texts that a script sent, each with what became of it."""
        sent = self.form.fields if self.form else {}
        return [each for name, each in self.fields.items() if name in sent or name == self.taken]

    @cached_property
    def lists(self) -> list[DraftList]:
        names = [n for n in ENTRY_TYPES if self.profile.is_general or n not in SHARED]
        return [self._list(name) for name in names]

    @property
    def answered_list(self) -> DraftList | None:
        return next((each for each in self.lists if each.name == self.list_name), None)

    @cached_property
    def changes(self) -> list[tuple[str, DraftChange]]:
        """The last changes, each with the name of its field."""
        rows = DraftChange.objects.for_actor(self.actor).filter(profile=self.profile)
        return [(field_name(row.field), row) for row in rows.newest_first()[:CHANGES_SHOWN]]

    @cached_property
    def newest_version(self) -> ProfileVersion | None:
        rows = ProfileVersion.objects.for_actor(self.actor).filter(profile=self.profile)
        return rows.newest_first().first()

    def _field(self, name: str, form: DraftForm) -> DraftField:
        has, most = self._counted(name, form)
        sent = self.sent if form is self.form else None
        seen = sent.seen if sent else {}
        is_settled = sent is None or sent.is_settled(self.profile, name)
        return DraftField(
            name=name,
            bound=form[name],
            seen=seen_of(self.profile, name) if is_settled else seen.get(name, ""),
            count=f"{number(has)} / {number(most)}" if most else "",
            is_over=bool(most) and has > most,
            is_settled=is_settled,
            conflict=self.conflicts.get(name),
        )

    def _counted(self, name: str, form: DraftForm) -> tuple[int, int]:
        """How much there is of what Upwork limits (P11), and its limit; 0 without one."""
        limits = {"title": LONGEST_TITLE, "overview": LONGEST_OVERVIEW, "skills": MOST_SKILLS}
        if name not in limits:
            return 0, 0
        typed = getattr(form, "cleaned_data", {}).get(name)
        return len(getattr(self.profile, name) if typed is None else typed), limits[name]

    def _list(self, name: str) -> DraftList:
        seen = seen_of(self.profile, name)
        if name == self.list_name and self.bound_list is not None and self.sent is not None:
            is_settled = self.sent.is_settled(self.profile, name)
            seen = seen if is_settled else self.sent.seen.get(name, "")
            return DraftList(name, self.bound_list, seen, is_settled, self.conflicts.get(name))
        forms = entry_forms(
            name,
            getattr(self.profile, name),
            blanks=int(self.blank_in == name),
            may_change=self.actor.may_change,
        )
        return DraftList(name, forms, seen)


def conflicts_of(actor: Actor, saved: Saved, typed: Mapping[str, Any]) -> dict[str, Conflict]:
    """What to show about each field that somebody else, or another window, changed first."""
    return {name: _conflict(actor, saved.profile, name, typed[name]) for name in saved.conflicts}


def _conflict(actor: Actor, profile: Profile, name: str, typed: Any) -> Conflict:
    last: DraftChange | None = profile.changes.filter(field=name).newest_first().first()
    theirs = lines_of(name, getattr(profile, name))
    return Conflict(
        name=name,
        by=last.who_name if last else "",
        at=last.changed_at if last else None,
        is_own=last is not None and last.who_id == actor.user.pk,
        pieces=words_compared(theirs, lines_of(name, typed)),
    )
