"""What the page “Recovery” shows: J15's steps with their contracts, and a message for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.messages.rendering import (
    PracticeMessages,
    contract_values,
    filled,
    language_of,
    practice_messages,
)
from contracts.models import Contract, MessageLanguage, MessageTemplate
from contracts.upwork_clocks import feedback_deadline
from jss.engine import (
    CLASSIC,
    ClosedContract,
    FirstScore,
    Recovery,
    RecoveryRow,
    RuleSet,
    Scenario,
    ShownScore,
    first_score_of,
    recovery_of,
    scenario_apply,
    scores_of,
)
from jss.lifts_page import points
from jss.past_clients import PastClient, likely_to_rate
from jss.recovery_checks import findings_in
from jss.recovery_selectors import (
    client_names,
    contacts_of,
    contracts_to_write_about,
    log_notes,
    past_clients,
)
from jss.recovery_wording import finding_words
from jss.recovery_words import LATE_REQUEST, LogNote, own_up_with_log

ROWS_A_STEP = 12
CLIENTS_SHOWN = 8


@dataclass(frozen=True)
class WriteTo:
    """A contract of a step with the message to its client."""

    row: RecoveryRow
    contract: Contract
    message: str
    notes: Sequence[LogNote] = ()
    feedback_until: dt.datetime | None = None
    """J18: the instant up to which the client can still rate it; None: not any more."""

    @property
    def language(self) -> str:
        return language_of(self.contract)

    @property
    def languages(self) -> type[MessageLanguage]:
        return MessageLanguage

    @property
    def gain_today(self) -> Decimal | None:
        return points(self.row.gain_today)

    @property
    def gain_over_year(self) -> Decimal | None:
        return points(self.row.gain_over_year)

    @property
    def has_lesson(self) -> bool:
        """Whether the log holds what an honest message draws on (C6)."""
        return any(note.is_lesson for note in self.notes)

    @cached_property
    def hints(self) -> list[str]:
        return [finding_words(finding) for finding in findings_in(self.message)]


@dataclass(frozen=True)
class RecoveryPage:
    """The page of one freelancer; each part is worked out when the template asks for it."""

    actor: Actor
    freelancer: Freelancer
    contracts: Sequence[ClosedContract]
    today: dt.date
    shows_all: bool = False
    rules: RuleSet = CLASSIC

    @cached_property
    def recovery(self) -> Recovery:
        contacts = contacts_of(actor=self.actor, freelancer=self.freelancer)
        return recovery_of(
            self.contracts,
            self.today,
            asked=contacts.asked,
            owned_up=contacts.owned_up,
            ended_badly=contacts.ended_badly,
            rules=self.rules,
        )

    @cached_property
    def first_score(self) -> FirstScore:
        return first_score_of(self.contracts, self.today, rules=self.rules)

    @property
    def feedback_share(self) -> int:
        """J3's share of contracts without feedback that cost nothing, in per cent."""
        return round(self.rules.tolerated_share * 100)

    # ── Whom to write to ─────────────────────────────────────────────────────────────────────────

    @cached_property
    def ask(self) -> list[WriteTo]:
        """J15.1, the most worthwhile first."""
        return [self._request(row) for row in self._shown(self.recovery.ask.rows)]

    @cached_property
    def own_up(self) -> list[WriteTo]:
        """J15.2, the most worthwhile first."""
        return [self._owning(row) for row in self._shown(self.recovery.own_up.rows)]

    @property
    def more_to_ask(self) -> int:
        return len(self.recovery.ask.rows) - len(self.ask)

    @property
    def more_to_own_up(self) -> int:
        return len(self.recovery.own_up.rows) - len(self.own_up)

    @property
    def written_to(self) -> int:
        return sum(row.done_on is not None for row in self._all_rows)

    @property
    def to_write_to(self) -> int:
        return len(self._all_rows)

    @property
    def _all_rows(self) -> tuple[RecoveryRow, ...]:
        return (*self.recovery.ask.rows, *self.recovery.own_up.rows)

    def _shown(self, rows: Sequence[RecoveryRow]) -> Sequence[RecoveryRow]:
        """Those of the first page that are still there, should one be deleted just now."""
        there = [row for row in rows if row.contract.key in self._contracts]
        return there if self.shows_all else there[:ROWS_A_STEP]

    @cached_property
    def _contracts(self) -> dict[str, Contract]:
        keys = [row.contract.key for row in self._all_rows]
        return contracts_to_write_about(actor=self.actor, keys=keys)

    @cached_property
    def _messages(self) -> PracticeMessages:
        return practice_messages(self.actor)

    @cached_property
    def _notes(self) -> Mapping[str, list[LogNote]]:
        return log_notes(actor=self.actor, freelancer=self.freelancer)

    def _request(self, row: RecoveryRow) -> WriteTo:
        contract = self._contracts[row.contract.key]
        until = feedback_deadline(contract.closed_on) if contract.closed_on else None
        if until and until > timezone.now():
            message = self._messages.text(MessageTemplate.Kind.REQUEST_TO_RATE, contract)
            return WriteTo(row, contract, message, feedback_until=until)
        language = language_of(contract)
        late = filled(LATE_REQUEST[language], contract_values(contract, language))
        return WriteTo(row, contract, late.text)

    def _owning(self, row: RecoveryRow) -> WriteTo:
        contract = self._contracts[row.contract.key]
        notes = self._notes.get(row.contract.key, [])
        message = self._messages.text(MessageTemplate.Kind.OWN_UP, contract)
        return WriteTo(row, contract, own_up_with_log(message, notes, language_of(contract)), notes)

    # ── The last resort, and what keeps a good score ─────────────────────────────────────────────

    @cached_property
    def clients(self) -> list[PastClient]:
        """J15.4: past clients who leave feedback, the likeliest first."""
        names = client_names(actor=self.actor, freelancer=self.freelancer)
        return likely_to_rate(past_clients(self.contracts, names, rules=self.rules))[:CLIENTS_SHOWN]

    @property
    def with_one_bad(self) -> ShownScore:
        return self._with(Scenario(as_of=self.today, bad=1))

    @property
    def with_one_silent(self) -> ShownScore:
        return self._with(Scenario(as_of=self.today, silent=1))

    def _with(self, scenario: Scenario) -> ShownScore:
        supposed = scenario_apply(self.contracts, scenario)
        return scores_of(supposed, self.today, rules=self.rules).shown
