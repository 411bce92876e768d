"""Files made up on the spot for the tests of the import, and the way through it in one call."""

import csv
import io
from collections.abc import Iterable, Mapping

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.imports import applying, reading, services
from contracts.imports.decisions import Decision, decision_save
from contracts.models import Contract, ImportBatch, ImportItem

LOG_HEADER = (
    "title,client,kind,started_on,closed_on,earned,hours,rating,ended_by,under_agency,"
    "client_flagged,feedback_removed,notes"
)
_REPORT_HEADER = (
    "Date,Transaction ID,Transaction type,Transaction summary,Transaction summary details,"
    "Description 1,Description 2,Description 3,Agency team,Freelancer,Client team,Account name,PO,"
    "Ref ID,Amount $,Amount in local currency,Currency,Current balance $,Payment method"
)


def _csv(header: str, rows: Iterable[Mapping[str, object]]) -> bytes:
    names = header.split(",")
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", extrasaction="raise")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def paid(
    day: str,
    ref: int,
    amount: str,
    title: str = "Logo",
    client: str = "Client Two",
    type_: str = "Fixed-price",
) -> dict[str, object]:
    """A row of a transaction report; its Transaction ID is its Ref ID."""
    return {
        "Date": day,
        "Transaction ID": ref,
        "Transaction type": type_,
        "Transaction summary": title,
        "Freelancer": "F. Lancer",
        "Client team": client,
        "Account name": "F. Lancer",
        "Ref ID": ref,
        "Amount $": amount,
    }


def connects(day: str, ref: int, amount: str = "-12.00") -> dict[str, object]:
    return paid(day, ref, amount, title="80 Connects", client="", type_="Connects")


def report(*rows: Mapping[str, object]) -> bytes:
    """A transaction report (A) with these rows."""
    return _csv(_REPORT_HEADER, rows)


def weekly(*rows: tuple[str, str, str, str]) -> bytes:
    """A weekly summary (C): date, contract, hours, amount."""
    names = ("Date", "Contract", "Hours", "Amount")
    lines = [dict(zip(names, row, strict=True)) for row in rows]
    return _csv("Date,Contract,Hours,Amount,Payment type", lines)


def log(*rows: Mapping[str, object]) -> bytes:
    """A contract log (D) with these rows."""
    return _csv(LOG_HEADER, rows)


def previewed(
    actor: Actor, content: bytes, *, freelancer: Freelancer | None = None, encoding: str = ""
) -> ImportBatch:
    """The import of a file, read."""
    chosen = freelancer or actor.freelancer
    assert chosen
    batch = services.import_create(
        actor=actor, freelancer=chosen, content=content, file_name="export.csv"
    )
    ImportBatch.objects.filter(pk=batch.pk).update(encoding=encoding)
    reading.import_read(batch.pk)
    return fresh(batch)


def fresh(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.for_page().get(pk=batch.pk)


def apply(actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Apply a previewed import as a request does."""
    services.applying_request(actor=actor, batch=batch)
    applying.import_apply(batch.pk, actor.user.pk)
    return fresh(batch)


def imported(actor: Actor, content: bytes, *, freelancer: Freelancer | None = None) -> ImportBatch:
    """The import of a file, applied as proposed."""
    batch = apply(actor, previewed(actor, content, freelancer=freelancer))
    assert batch.state == ImportBatch.State.APPLIED, batch.problem
    return batch


def item(batch: ImportBatch, title: str = "Logo") -> ImportItem:
    return ImportItem.objects.select_related("match", "batch").get(batch=batch, title=title)


def decide(actor: Actor, batch: ImportBatch, title: str, decision: Decision) -> None:
    decision_save(actor=actor, batch=batch, key=item(batch, title).key, decision=decision)


def statuses(batch: ImportBatch) -> dict[str, int]:
    """How many contracts are new, known, changed, doubtful; those that are 0 left out."""
    return {name: count for name, count in batch.preview["contracts"].items() if count}


def contract(actor: Actor, title: str = "Logo") -> Contract:
    return Contract.objects.select_related("client").get(practice=actor.practice, title=title)
