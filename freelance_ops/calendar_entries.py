"""What stands in somebody's calendar: steps, deadlines, notices and recalculations.

An entry's `name` says what it is about and nothing about when: a calendar app that reads again
moves it instead of adding a second one. Nothing in it counts the days from today, so that it stays
the same as long as nothing happens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import formats
from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.closeout import wording
from contracts.closeout.board import Board, BoardRow, board_rows
from contracts.closeout.cards import Card, cards_of
from contracts.models import Contract
from contracts.upwork_clocks import Clock
from freelance_ops.calendar_revisions import Revision, Revisions
from jss.engine import Publication, RoadmapEntry, RuleSet, next_recalculation
from jss.models import Reading
from jss.rules_in_use import rules_in_use
from jss.team import standings

RECALCULATIONS: Final = 6
DEADLINE_SHOWN_FOR: Final = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: of a whole day, or with an instant (UTC) as its end."""

    name: str
    when: dt.date | dt.datetime
    summary: str
    description: str
    url: str
    revision: Revision

    @property
    def is_whole_day(self) -> bool:
        return not isinstance(self.when, dt.datetime)

    @property
    def start(self) -> dt.date | dt.datetime:
        return self.when if self.is_whole_day else self.when - DEADLINE_SHOWN_FOR

    @property
    def end(self) -> dt.date | dt.datetime:
        """The first moment, or day, after it."""
        return self.when + dt.timedelta(days=1) if self.is_whole_day else self.when


def entries_of(*, actor: Actor, as_of: dt.date) -> list[Entry]:
    """Everything that the actor has to know of, in the zone and formats that are active.

    A manager's calendar covers the whole team, a member's his or her own contracts only.
    """
    board = Board(board_rows(actor=actor, as_of=as_of))
    revisions = Revisions.read(actor, [row.contract for row in board.rows])
    rules = rules_in_use(actor).chosen
    entries = [
        *_steps(actor, board, revisions),
        *_feedback_deadlines(actor, board, revisions),
        *_escrow_notices(actor, board, revisions),
        *_recalculations(actor, as_of, rules),
        *_score_changes(actor, as_of, rules, revisions),
    ]
    return sorted(entries, key=lambda entry: (entry.start.isoformat(), entry.name))


# ── Contracts ────────────────────────────────────────────────────────────────────────────────────


def _steps(actor: Actor, board: Board, revisions: Revisions) -> Iterator[Entry]:
    """Each contract's next step on the day on which it falls, or fell, due (C3)."""
    for card in cards_of(actor, [*board.due, *board.coming]):
        step = card.row.step
        if step is None:
            continue
        url = _contract_url(card.contract)
        yield Entry(
            name=f"step-{card.contract.public_id}",
            when=step.due_on,
            summary=_about(card.label, actor, card.contract),
            description=_paragraphs(
                card.why, wording.escrow_words(card.row), _message_words(card), url
            ),
            url=url,
            revision=revisions.of_contract(card.contract),
        )


def _message_words(card: Card) -> str:
    """The whole message: it is there to be copied, and the calendar is the person's own (C5)."""
    if not card.message:
        return ""
    return "\n".join((_("To copy into Upwork's chat:"), card.message.strip()))


def _feedback_deadlines(actor: Actor, board: Board, revisions: Revisions) -> Iterator[Entry]:
    """The last hour in which feedback can be left, for contracts that have none yet (J18)."""
    for row in board.feedback_open:
        until = row.feedback_until
        if until is None:
            continue
        url = _contract_url(row.contract)
        yield Entry(
            name=f"feedback-{row.contract.public_id}",
            when=until,
            summary=_about(_("Last hour for feedback"), actor, row.contract),
            description=_paragraphs(_deadline_words(until), url),
            url=url,
            revision=revisions.of_contract(row.contract),
        )


def _deadline_words(until: dt.datetime) -> str:
    last_day = (until - dt.timedelta(seconds=1)).date()
    return _(
        "Feedback until midnight UTC at the end of %(day)s, your %(local)s. There is none yet."
    ) % {"day": formats.day(last_day), "local": formats.moment(until)}


def _escrow_notices(actor: Actor, board: Board, revisions: Revisions) -> Iterator[Entry]:
    """What Upwork will say about money that lies still, from today on (C7)."""
    for row in board.rows:
        clock = row.dormancy
        for what, day in clock.days if clock else ():
            if day >= row.as_of:
                url = _contract_url(row.contract)
                yield Entry(
                    name=f"escrow-{what}-{row.contract.public_id}",
                    when=day,
                    summary=_about(_notice_label(what), actor, row.contract),
                    description=_paragraphs(_escrow_words(row), url),
                    url=url,
                    revision=revisions.of_contract(row.contract),
                )


def _notice_label(what: Clock) -> str:
    return {
        Clock.FIRST_NOTICE: _("Upwork's first notice of inactivity"),
        Clock.SECOND_NOTICE: _("Upwork's second notice of inactivity"),
        Clock.DORMANT: _("Dormant for Upwork"),
    }[what]


def _escrow_words(row: BoardRow) -> str:
    contract = row.contract
    return _(
        "%(amount)s is in escrow, and the last milestone's date was %(day)s. After 90 days Upwork "
        "calls the contract dormant. A new milestone date or submitted work stops the clock."
    ) % {
        "amount": formats.money(contract.escrow, contract.currency),
        "day": formats.day(contract.last_milestone_on),
    }


# ── The score ────────────────────────────────────────────────────────────────────────────────────


def _recalculations(actor: Actor, as_of: dt.date, rules: RuleSet) -> Iterator[Entry]:
    """The next dates on which Upwork works the score out, for whom one was observed (J7).

    Each date is an entry of its own: after a reading that moves them the old ones are simply gone.
    """
    if rules.recalculated_every_days == 1:
        return  # what happens every day is no entry
    for reading in _last_readings(actor):
        day = next_recalculation(reading.observed_on, as_of - dt.timedelta(1), rules=rules)
        url = _score_url(reading.freelancer)
        seen_at = dt.datetime.combine(reading.observed_on, dt.time(), dt.UTC)
        words = _("Expected every %(days)s days after the update that you saw on %(day)s.")
        values = {
            "days": rules.recalculated_every_days,
            "day": formats.day(reading.observed_on),
        }
        for number in range(RECALCULATIONS):
            when = day + dt.timedelta(rules.recalculated_every_days * number)
            yield Entry(
                name=f"recalculation-{when.isoformat()}-{reading.freelancer.public_id}",
                when=when,
                summary=_of(_("Job Success Score recalculated"), actor, reading.freelancer),
                description=_paragraphs(words % values, url),
                url=url,
                revision=Revision(0, seen_at),
            )


def _last_readings(actor: Actor) -> list[Reading]:
    """Each freelancer's latest."""
    newest: dict[int, Reading] = {}
    readings = Reading.objects.for_actor(actor).of_choice(actor).select_related("freelancer")
    for reading in readings.order_by("-observed_on", "-pk"):
        newest.setdefault(reading.freelancer_id, reading)
    return list(newest.values())


def _score_changes(
    actor: Actor, as_of: dt.date, rules: RuleSet, revisions: Revisions
) -> Iterator[Entry]:
    """The next date on which each published score changes, were nothing closed until then (J10)."""
    for row in standings(actor=actor, as_of=as_of, rules=rules):
        change = row.next_change
        if change is None or row.publication == Publication.NONE:
            continue
        url = _score_url(row.freelancer)
        yield Entry(
            name=f"score-{change.date.isoformat()}-{row.freelancer.public_id}",
            when=change.date,
            summary=_of(_change_words(change), actor, row.freelancer),
            description=_paragraphs(_("An estimate, were nothing closed until then."), url),
            url=url,
            revision=revisions.of_freelancer(row.freelancer),
        )


def _change_words(change: RoadmapEntry) -> str:
    def score(value: int | None) -> str:
        return _("no score") if value is None else formats.percent(value)

    return _("Job Success Score: %(before)s → %(after)s") % {
        "before": score(change.shown_before),
        "after": score(change.shown_after),
    }


# ── Words and addresses ──────────────────────────────────────────────────────────────────────────


def _about(label: str, actor: Actor, contract: Contract) -> str:
    """Such as “Ping the client: A shop (Acme)”; for a team with the freelancer's name."""
    values = {"label": label, "title": contract.title}
    if contract.client:
        words = _("%(label)s: %(title)s (%(client)s)") % (values | {"client": contract.client.name})
    else:
        words = _("%(label)s: %(title)s") % values
    return _of(words, actor, contract.freelancer)


def _of(words: str, actor: Actor, freelancer: Freelancer) -> str:
    """The words, and whose it is where the calendar is a team's."""
    if actor.freelancer is not None:
        return words
    return _("%(words)s · %(freelancer)s") % {"words": words, "freelancer": freelancer.name}


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _contract_url(contract: Contract) -> str:
    path = reverse("contracts:contract_closeout", args=[contract.public_id])
    return f"{settings.SITE_URL}{path}?practice={contract.practice.public_id}"


def _score_url(freelancer: Freelancer) -> str:
    return settings.SITE_URL + reverse("jss:freelancer", args=[freelancer.public_id])
