"""What an import changed: written in bulk, and remembered so that it can be undone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import timezone

from contracts.changes import plain_value
from contracts.imports.stored import StoredContract
from contracts.models import Contract

REMEMBERED: Final = (
    "client",
    "title",
    "kind",
    "upwork_contract_id",
    "under_agency",
    "started_on",
    "delivered_on",
    "closed_on",
    "ended_by",
    "end_reason",
    "rate",
    "hours",
    "earned",
    "fees",
    "client_flagged",
    "feedback_removed",
    "notes",
)


def plain_values(contract: Contract) -> dict[str, Any]:
    """Return a contract's fields as JSON keeps them."""
    return {name: plain_value(getattr(contract, name)) for name in REMEMBERED}


def is_same(one: Any, other: Any) -> bool:
    """Say whether two plain values are the same; a client is, under another name too."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return bool(one.get("id") == other.get("id"))
    return bool((one or None) == (other or None))


@dataclass(slots=True)
class Outcome:
    """What one import changed. Keys of rows are primary keys; values are plain, for JSON.

        `created` holds new contracts as they were left; `changed` the fields of others, before and
    after; `feedback` the client's feedback by contract, `before` None where there was none.
    `unpaid_before` are those of the changed that had no payments, so that their sums were typed;
    `no_paid_hours_before` those that had none with hours, so that their hours were.
    `attached` payments had no contract before; `replaced` are as they were before.
    """

    created: dict[int, dict[str, Any]] = field(default_factory=dict)
    changed: dict[int, dict[str, dict[str, Any]]] = field(default_factory=dict)
    feedback: dict[int, dict[str, Any]] = field(default_factory=dict)
    clients: list[int] = field(default_factory=list)
    unpaid_before: list[int] = field(default_factory=list)
    no_paid_hours_before: list[int] = field(default_factory=list)
    attached: list[int] = field(default_factory=list)
    replaced: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    _touched: dict[int, tuple[Contract, dict[str, Any]]] = field(default_factory=dict)
    _new: list[Contract] = field(default_factory=list)

    def touch(self, stored: StoredContract) -> Contract:
        """Remember how a stored contract is before its first change."""
        contract = stored.contract
        if contract.pk not in self._touched:
            self._touched[contract.pk] = (contract, plain_values(contract))
            if not stored.has_payments:
                self.unpaid_before.append(contract.pk)
            if not stored.has_paid_hours:
                self.no_paid_hours_before.append(contract.pk)
        return contract

    def create(self, contracts: list[Contract]) -> None:
        Contract.objects.bulk_create(contracts, batch_size=500)
        self._new.extend(contracts)
        self.counts["contracts_created"] += len(contracts)

    @property
    def touched(self) -> list[Contract]:
        return [contract for contract, _ in self._touched.values()]

    def write(self) -> None:
        """Save the touched contracts and remember all of it."""
        now = timezone.now()
        for contract, before in self._touched.values():
            after = plain_values(contract)
            names = [name for name in REMEMBERED if not is_same(before[name], after[name])]
            if names:
                self.changed[contract.pk] = {
                    "before": {name: before[name] for name in names},
                    "after": {name: after[name] for name in names},
                }
        changed = [self._touched[key][0] for key in self.changed]
        fields = {name for change in self.changed.values() for name in change["after"]}
        for contract in changed:
            contract.changed_at = now
        if changed:
            Contract.objects.bulk_update(changed, [*sorted(fields), "changed_at"], batch_size=200)
        self.created = {contract.pk: plain_values(contract) for contract in self._new}

    def kept(self) -> dict[str, Any]:
        """Return it as the batch keeps it."""
        return {
            "created": {str(key): values for key, values in self.created.items()},
            "changed": {str(key): values for key, values in self.changed.items()},
            "feedback": {str(key): values for key, values in self.feedback.items()},
            "clients": self.clients,
            "unpaid_before": self.unpaid_before,
            "no_paid_hours_before": self.no_paid_hours_before,
            "attached": self.attached,
            "replaced": self.replaced,
            "counts": dict(self.counts),
        }
