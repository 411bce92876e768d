"""Who may what: every route of the product with the answer that each role gets.

A new route needs one line for each method that it takes:

    row("contracts:contract", "GET", ROW, contract),
    #    the route's name            |    its ids in the URL: a function of the `World` below
    #                                the answers, role by role: a pattern's name, or spelled out

The rows that the ids name belong to the `member`. So the `member`'s column says what somebody may
do with his or her own, the `colleague`'s (another member) and the `stranger`'s (an owner of another
practice) what they may do with somebody else's. What a row sends with POST is its `data`.

`login` is a redirect to the sign-in page. `302` is any other redirect. `422` is the form again with
its errors: whoever gets it was let in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.actors import Actor
from accounts.calendar_feeds import feed_create, feed_path
from accounts.models import AuditEvent, CalendarFeed, Practice
from contracts.imports.reading import import_read
from contracts.imports.services import import_create
from contracts.messages.services import template_change
from contracts.models import CloseoutEvent, Contract, Feedback, ImportBatch, LogEntry
from contracts.models.imports import ImportItem
from contracts.services import contract_change
from jss.models import Reading
from jss.recovery_services import answer_save
from outbox.models import DigestSchedule, Mail
from outbox.schedules import schedule_make
from outbox.services import mail_enqueue
from outbox.unsubscribing import unsubscribe_token
from profiles.draft_services import profile_remove
from profiles.models import Dismissal, DraftChange, Profile, ProfileVersion, WeeklyFigures
from proposals.connects_services import entry_remove
from proposals.models import ConnectsEntry, Piece, Placeholder, Proposal, ProposalMove
from proposals.piece_services import piece_remove
from tests.factories import PracticeFactory, actor_with_role, closed_contract
from tests.profiles import samples
from tests.proposals import samples as proposal_samples

ROLES = ("anonymous", "owner", "manager", "member", "viewer", "colleague", "stranger")

#              anon.  owner manager member viewer colleague stranger
OPEN_PAGE = "  200    200   200     200    200    200       200"  # before signing in too
ENTRANCE = "   200    302   302     302    302    302       302"  # of no use once signed in
PAGE = "       login  200   200     200    200    200       200"  # shows each of them their own
ACT = "        login  302   302     302    302    302       302"  # on one's own login or session
CHANGE = "     login  302   302     302    403    302       302"  # changes what is one's own
FORM = "       login  200   200     200    403    200       200"  # to change it
INVALID = "    login  422   422     422    403    422       422"
WHOLE = "      login  200   200     403    200    403       200"  # of the whole practice
ROW = "        login  200   200     200    200    404       404"  # a page about one row
ROW_FORM = "   login  200   200     200    403    404       404"
ROW_CHANGE = " login  302   302     302    403    404       404"
ROW_ANSWER = " login  200   200     200    403    404       404"  # a change that a script asks for
SHARED_CHANGE = "    login  302   302     403    403    403       302"  # what a practice shares
SHARED_FORM = "      login  200   200     403    403    403       200"
SHARED_ROW_FORM = "  login  200   200     404    403    404       404"
SHARED_ROW_CHANGE = "login  302   302     404    403    404       404"
SHARED_BY_ROW = "    login  302   302     403    403    404       404"  # asked for on a row's page
SHARED_SEEN = "      login  302   302     403    403    403       404"  # members see it
OWN_ROW = "    login  404   404     200    404    404       404"  # a passkey: its person's alone
OWN_CHANGE = " login  404   404     302    404    404       404"
MAIL_CHANGE = "login  302   302     302    404    404       404"  # a viewer minds only his or hers
NO_SUCH_LINK = "404   404   404     404    404    404       404"  # before signing in too
NOTHING = "    login  404   404     404    404    404       404"  # there is nothing yet

A_LOG = "title,closed_on,rating\nA job,2026-01-31,5.0\nAnother job,31/02/2026,5.0\n"


@dataclass
class World:
    """A practice with everybody in it, and the rows of its `member`, made when they are needed."""

    practice: Practice
    actors: dict[str, Actor]

    @classmethod
    def create(cls) -> "World":
        practice = PracticeFactory.create()
        actors = {
            role: actor_with_role(role, practice=practice)
            for role in ("owner", "manager", "member", "viewer")
        }
        actors["colleague"] = actor_with_role("member", practice=practice, name="Colleague")
        actors["stranger"] = actor_with_role("owner", name="Stranger")
        return cls(practice, actors)

    @property
    def member(self) -> Actor:
        return self.actors["member"]

    @cached_property
    def freelancer_id(self) -> str:
        assert self.member.freelancer
        return self.member.freelancer.public_id

    @cached_property
    def contract(self) -> Contract:
        assert self.member.freelancer
        return closed_contract(self.member.freelancer, "2026-01-31", "4.80", title="A website")

    @cached_property
    def batch(self) -> ImportBatch:
        """A log of one contract and of one row without a date, read and ready to look at."""
        assert self.member.freelancer
        batch = import_create(
            actor=self.member, freelancer=self.member.freelancer, content=A_LOG.encode()
        )
        import_read(batch.pk)
        return ImportBatch.objects.get(pk=batch.pk)

    @cached_property
    def item(self) -> ImportItem:
        return ImportItem.objects.get(batch=self.batch)

    @cached_property
    def entry(self) -> LogEntry:
        return LogEntry.objects.create(
            practice=self.practice, contract=self.contract, happened_on="2026-01-15", what="A call"
        )

    @cached_property
    def reading(self) -> Reading:
        assert self.member.freelancer
        return Reading.objects.create(
            practice=self.practice, freelancer=self.member.freelancer, observed_on="2026-01-05"
        )

    @cached_property
    def profile(self) -> Profile:
        return samples.a_profile(self.member)

    @cached_property
    def specialised(self) -> Profile:
        assert self.profile
        return samples.a_profile(self.member)

    @cached_property
    def removed_profile(self) -> Profile:
        return profile_remove(actor=self.member, profile=self.specialised)

    @cached_property
    def draft_change(self) -> DraftChange:
        return samples.a_change(self.member, self.profile)

    @cached_property
    def version(self) -> ProfileVersion:
        return samples.a_version(self.member, self.profile)

    @cached_property
    def connects(self) -> ConnectsEntry:
        return proposal_samples.some_connects(self.member)

    @cached_property
    def connects_change(self) -> AuditEvent:
        return entry_remove(actor=self.member, entry=self.connects)

    @cached_property
    def dismissal(self) -> Dismissal:
        return samples.a_dismissal(self.member, self.profile)

    @cached_property
    def proposal(self) -> Proposal:
        return proposal_samples.a_proposal(self.member)

    @cached_property
    def proposal_move(self) -> ProposalMove:
        return proposal_samples.a_move(self.member)

    @cached_property
    def week(self) -> WeeklyFigures:
        assert self.profile
        return samples.a_week(self.member)

    @cached_property
    def piece(self) -> Piece:
        return proposal_samples.a_piece(self.member)

    @cached_property
    def removed_piece(self) -> Piece:
        return piece_remove(actor=self.member, piece=self.piece)

    @cached_property
    def placeholder(self) -> Placeholder:
        return proposal_samples.a_placeholder(self.member)

    @cached_property
    def change(self) -> AuditEvent:
        event = contract_change(actor=self.member, contract=self.contract, title="A web shop")
        assert event
        return event

    @cached_property
    def answer_change(self) -> AuditEvent:
        assert self.member.freelancer
        event = answer_save(
            actor=self.member, freelancer=self.member.freelancer, text="Thank you.", draft=""
        )
        assert event
        return event

    @cached_property
    def closeout_event(self) -> CloseoutEvent:
        return CloseoutEvent.objects.create(
            practice=self.practice,
            contract=self.contract,
            kind="taken_out",
            happened_on="2026-02-01",
        )

    @cached_property
    def message_change(self) -> AuditEvent:
        event = template_change(
            actor=self.actors["owner"], kind="ping", language="en", body="Hello, all well?"
        )
        assert event
        return event

    @cached_property
    def calendar_signature(self) -> str:
        return feed_path(self.calendar).rpartition("/")[2].removesuffix(".ics")

    @cached_property
    def calendar(self) -> CalendarFeed:
        return feed_create(actor=self.member)

    @cached_property
    def schedule(self) -> DigestSchedule:
        return schedule_make(actor=self.member, now=timezone.now())

    @cached_property
    def mail(self) -> Mail:
        mail = mail_enqueue(
            practice=self.practice,
            membership=self.member.membership,
            occurrence="digest:1",
            to_address=self.member.user.email,
            subject="Due today",
            text="A ping",
            html="<p>A ping</p>",
            due_at=timezone.now(),
        )
        assert mail
        return mail

    @cached_property
    def passkey(self) -> Authenticator:
        return Authenticator.objects.create(
            user=self.member.user, type="webauthn", data={"name": "Laptop", "credential": {}}
        )


Values = dict[str, Any]
Make = Callable[[World], Values]


class Row(NamedTuple):
    """One line of the table."""

    route: str
    method: str
    answers: dict[str, str]
    ids: Make
    data: Make

    def __str__(self) -> str:
        return f"{self.route} {self.method}"


def nothing(_world: World) -> Values:
    return {}


def row(
    route: str, method: str, answers: str, ids: Make = nothing, data: Make | None = None
) -> Row:
    by_role = dict(zip(ROLES, answers.split(), strict=True))
    return Row(route, method, by_role, ids, data or nothing)


# ── Ids that stand in URLs ───────────────────────────────────────────────────────────────────────


def freelancer(world: World) -> Values:
    return {"public_id": world.freelancer_id}


def profile(world: World) -> Values:
    return {"public_id": world.profile.public_id}


def specialised(world: World) -> Values:
    return {"public_id": world.specialised.public_id}


def piece(world: World) -> Values:
    return {"public_id": world.piece.public_id}


def removed_piece(world: World) -> Values:
    return {"public_id": world.removed_piece.public_id}


def placeholder(world: World) -> Values:
    return {"public_id": world.placeholder.public_id}


def a_template(world: World) -> Values:
    return {"template": world.piece.public_id}


def a_proposal_block(world: World) -> Values:
    piece = proposal_samples.a_piece(world.member, kind="case")
    return {"block": piece.public_id}


def a_text(world: World) -> Values:
    return {
        "kind": "template",
        "name": "Shops",
        "freelancer": world.freelancer_id,
        "body": "Hello {{ client_name }}",
    }


def a_new_placeholder(_world: World) -> Values:
    return {"name": "budget", "label": "Budget", "entry": "line"}


def removed_profile(world: World) -> Values:
    return {"public_id": world.removed_profile.public_id}


def profile_list(world: World) -> Values:
    return {"public_id": world.profile.public_id, "name": "portfolio"}


def draft_change(world: World) -> Values:
    return {"public_id": world.draft_change.public_id}


def version(world: World) -> Values:
    return {"public_id": world.version.public_id}


def connects(world: World) -> Values:
    return {"public_id": world.connects.public_id}


def connects_change(world: World) -> Values:
    return {"public_id": world.connects_change.public_id}


def dismissal(world: World) -> Values:
    return {"public_id": world.dismissal.public_id}


def proposal(world: World) -> Values:
    return {"public_id": world.proposal.public_id}


def proposal_move(world: World) -> Values:
    return {"public_id": world.proposal_move.public_id}


def with_profile(world: World) -> Values:
    assert world.profile
    return {"public_id": world.freelancer_id}


def checklist_item(world: World) -> Values:
    return {**with_profile(world), "item": "rising_photo"}


def week(world: World) -> Values:
    return {"public_id": world.week.public_id}


def contract(world: World) -> Values:
    return {"public_id": world.contract.public_id}


def cell(world: World) -> Values:
    return {"public_id": world.contract.public_id, "column": "rating"}


def from_client(world: World) -> Values:
    return {"public_id": world.contract.public_id, "direction": "from-client"}


def entry(world: World) -> Values:
    return {"public_id": world.contract.public_id, "entry_id": world.entry.public_id}


def change(world: World) -> Values:
    return {"public_id": world.change.public_id}


def client(world: World) -> Values:
    assert world.contract.client
    return {"public_id": world.contract.client.public_id}


def closeout_event(world: World) -> Values:
    return {
        "public_id": world.contract.public_id,
        "event_id": world.closeout_event.public_id,
    }


def message(_world: World) -> Values:
    return {"kind": "ping", "language": "en"}


def message_change(world: World) -> Values:
    return {"public_id": world.message_change.public_id}


def batch(world: World) -> Values:
    return {"public_id": world.batch.public_id}


def item(world: World) -> Values:
    return {"public_id": world.batch.public_id, "key": world.item.key}


def closed(world: World) -> Values:
    return {"public_id": world.freelancer_id, "contract_id": world.contract.public_id}


def past_client(world: World) -> Values:
    assert world.contract.client
    return {"public_id": world.freelancer_id, "client_id": world.contract.client.public_id}


def answer_change(world: World) -> Values:
    return {"event_id": world.answer_change.public_id}


def reading(world: World) -> Values:
    return {"public_id": world.reading.public_id}


def mail(world: World) -> Values:
    return {"public_id": world.mail.public_id}


def schedule(world: World) -> Values:
    return {"public_id": world.schedule.public_id}


def unsubscribe_link(world: World) -> Values:
    return {"token": unsubscribe_token(world.schedule)}


def passkey(world: World) -> Values:
    return {"pk": world.passkey.pk}


def no_such_link(_world: World) -> Values:
    return {"token": "no-such-link"}


def dead_link(_world: World) -> Values:
    return {"key": "no-such-key"}


def dead_reset_link(_world: World) -> Values:
    return {"uidb36": "zz", "key": "no-such-key"}


def calendar(world: World) -> Values:
    return {"public_id": world.calendar.public_id, "signature": world.calendar_signature}


# ── What is sent ─────────────────────────────────────────────────────────────────────────────────


def an_empty_portfolio(_world: World) -> Values:
    return {"portfolio-TOTAL_FORMS": "0", "portfolio-INITIAL_FORMS": "0"}


def a_week(_world: World) -> Values:
    return {"starts_on": "2026-01-05", "views": "120", "invitations": "3", "replies": "2"}


def pasted_weeks(_world: World) -> Values:
    return {"lines": "2026-01-05, 120, 3, 2\n2026-01-12, 130, 4, 2"}


def some_connects(_world: World) -> Values:
    return {"kind": "grant", "amount": "10", "on": "2026-01-05"}


def a_balance(_world: World) -> Values:
    return {"balance": "40", "on": "2026-01-05"}


def pasted_connects(_world: World) -> Values:
    return {"lines": "2026-01-05, Applied to job, A shop, -16"}


def a_practice(world: World) -> Values:
    return {"practice": world.practice.public_id}


def a_freelancer(world: World) -> Values:
    return {"freelancer": world.freelancer_id}


def settings(world: World) -> Values:
    return {
        "freelancer": world.freelancer_id,
        "name": "Olena",
        "time_zone": "Europe/Kyiv",
        "currency": "USD",
        "locale": "en-GB",
        "practice-name": "Olena & Co",
    }


def a_cell(world: World) -> Values:
    rating = Feedback.objects.get(contract=world.contract).public_rating
    return {"value": "4.90", "was": str(rating)}


def a_grid_row(world: World) -> Values:
    return {"row": world.contract.public_id}


def a_block(world: World) -> Values:
    return {"row": world.contract.public_id, "column": "ended_by", "block": "client"}


def a_change(world: World) -> Values:
    return {"event": world.change.public_id}


def an_act(_world: World) -> Values:
    return {"act": "take_out"}


def a_delivery(_world: World) -> Values:
    return {"delivered_on": "2026-01-30", "delivered_what": "The website"}


def intervals(_world: World) -> Values:
    return {"ping_days": "5"}


def a_message(_world: World) -> Values:
    return {"body": "{{ greeting }} How are you?"}


def a_log_entry(_world: World) -> Values:
    return {"happened_on": "2026-01-20", "what": "Another call"}


def a_recovery_note(_world: World) -> Values:
    return {"kind": "owned_up"}


def a_target_rate(_world: World) -> Values:
    return {"target_rate": "85"}


def a_language(_world: World) -> Values:
    return {"language": "uk"}


def an_answer(_world: World) -> Values:
    return {"text": "Thank you for asking. I was late, and I plan with more slack since then."}


def a_reading(_world: World) -> Values:
    return {"observed_on": "2026-01-19", "score": "90"}


def pasted_readings(_world: World) -> Values:
    return {"lines": "2026-01-05 90\n2026-01-19 91"}


def a_fit(_world: World) -> Values:
    return {"base": "classic"}


def reminders(_world: World) -> Values:
    return {"how_often": "daily", "hour": "8", "time_zone": "Europe/Kyiv", "is_on": "on"}


#                anon.  owner manager member viewer colleague stranger
TABLE = (
    # The frame
    row("today", "GET", PAGE),
    row("search", "GET", PAGE),
    row("keys", "GET", PAGE),
    row("theme", "POST", "302    302   302     302    302    302       302"),
    row("sample_start", "POST", ACT),
    row("sample_remove", "POST", ACT),
    row("healthz", "GET", "200/503 200/503 200/503 200/503 200/503 200/503 200/503"),
    # Practices and settings
    row("accounts:practice_start", "GET", ACT),
    row("accounts:practice_start", "POST", ACT),
    row("accounts:settings", "GET", PAGE),
    row("accounts:settings", "GET", ROW, data=a_freelancer),
    row("accounts:settings", "POST", ROW_CHANGE, data=settings),
    row("accounts:practice_switch", "POST", ACT),
    row(
        *("accounts:practice_switch", "POST"),
        "        login  302   302     302    302    404       404",
        data=a_freelancer,
    ),
    row(
        *("accounts:practice_switch", "POST"),
        "        login  302   302     302    302    302       404",
        data=a_practice,
    ),
    # The calendar: whoever has its address reads it
    row("accounts:calendar", "GET", PAGE),
    row("accounts:calendar_create", "POST", ACT),
    row("accounts:calendar_renew", "POST", ACT),
    row("accounts:calendar_revoke", "POST", ACT),
    row("calendar_feed", "GET", OPEN_PAGE, calendar),
    # Contracts
    row("contracts:list", "GET", PAGE),
    row("contracts:export_csv", "GET", PAGE),
    row("contracts:export_xlsx", "GET", PAGE),
    row("contracts:contract_new", "GET", FORM),
    row("contracts:contract_new", "POST", INVALID),
    row("contracts:contract", "GET", ROW, contract),
    row("contracts:contract_edit", "GET", ROW_FORM, contract),
    row("contracts:contract_edit", "POST", ROW_FORM.replace("200", "422"), contract),
    row("contracts:contract_close", "GET", ROW_FORM, contract),
    row("contracts:contract_close", "POST", ROW_FORM.replace("200", "422"), contract),
    row("contracts:contract_reopen", "POST", ROW_CHANGE, contract),
    row("contracts:contract_delete", "GET", ROW_FORM, contract),
    row("contracts:contract_delete", "POST", ROW_CHANGE, contract),
    row("contracts:change_undo", "GET", ROW_FORM, change),
    row("contracts:change_undo", "POST", ROW_CHANGE, change),
    row("contracts:feedback", "GET", ROW_FORM, from_client),
    row("contracts:feedback", "POST", ROW_FORM.replace("200", "422"), from_client),
    row("contracts:feedback_remove", "POST", ROW_CHANGE, from_client),
    row("contracts:log_add", "POST", ROW_CHANGE, contract, a_log_entry),
    row("contracts:log_entry", "GET", ROW_FORM, entry),
    row("contracts:log_entry", "POST", ROW_CHANGE, entry, a_log_entry),
    row("contracts:log_remove", "POST", ROW_CHANGE, entry),
    # The grid
    row("contracts:grid", "GET", PAGE),
    row("contracts:grid", "POST", CHANGE),
    row("contracts:grid", "POST", ROW_CHANGE, data=a_grid_row),
    row("contracts:grid_cell", "POST", ROW_ANSWER, cell, a_cell),
    row("contracts:grid_paste", "POST", ROW_ANSWER, data=a_block),
    row("contracts:grid_undo", "POST", ROW_CHANGE, data=a_change),
    # The close-out board
    row("contracts:closeout", "GET", PAGE),
    row("contracts:contract_closeout", "GET", ROW, contract),
    row("contracts:contract_closeout", "POST", ROW_FORM.replace("200", "422"), contract),
    row("contracts:closeout_act", "POST", ROW_CHANGE, contract, an_act),
    row("contracts:closeout_event_delete", "POST", ROW_CHANGE, closeout_event),
    row("contracts:contract_intervals", "POST", ROW_CHANGE, contract, intervals),
    row("contracts:closeout_intervals", "GET", PAGE),
    row("contracts:closeout_intervals", "POST", SHARED_CHANGE, data=intervals),
    row("contracts:closeout_deliver", "GET", ROW_FORM, contract),
    row("contracts:closeout_deliver", "POST", ROW_CHANGE, contract, a_delivery),
    row("contracts:client_language", "POST", ROW_CHANGE, client, a_language),
    row("contracts:closeout_link", "GET", NO_SUCH_LINK, no_such_link),
    row("contracts:closeout_link", "POST", NO_SUCH_LINK, no_such_link),
    # Messages to clients
    row("contracts:messages", "GET", PAGE),
    row("contracts:message_edit", "GET", PAGE, message),
    row("contracts:message_edit", "POST", SHARED_CHANGE, message, a_message),
    row("contracts:message_reset", "POST", SHARED_CHANGE, message),
    row("contracts:message_undo", "GET", SHARED_ROW_FORM, message_change),
    row("contracts:message_undo", "POST", SHARED_ROW_CHANGE, message_change),
    # Imports
    row("contracts:import_start", "GET", PAGE),
    row("contracts:import_start", "POST", INVALID),
    row("contracts:import_page", "GET", ROW, batch),
    row("contracts:import_again", "POST", ROW_CHANGE, batch),
    row("contracts:import_encoding", "POST", ROW_CHANGE, batch),
    row("contracts:import_cancel", "POST", ROW_CHANGE, batch),
    row("contracts:import_freelancer", "POST", ROW_CHANGE, batch),
    row("contracts:import_decide", "POST", ROW_CHANGE, item, lambda world: {"action": "reset"}),
    row("contracts:import_apply", "POST", ROW_CHANGE, batch),
    row("contracts:import_undo", "POST", ROW_CHANGE, batch),
    row("contracts:import_bad_rows", "GET", ROW, batch),
    # The score
    row("jss:score", "GET", PAGE),
    row("jss:agency", "GET", WHOLE),
    row("jss:freelancer", "GET", ROW, freelancer),
    row("jss:what_if", "GET", ROW, freelancer),
    row("jss:contract_effect", "GET", ROW, contract),
    row("jss:lifts", "GET", ROW, freelancer),
    row("jss:top_rated", "GET", ROW, freelancer),
    row("jss:why", "GET", ROW, freelancer),
    row("jss:rules_change", "POST", SHARED_CHANGE, data=lambda _world: {"base": "trending"}),
    row("jss:history", "GET", ROW, freelancer),
    row("jss:history_csv", "GET", ROW, freelancer),
    row("jss:recovery", "GET", ROW, freelancer),
    row("jss:recovery_note", "POST", ROW_CHANGE, closed, a_recovery_note),
    row("jss:recovery_language", "POST", ROW_CHANGE, past_client, a_language),
    row("jss:recovery_answer", "GET", ROW, freelancer),
    row("jss:recovery_answer", "POST", ROW_CHANGE, freelancer, an_answer),
    row("jss:recovery_answer_reset", "POST", ROW_CHANGE, freelancer),
    row("jss:recovery_answer_undo", "GET", ROW_FORM, answer_change),
    row("jss:recovery_answer_undo", "POST", ROW_CHANGE, answer_change),
    row("jss:readings_page", "GET", ROW, freelancer),
    row("jss:readings_paste", "POST", ROW_CHANGE, freelancer, pasted_readings),
    row("jss:fit_keep", "POST", SHARED_BY_ROW, freelancer, a_fit),
    row("jss:fit_forget", "POST", SHARED_BY_ROW, freelancer),
    row("jss:reading_add", "POST", ROW_CHANGE, freelancer, a_reading),
    row("jss:reading_remove", "POST", ROW_CHANGE, reading),
    # Outgoing mail and reminders: what a mail says is its reader's alone
    row("outbox:mails", "GET", PAGE),
    # Profiles
    row("proposals:board", "GET", PAGE),
    row("proposals:works", "GET", PAGE),
    row("proposals:no_answer", "POST", CHANGE, data=lambda world: {"all": "1"}),
    row("proposals:no_answer_undo", "GET", FORM),
    row("proposals:no_answer_undo", "POST", CHANGE),
    row("proposals:stage", "GET", ROW, proposal),
    row("proposals:move", "POST", ROW_CHANGE, proposal, lambda world: {"to": "sent"}),
    row("proposals:move_undo", "GET", ROW_FORM, proposal_move),
    row("proposals:move_undo", "POST", ROW_CHANGE, proposal_move),
    row("proposals:follow_up", "GET", ROW_FORM, proposal),
    row("proposals:follow_up", "POST", ROW_CHANGE, proposal, lambda world: {"on": "2026-12-24"}),
    row("proposals:remove", "POST", ROW_CHANGE, proposal),
    row("proposals:put_back", "GET", ROW_FORM, proposal),
    row("proposals:put_back", "POST", ROW_CHANGE, proposal),
    row("profiles:index", "GET", PAGE),
    row("profiles:create", "POST", ROW_CHANGE, freelancer),
    row("profiles:draft", "GET", ROW, profile),
    row("profiles:draft", "POST", ROW_CHANGE, profile, lambda world: {"title": "Editor"}),
    row("profiles:list_save", "POST", ROW_CHANGE, profile_list, an_empty_portfolio),
    row("profiles:clean", "POST", ROW_CHANGE, profile, lambda world: {"field": "overview"}),
    row("profiles:dismiss", "POST", ROW_CHANGE, profile, lambda world: {"key": "k"}),
    row("profiles:take_up", "POST", ROW_CHANGE, dismissal),
    row("profiles:remove", "POST", ROW_CHANGE, specialised),
    row("profiles:put_back", "GET", ROW_FORM, removed_profile),
    row("profiles:put_back", "POST", ROW_CHANGE, removed_profile),
    row("profiles:change_undo", "GET", ROW_FORM, draft_change),
    row("profiles:change_undo", "POST", ROW_CHANGE, draft_change),
    row("profiles:preview", "GET", ROW, profile),
    row("profiles:versions", "GET", ROW, profile),
    row("profiles:publish", "POST", "login  422   422     422    403    404       404", profile),
    row("profiles:restore", "POST", ROW_CHANGE, version),
    row("profiles:figures", "GET", ROW, with_profile),
    row("profiles:week_add", "POST", ROW_CHANGE, with_profile, a_week),
    row("profiles:weeks_paste", "POST", ROW_CHANGE, with_profile, pasted_weeks),
    row("profiles:week_delete", "POST", ROW_CHANGE, week),
    row("profiles:checklists", "GET", ROW, with_profile),
    row("profiles:tick", "POST", ROW_CHANGE, checklist_item, lambda world: {"done": "1"}),
    row("profiles:skills_reviewed", "POST", ROW_CHANGE, with_profile),
    row("profiles:match", "GET", ROW, with_profile),
    row("profiles:match", "POST", ROW, with_profile, lambda world: {"post": "An editor"}),
    row("profiles:rates", "GET", ROW, with_profile),
    row("profiles:target_rate", "POST", ROW_CHANGE, with_profile, a_target_rate),
    # Proposals
    row("proposals:new", "GET", FORM),
    row("proposals:new", "POST", INVALID),
    row("proposals:compose", "GET", ROW, proposal),
    row("proposals:compose", "POST", ROW_CHANGE, proposal, lambda world: {"body": "Hello"}),
    row("proposals:facts", "POST", ROW_CHANGE, proposal, lambda world: {"title": "A shop"}),
    row("proposals:template", "POST", ROW_CHANGE, proposal, a_template),
    row("proposals:text_back", "GET", ROW_FORM, proposal),
    row("proposals:text_back", "POST", ROW_CHANGE, proposal),
    row("proposals:block", "POST", ROW_CHANGE, proposal, a_proposal_block),
    row("proposals:copied", "POST", ROW_CHANGE.replace("302", "204"), proposal),
    row("proposals:sent", "POST", ROW_CHANGE, proposal),
    row("proposals:texts", "GET", PAGE),
    row("proposals:text_new", "GET", FORM),
    row("proposals:text_new", "POST", INVALID),
    row("proposals:text", "GET", ROW, piece),
    row("proposals:text", "POST", ROW_CHANGE, piece, a_text),
    row("proposals:text_remove", "POST", ROW_CHANGE, piece),
    row("proposals:text_put_back", "GET", ROW_FORM, removed_piece),
    row("proposals:text_put_back", "POST", ROW_CHANGE, removed_piece),
    row("proposals:placeholder_new", "GET", SHARED_FORM),
    row("proposals:placeholder_new", "POST", SHARED_CHANGE, data=a_new_placeholder),
    row("proposals:placeholder", "GET", SHARED_SEEN.replace("302", "200"), placeholder),
    row("proposals:placeholder", "POST", SHARED_SEEN, placeholder, a_new_placeholder),
    row("proposals:connects", "GET", PAGE),
    row("proposals:connects_of", "GET", ROW, freelancer),
    row("proposals:connects_add", "POST", ROW_CHANGE, freelancer, some_connects),
    row("proposals:connects_had", "POST", ROW_CHANGE, freelancer, a_balance),
    row("proposals:connects_paste", "POST", ROW_CHANGE, freelancer, pasted_connects),
    row("proposals:connects_bought", "POST", ROW_CHANGE, freelancer),
    row("proposals:connects_remove", "POST", ROW_CHANGE, connects),
    row("proposals:connects_back", "POST", ROW_CHANGE, connects),
    row("proposals:connects_undo", "GET", ROW_FORM, connects_change),
    row("proposals:connects_undo", "POST", ROW_CHANGE, connects_change),
    row("outbox:mail", "GET", OWN_ROW, mail),
    row("outbox:mail_html", "GET", OWN_ROW, mail),
    row("outbox:mail_again", "POST", MAIL_CHANGE, mail),
    row("outbox:address_again", "POST", MAIL_CHANGE, schedule),
    row("outbox:reminders", "GET", PAGE),
    row("outbox:reminders", "POST", ACT, data=reminders),
    row("outbox:reminders_now", "POST", ACT),
    row("outbox:unsubscribe", "GET", OPEN_PAGE, unsubscribe_link),
    row("outbox:unsubscribe", "POST", OPEN_PAGE, unsubscribe_link),
    # Signing in and up (allauth's; everybody signed in here proved a moment ago who he or she is)
    row("account_login", "GET", ENTRANCE),
    row("account_login", "POST", ENTRANCE),
    row("account_signup", "GET", ENTRANCE),
    row("account_signup", "POST", ENTRANCE),
    row("account_logout", "GET", PAGE),
    row("account_logout", "POST", "login  login login   login  login  login     login"),
    row("account_inactive", "GET", OPEN_PAGE),
    row("account_confirm_login_code", "GET", ACT),
    row("account_reset_password", "GET", OPEN_PAGE),
    row("account_reset_password", "POST", OPEN_PAGE),
    row("account_reset_password_done", "GET", OPEN_PAGE),
    row("account_reset_password_from_key", "GET", OPEN_PAGE, dead_reset_link),
    row("account_reset_password_from_key", "POST", OPEN_PAGE, dead_reset_link),
    row("account_reset_password_from_key_done", "GET", OPEN_PAGE),
    row("account_email_verification_sent", "GET", OPEN_PAGE),
    row("account_confirm_email", "GET", OPEN_PAGE, dead_link),
    row("mfa_authenticate", "GET", ACT),
    row("mfa_authenticate", "POST", ACT),
    row("mfa_login_webauthn", "GET", ACT),
    row("mfa_login_webauthn", "POST", ACT),
    # One's own login
    row("account_reauthenticate", "GET", PAGE),
    row("account_reauthenticate", "POST", PAGE),
    row("account_email", "GET", PAGE),
    row("account_email", "POST", ACT),
    row("account_change_password", "GET", PAGE),
    row("account_change_password", "POST", PAGE),
    row("account_set_password", "GET", ACT),
    row("account_set_password", "POST", ACT),
    row("mfa_index", "GET", PAGE),
    row("mfa_reauthenticate", "GET", ACT),
    row("mfa_reauthenticate", "POST", ACT),
    row("mfa_activate_totp", "GET", PAGE),
    row("mfa_activate_totp", "POST", PAGE),
    row("mfa_deactivate_totp", "GET", NOTHING),
    row("mfa_deactivate_totp", "POST", NOTHING),
    row("mfa_view_recovery_codes", "GET", NOTHING),
    row("mfa_download_recovery_codes", "GET", NOTHING),
    row("mfa_generate_recovery_codes", "GET", PAGE),
    row("mfa_generate_recovery_codes", "POST", PAGE),
    row("mfa_list_webauthn", "GET", PAGE),
    row("mfa_add_webauthn", "GET", PAGE),
    row("mfa_add_webauthn", "POST", PAGE),
    row("mfa_reauthenticate_webauthn", "GET", ACT),
    row("mfa_reauthenticate_webauthn", "POST", ACT),
    row("mfa_edit_webauthn", "GET", OWN_ROW, passkey),
    row("mfa_edit_webauthn", "POST", OWN_CHANGE, passkey, lambda world: {"name": "Phone"}),
    row("mfa_remove_webauthn", "GET", OWN_ROW, passkey),
    row("mfa_remove_webauthn", "POST", OWN_CHANGE, passkey),
)
