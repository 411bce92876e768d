"""What the composer's page shows of one proposal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from profiles.check_words import CheckWords
from profiles.checks.findings import Finding, Weight
from profiles.known_record import record_of
from profiles.matching import Term, terms_of
from profiles.models import Profile
from profiles.selectors import ProfileSet, profile_set
from proposals.check_words import words_of
from proposals.checks import letter_findings
from proposals.composer_choice import (
    MOST_BLOCKS,
    FromLog,
    RankedPiece,
    passages_from_log,
    profile_scores,
    ranked_pieces,
)
from proposals.composer_services import BODY_BEFORE, seen_of_letter
from proposals.fields import Entry, Field, value_of
from proposals.funnel import Stage
from proposals.known_names import ASKED, FILLED, LABELS
from proposals.models import Piece, Placeholder, Proposal, ScreeningAnswer
from proposals.placeholders import Rendered, placeholders_in, render
from proposals.post_facts import PostFacts, facts_from_plain
from proposals.similar_questions import Answered, similar

FIRST_LINES: Final = 200
"""Characters that a client sees before opening the letter (P2, B9); about two lines."""
BEFORE: Final = 10
"""Letters that a new one is held against (B1)."""
MOST_ANSWERED: Final = 300
MOST_CLIENTS: Final = 200
MARKED: Final = frozenset({Weight.MUST, Weight.ADVICE})


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with its words."""

    finding: Finding
    words: CheckWords


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the letter with one mark or none."""

    text: str
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the post with its answer, and answers that were given to similar ones."""

    row: ScreeningAnswer
    offers: tuple[Answered, ...]
    answer: str


class ComposerPage:
    """Everything about one proposal while it is written; each part is read once, when needed."""

    def __init__(self, actor: Actor, proposal: Proposal) -> None:
        self.actor = actor
        self.proposal = proposal

    @property
    def may_change(self) -> bool:
        return self.actor.may_change

    @property
    def is_draft(self) -> bool:
        return self.proposal.stage == Stage.DRAFT

    @property
    def has_text_before(self) -> bool:
        return bool(self.proposal.facts.get(BODY_BEFORE))

    @property
    def seen(self) -> str:
        return seen_of_letter(self.proposal, self.answers)

    @cached_property
    def facts(self) -> PostFacts:
        return facts_from_plain(self.proposal.facts)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        return terms_of(self.proposal.post)

    @cached_property
    def profiles(self) -> ProfileSet:
        return profile_set(self.actor, self.proposal.freelancer)

    @cached_property
    def scored_profiles(self) -> list[tuple[Profile, int]]:
        return profile_scores(self.profiles, self.terms)

    @cached_property
    def _pieces(self) -> list[RankedPiece]:
        return ranked_pieces(self.actor, self.proposal.freelancer, self.terms)

    @property
    def templates(self) -> list[RankedPiece]:
        return [each for each in self._pieces if each.piece.kind == Piece.Kind.TEMPLATE]

    @property
    def blocks(self) -> list[RankedPiece]:
        """The fittest, without those that stand in the text."""
        found = [
            each
            for each in self._pieces
            if each.piece.kind != Piece.Kind.TEMPLATE
            and each.piece.body.strip() not in self.proposal.body
        ]
        return found[:MOST_BLOCKS]

    @cached_property
    def from_log(self) -> list[FromLog]:
        record = record_of(self.proposal.freelancer, as_of=timezone.localdate())
        return passages_from_log(self.terms, record.work)

    # ── The places to fill ──
    @cached_property
    def _placeholders(self) -> list[Placeholder]:
        return list(Placeholder.objects.for_actor(self.actor).in_order())

    @cached_property
    def known_fields(self) -> Mapping[str, Field]:
        """Every field that a text may have, by its name."""
        filled = {
            name: Field(name, str(LABELS[name]), default=self._known(name)) for name in FILLED
        }
        asked = {
            name: Field(name, str(LABELS[name]), str(meaning), entry=Entry.LINES)
            for name, meaning in ASKED.items()
        }
        own = {each.name: each.as_field for each in self._placeholders}
        return {**filled, **asked, **own}

    def _known(self, name: str) -> str:
        """What the product can fill in by itself; "" where it does not know."""
        proposal, profile = self.proposal, self.proposal.profile
        if name == "skill":
            return self._first_skill()
        known = {
            "client_name": proposal.client_name,
            "job_title": proposal.title,
            "my_name": proposal.freelancer.name,
            "my_title": profile.title if profile else "",
        }
        return known.get(name, "")

    def _first_skill(self) -> str:
        profile = self.proposal.profile
        own = {skill.casefold(): skill for skill in (profile.skills if profile else [])}
        return next(
            (own[each.casefold()] for each in self.facts.skills if each.casefold() in own), ""
        )

    @cached_property
    def fields(self) -> list[Field]:
        """Those in the text, in its order."""
        return self.fields_of(self.proposal.body)

    def fields_of(self, text: str) -> list[Field]:
        names = dict.fromkeys(each.name for each in placeholders_in(text))
        return [self.known_fields[name] for name in names if name in self.known_fields]

    # ── The letter ──
    @cached_property
    def rendered(self) -> Rendered:
        values = {
            field.name: value_of(field, str(self.proposal.values.get(field.name, "")))
            for field in self.fields
        }
        return render(self.proposal.body, values, allowed=self.known_fields)

    @property
    def letter(self) -> str:
        return self.rendered.text.strip()

    @property
    def first_lines(self) -> str:
        """What a client sees of it beside the other proposals (B9)."""
        return " ".join(self.letter[:FIRST_LINES].split())

    @property
    def is_cut(self) -> bool:
        return len(self.letter) > FIRST_LINES

    @cached_property
    def findings(self) -> list[ShownFinding]:
        proposal = self.proposal
        asked = self.facts.asked(
            title=proposal.title, text=proposal.post, client_name=proposal.client_name
        )
        # What has its own answer below the letter need not be answered in it.
        answered = {row.question for row in self.answers if row.answer.strip()}
        open_ones = tuple(each for each in asked.questions if each not in answered)
        asked = replace(asked, questions=open_ones)
        found = letter_findings(
            self.letter, asked, self._sent_before, self._other_clients, self.rendered.problems
        )
        return [ShownFinding(each, words_of(each)) for each in found]

    @property
    def to_mend(self) -> int:
        return sum(each.finding.weight in MARKED for each in self.findings)

    @property
    def segments(self) -> list[Segment]:
        """The letter with what was found marked in it."""
        spans = sorted(
            (each.finding.start, each.finding.end, each.finding.weight.value)
            for each in self.findings
            if each.finding.weight in MARKED and each.finding.end > each.finding.start
        )
        found, at = [], 0
        for start, end, weight in spans:
            if start < at:
                continue
            found += [Segment(self.letter[at:start]), Segment(self.letter[start:end], weight)]
            at = end
        return [each for each in [*found, Segment(self.letter[at:])] if each.text]

    @cached_property
    def _sent_before(self) -> list[str]:
        rows = Proposal.objects.for_actor(self.actor).filter(freelancer=self.proposal.freelancer)
        sent = rows.exclude(letter="").exclude(pk=self.proposal.pk).order_by("-pk")
        return list(sent.values_list("letter", flat=True)[:BEFORE])

    @cached_property
    def _other_clients(self) -> list[str]:
        rows = Proposal.objects.for_actor(self.actor).exclude(client_name="")
        names = rows.exclude(client_name=self.proposal.client_name).order_by("-pk")
        return list(dict.fromkeys(names.values_list("client_name", flat=True)[:MOST_CLIENTS]))

    # ── The post's questions ──
    @cached_property
    def answers(self) -> list[ScreeningAnswer]:
        rows = ScreeningAnswer.objects.for_actor(self.actor).filter(proposal=self.proposal)
        return list(rows.in_order())

    def questions(self, typed: Callable[[str], str | None]) -> list[Question]:
        """With what was `typed` by key where a form has that, else what is stored."""
        if not self.answers:
            return []
        rows = ScreeningAnswer.objects.for_actor(self.actor)
        earlier = rows.filter(freelancer=self.proposal.freelancer).exclude(answer="")
        known = [
            Answered(row.public_id, row.question, row.answer)
            for row in earlier.exclude(proposal=self.proposal).order_by("-pk")[:MOST_ANSWERED]
        ]
        return [
            Question(
                row,
                () if row.answer.strip() else similar(row.question, known),
                row.answer if (now := typed(row.key)) is None else now,
            )
            for row in self.answers
        ]

    @property
    def said_of_client(self) -> list[tuple[str, object]]:
        """What else the post's page tells of the job and the client."""
        words = {
            "member_since": _("Member since"),
            "jobs_posted": _("Jobs posted"),
            "average_rate": _("Average rate paid"),
            "reviews": _("Reviews"),
            "level": _("Level"),
            "duration": _("Duration"),
            "weekly_hours": _("Hours a week"),
            "proposals": _("Proposals so far"),
            "location": _("Location"),
        }
        others = self.facts.others
        return [(label, others[name]) for name, label in words.items() if others.get(name)]
