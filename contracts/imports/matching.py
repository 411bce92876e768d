"""Which contract of the practice a contract of a file is: known, changed, new or in doubt.

Payments tell it best: where some are stored already, their contract is the one, whatever it is
called by now. Otherwise A and B are recognised by client and title, C by the contract's id and else
by its title, which the user is asked about. D has no payments: `log_matching` compares it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Literal

from contracts.importing import MoneyRow, Problem
from contracts.importing.problems import gettext_noop
from contracts.imports.groups import Group
from contracts.imports.stored import Stored, StoredContract, StoredPayment
from contracts.imports.weeks import compared_weeks
from contracts.models import ImportItem

Status = ImportItem.Status
Default = Literal["new", "add", "leave_out"]

SEVERAL: Final = gettext_noop(
    "You have %(count)s contracts with this title. Unless you choose another one, it goes to the "
    "one that is nearest in time."
)
TITLE_ONLY: Final = gettext_noop(
    "You have a contract with this title, but only the title says that it is the same one."
)
WEEKS_DIFFER: Final = gettext_noop(
    "From %(day)s on, the file divides the weeks otherwise than what you imported before. Adding "
    "it would count hours twice, so it is left out unless you choose otherwise."
)
TAKEN: Final = gettext_noop(
    "Your contract with this title is taken for another one of this file already."
)


@dataclass(frozen=True, slots=True)
class Change:
    """A field that a contract log would change, old and new as the audit trail keeps values."""

    name: str
    before: Any
    after: Any


@dataclass(slots=True)
class Match:
    """What a contract of a file is, and what happens to it unless the user wants otherwise.

    `known` are its rows that are stored already; `replaced` are rows whose stored payment they
    bring up to date, with that payment (weeks that had not ended when they were exported last).
    """

    status: Status
    contract: StoredContract | None = None
    default: Default = "new"
    reason: Problem | None = None
    candidates: list[StoredContract] = field(default_factory=list)
    known: list[MoneyRow] = field(default_factory=list)
    replaced: list[tuple[MoneyRow, StoredPayment]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def amount_known(self) -> Decimal:
        return sum((row.amount for row in self.known), Decimal(0))


def match_groups(groups: Sequence[Group], stored: Stored) -> list[Match]:
    """Compare the contracts of a file of format A, B or C with what is stored, in their order."""
    taken: dict[int, str] = {}
    return [_match(group, stored, taken) for group in groups]


def _match(group: Group, stored: Stored, taken: dict[int, str]) -> Match:
    held = [(row, stored.payments.get(row.external_id)) for row in group.rows]
    known = [
        row
        for row, payment in held
        if (payment and payment.contract_id) or stored.is_elsewhere(row.external_id)
    ]
    match = _of_known_payments(group, stored, held) or _of_names(group, stored, taken)
    match.known = known
    if match.contract:
        taken.setdefault(match.contract.pk, group.found.upwork_contract_id)
        _compare_weeks(match, group, stored)
    if len(match.known) == len(group.rows):
        match.status, match.reason = Status.KNOWN, None
    return match


def _compare_weeks(match: Match, group: Group, stored: Stored) -> None:
    weeks = compared_weeks(group.rows, stored.payments_of(match.contract), stored.payments)
    match.known += weeks.parts
    match.replaced = weeks.grown
    if weeks.unclear:
        match.status, match.default = Status.DOUBTFUL, "leave_out"
        match.reason = Problem(WEEKS_DIFFER, {"day": weeks.unclear[0].isoformat()})


def _of_known_payments(
    group: Group, stored: Stored, held: Sequence[tuple[MoneyRow, StoredPayment | None]]
) -> Match | None:
    """The contract of the latest payment that is stored already."""
    placed = [payment for _, payment in held if payment and payment.contract_id]
    if not placed:
        return None
    latest = max(placed, key=lambda payment: (payment.paid_on, payment.pk))
    contract = stored.contracts.get(latest.contract_id or 0)
    return Match(Status.CHANGED, contract, "add") if contract else None


def _of_names(group: Group, stored: Stored, taken: dict[int, str]) -> Match:
    if contract := stored.with_upwork_id(group.found.upwork_contract_id):
        return Match(Status.CHANGED, contract, "add")
    certain = _same_work(group, stored)
    if len(certain) == 1 and _is_free(group, certain[0], taken):
        return Match(Status.CHANGED, certain[0], "add")
    candidates = certain or _same_title(group, stored)
    free = [contract for contract in candidates if _is_free(group, contract, taken)]
    if free:
        return _in_doubt(group, free)
    if candidates:
        return Match(Status.DOUBTFUL, None, "new", Problem(TAKEN), candidates)
    return Match(Status.NEW)


def _same_work(group: Group, stored: Stored) -> list[StoredContract]:
    """Contracts that client and title name; C's names no client, so only its id is certain."""
    if group.found.upwork_contract_id or not group.client_key:
        return []
    return stored.of_work(group.title_key, group.client_key)


def _same_title(group: Group, stored: Stored) -> list[StoredContract]:
    """Contracts with the title where a client is missing on one side, and no id says otherwise."""
    own_id = group.found.upwork_contract_id
    return [
        contract
        for contract in stored.of_title(group.title_key)
        if (not group.client_key or contract.client_key in ("", group.client_key))
        and not (own_id and contract.contract.upwork_contract_id)
    ]


def _is_free(group: Group, contract: StoredContract, taken: dict[int, str]) -> bool:
    """Two contracts of one file with different ids are never the same one."""
    own_id = group.found.upwork_contract_id
    return not own_id or taken.get(contract.pk, own_id) == own_id


def _in_doubt(group: Group, candidates: list[StoredContract]) -> Match:
    first, last = group.found.first_paid_on, group.found.last_paid_on
    nearest = min(candidates, key=lambda contract: (contract.days_apart(first, last), -contract.pk))
    several = len(candidates) > 1
    reason = Problem(SEVERAL, {"count": len(candidates)}) if several else Problem(TITLE_ONLY)
    return Match(Status.DOUBTFUL, nearest, "add", reason, candidates)
