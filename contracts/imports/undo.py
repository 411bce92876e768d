"""Taking a whole import back, in one transaction.

Its payments go; contracts that it made go too, unless somebody added to them since: those stay and
are named. Fields that it changed on other contracts get their former values where nobody changed
them since. Clients that it made and nobody uses go with it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.models import Freelancer
from contracts.changes import value_from_plain
from contracts.imports.apply_log import RATING_FIELDS, plain_rating
from contracts.imports.money import MONEY_FIELDS, contracts_recompute
from contracts.imports.outcome import is_same, plain_values
from contracts.models import Client, Contract, Feedback, ImportBatch, LogEntry, Payment
from contracts.models.feedback import PART_SCORES

IMPORT_UNDONE: Final = "import.undone"
_TYPED_FEEDBACK: Final = (*PART_SCORES, "comment", "private_rating", "given_on")
_DATES: Final = ("started_on", "closed_on", "ended_by")
_AT_ONCE: Final = 500


class NotUndoable(Exception):  # noqa: N818 - says what happened
    """The import is not applied, was undone already, or left no record of what it changed."""


@transaction.atomic
def import_undo(*, actor: Actor, batch: ImportBatch) -> dict[str, Any]:
    """Undo an applied import; return what was removed, restored and what stayed, and why."""
    actor.require(Permission.CHANGE)
    Freelancer.objects.select_for_update(no_key=True).get(pk=batch.freelancer_id)
    applied = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.APPLIED)
    outcome = applied.values_list("outcome", flat=True).first()
    if not outcome:
        raise NotUndoable
    report = _Undo(batch, outcome).run()
    applied.update(
        state=ImportBatch.State.UNDONE, outcome={"counts": outcome["counts"], "undone": report}
    )
    audit_record(
        actor=actor,
        verb=IMPORT_UNDONE,
        target=batch,
        for_freelancer=batch.freelancer,
        after={name: value for name, value in report.items() if name != "stayed"}
        | {"stayed": [contract["title"] for contract in report["stayed"]]},
    )
    return report


@dataclass
class _Undo:
    """One undo while it is carried out."""

    batch: ImportBatch
    outcome: Mapping[str, Any]
    contracts: dict[int, Contract] = field(default_factory=dict)
    stayed: list[dict[str, Any]] = field(default_factory=list)
    restored: set[int] = field(default_factory=set)

    def run(self) -> dict[str, Any]:
        created = {int(key): values for key, values in self.outcome["created"].items()}
        changed = {int(key): values for key, values in self.outcome["changed"].items()}
        self._load(created.keys() | changed.keys())
        computed = self._computed()
        payments = self._payments_remove()
        paid = contracts_recompute(self.contracts.values())
        self._money_without_payments(computed, paid, changed)
        going = self._going(created, paid)
        self._fields_restore(changed, paid)
        self._ratings_restore(changed.keys() | self._rated() - created.keys())
        kept = [contract for key, contract in self.contracts.items() if key not in going]
        names = {name for change in changed.values() for name in change["before"]}
        fields = sorted(names | set(MONEY_FIELDS) | set(_DATES))
        now = timezone.now()
        for contract in kept:
            contract.changed_at = now
        Contract.objects.bulk_update(kept, [*fields, "changed_at"], batch_size=200)
        self._contracts_delete(going)
        return {
            "payments": payments,
            "contracts": len(going),
            "restored": len(self.restored),
            "clients": self._clients_delete(),
            "stayed": self.stayed,
        }

    def _rated(self) -> set[int]:
        return {int(key) for key in self.outcome["feedback"]}

    def _load(self, keys: Iterable[int]) -> None:
        paid = Payment.objects.filter(batch=self.batch, contract__isnull=False)
        wanted = {*keys, *self._rated(), *paid.values_list("contract_id", flat=True).distinct()}
        rows = Contract.objects.filter(practice=self.batch.practice_id).select_related("client")
        self.contracts = rows.in_bulk(wanted)

    # ── Money ────────────────────────────────────────────────────────────────────────────────────

    def _computed(self) -> dict[int, dict[str, Any]]:
        """What the payments say while they are all here, of contracts that nobody typed over."""
        before = {key: plain_values(contract) for key, contract in self.contracts.items()}
        paid = contracts_recompute(self.contracts.values())
        computed = {}
        for key, contract in self.contracts.items():
            now = plain_values(contract)
            computed[key] = {
                name: now[name]
                for name in paid.get(key, ())
                if is_same(before[key][name], now[name])
            }
            for name in MONEY_FIELDS:
                setattr(contract, name, value_from_plain(Contract, name, before[key][name]))
        return computed

    def _payments_remove(self) -> int:
        for held in self.outcome["replaced"]:
            own = Payment.objects.filter(pk=held["payment"], external_id=held["now"])
            others = Payment.objects.filter(
                freelancer=self.batch.freelancer_id, external_id=held["external_id"]
            )
            if not others.exists():
                names = ("external_id", "amount", "hours")
                own.update(**{name: held[name] for name in names})
        for start in range(0, len(self.outcome["attached"]), _AT_ONCE):
            keys = self.outcome["attached"][start : start + _AT_ONCE]
            Payment.objects.filter(pk__in=keys).update(contract=None)
        return Payment.objects.filter(batch=self.batch).delete()[0]

    def _money_without_payments(
        self,
        computed: Mapping[int, Mapping[str, Any]],
        paid: Mapping[int, Collection[str]],
        changed: Mapping[int, Mapping[str, Any]],
    ) -> None:
        """Sums of payments that are gone go too; what was typed before or since stays."""
        unpaid_before = set(self.outcome.get("unpaid_before", ()))
        no_hours_before = unpaid_before | set(self.outcome.get("no_paid_hours_before", ()))
        for key, contract in self.contracts.items():
            for name in computed[key].keys() - paid.get(key, set()):
                was_typed = key in (no_hours_before if name == "hours" else unpaid_before)
                before = changed.get(key, {}).get("before", {}) if was_typed else {}
                empty = "0.00" if name == "fees" else None
                typed = before.get(name, computed[key][name] if was_typed else empty)
                setattr(contract, name, value_from_plain(Contract, name, typed))

    # ── Contracts that it made ───────────────────────────────────────────────────────────────────

    def _going(self, created: Mapping[int, Mapping[str, Any]], paid: Collection[int]) -> set[int]:
        """The contracts to delete; the others are noted with what keeps them."""
        keys = [key for key in created if key in self.contracts]
        logged = set(
            LogEntry.objects.filter(contract__in=keys).values_list("contract_id", flat=True)
        )
        rated = self._typed_feedback(keys)
        going = set()
        for key in keys:
            contract = self.contracts[key]
            now = plain_values(contract)
            fields = [
                name
                for name, value in created[key].items()
                if name not in MONEY_FIELDS and not is_same(now[name], value)
            ]
            why = [
                *(["payments"] if key in paid else []),
                *(["feedback"] if key in rated else []),
                *(["log"] if key in logged else []),
            ]
            if fields or why:
                self._stays(contract, why, fields)
            else:
                going.add(key)
        return going

    def _typed_feedback(self, keys: Iterable[int]) -> set[int]:
        """The contracts with feedback that is not just what the import wrote."""
        typed = set()
        for feedback in Feedback.objects.filter(contract__in=keys):
            written = self.outcome["feedback"].get(str(feedback.contract_id), {}).get("after")
            if plain_rating(feedback) != written or _has_more(feedback):
                typed.add(feedback.contract_id)
        return typed

    def _stays(self, contract: Contract, why: list[str], fields: list[str]) -> None:
        self.stayed.append(
            {
                "public_id": contract.public_id,
                "title": contract.title,
                "why": why,
                "fields": fields,
            }
        )

    def _contracts_delete(self, keys: set[int]) -> None:
        some = sorted(keys)
        for start in range(0, len(some), _AT_ONCE):
            Contract.objects.filter(pk__in=some[start : start + _AT_ONCE]).delete()

    def _clients_delete(self) -> int:
        unused = Client.objects.filter(
            pk__in=self.outcome["clients"], contracts=None, flagged=False, notes=""
        )
        return unused.delete()[0]

    # ── Contracts that it changed ────────────────────────────────────────────────────────────────

    def _fields_restore(
        self, changed: Mapping[int, Mapping[str, Any]], paid: Mapping[int, Collection[str]]
    ) -> None:
        clients = self._former_clients(changed)
        for key, change in changed.items():
            contract = self.contracts.get(key)
            if contract is None:
                continue
            now = plain_values(contract)
            names = [
                name
                for name, after in change["after"].items()
                if is_same(now[name], after) and name not in paid.get(key, ())
            ]
            for name in names:
                before = change["before"][name]
                if name == "client":
                    contract.client = clients.get(before["id"]) if before else None
                else:
                    setattr(contract, name, value_from_plain(Contract, name, before))
            self._keep_valid(contract, now)
            self.restored.add(key)
            kept = set(change["after"]) - set(names) - set(MONEY_FIELDS)
            if kept:
                self._stays(contract, [], sorted(kept))

    def _former_clients(self, changed: Mapping[int, Mapping[str, Any]]) -> dict[str, Client]:
        before = [change["before"].get("client") for change in changed.values()]
        ids = [client["id"] for client in before if client]
        clients = Client.objects.filter(practice=self.batch.practice_id, public_id__in=ids)
        return {client.public_id: client for client in clients}

    def _keep_valid(self, contract: Contract, now: Mapping[str, Any]) -> None:
        """Leave the dates as they are where a former one no longer fits the other."""
        started, closed = contract.started_on, contract.closed_on
        if started and closed and closed < started:
            for name in _DATES:
                setattr(contract, name, value_from_plain(Contract, name, now[name]))
        if contract.closed_on is None:
            contract.ended_by = ""

    def _ratings_restore(self, keys: Iterable[int]) -> None:
        written = self.outcome["feedback"]
        rows = Feedback.objects.from_client().filter(contract__in=list(keys))
        for feedback in rows:
            change = written.get(str(feedback.contract_id))
            if not change or plain_rating(feedback) != change["after"]:
                continue
            if change["before"]:
                for name in RATING_FIELDS:
                    plain = change["before"][name]
                    setattr(feedback, name, value_from_plain(Feedback, name, plain))
                feedback.save(update_fields=RATING_FIELDS)
            elif not _has_more(feedback):
                feedback.delete()
            self.restored.add(feedback.contract_id)


def _has_more(feedback: Feedback) -> bool:
    return any(getattr(feedback, name) not in (None, "") for name in _TYPED_FEEDBACK)
