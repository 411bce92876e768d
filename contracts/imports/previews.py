"""What an import found, for its page and for the terminal: items and sums that add up.

`summary` is what `ImportBatch.preview` holds. Amounts are text, exact, in US dollars.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any, Final

from contracts.importing import (
    BadRow,
    Export,
    LogRow,
    MoneyRow,
    PaymentCategory,
    plain_amount,
    totals,
)
from contracts.importing.payment_types import category_of
from contracts.imports.groups import Findings, Group
from contracts.imports.matching import Match, Status
from contracts.imports.sentences import problem_kept
from contracts.imports.stored import Stored, cents
from contracts.models import ImportBatch, ImportItem

SHOWN_BAD_ROWS: Final = 200
LARGE_GAP_DAYS: Final = 90  # C3's month, and two more: probably two contracts of one title
NOTHING: Final = Decimal(0)


def items_of(batch: ImportBatch, findings: Findings, matches: Sequence[Match]) -> list[ImportItem]:
    """Return the contracts as they are shown and decided on, unsaved."""
    return [
        _item(batch, number, group, match)
        for number, (group, match) in enumerate(zip(findings.groups, matches, strict=True), 1)
    ]


def _item(batch: ImportBatch, number: int, group: Group, match: Match) -> ImportItem:
    found, log = group.found, group.found.log
    return ImportItem(
        practice_id=batch.practice_id,
        batch_id=batch.pk,
        number=number,
        key=group.key,
        group_key=group.group_key,
        part_from=group.part_from,
        title=found.title[:300],
        client=found.client[:200],
        upwork_contract_id=found.upwork_contract_id,
        status=match.status,
        match_id=match.contract.pk if match.contract else None,
        first_on=log.started_on if log else found.first_paid_on,
        last_on=log.closed_on if log else found.last_paid_on,
        gross=None if log and log.earned is None else found.gross - found.refunds,
        fees=None if log else found.fees,
        hours=found.hours,
        amount=group.amount,
        amount_known=group.amount if _log_known(group, match) else match.amount_known,
        rows=max(len(group.rows), 1),
        rows_known=1 if _log_known(group, match) else len(match.known),
        facts=_facts(group, match),
    )


def _log_known(group: Group, match: Match) -> bool:
    return bool(group.found.log) and match.status == Status.KNOWN


def _facts(group: Group, match: Match) -> dict[str, Any]:
    found, log = group.found, group.found.log
    facts: dict[str, Any] = {
        "default": match.default,
        "kind": found.kind,
        "under_agency": group.under_agency,
        "freelancer": found.freelancer,
    }
    if match.reason:
        facts["reason"] = problem_kept(match.reason)
    if match.candidates:
        facts["candidates"] = [stored.pk for stored in match.candidates]
    if match.changes:
        facts["changes"] = [asdict(change) for change in match.changes]
    if match.replaced:
        facts["replaced"] = len(match.replaced)
    if found.longest_gap_days >= LARGE_GAP_DAYS:
        facts["gap_days"] = found.longest_gap_days
    if log:
        facts["line"] = log.line
        facts["rating"] = None if log.rating is None else str(cents(log.rating))
        facts["open"] = log.closed_on is None
        facts["earned_stays"] = _earned_stays(log, match)
    return facts


def _earned_stays(log: LogRow, match: Match) -> bool:
    """Whether the row's earnings are not what the contract's payments add up to."""
    if match.contract is None or not match.contract.has_payments or log.earned is None:
        return False
    return match.contract.contract.earned != cents(log.earned)


def summary(findings: Findings, items: Sequence[ImportItem], stored: Stored) -> dict[str, Any]:
    """Return what was found as a whole: counts, sums by type, the practice's rows, bad rows."""
    export = findings.export
    statuses = Counter(item.status for item in items)
    practice_known = [row for row in findings.practice if stored.holds(row.external_id)]
    return {
        "format": export.format,
        "variant": export.variant,
        "encoding": export.encoding,
        "delimiter": export.delimiter,
        "rows": export.rows,
        "contracts": {status.value: statuses[status] for status in Status},
        "totals": totals(export),
        "types": _types(export),
        "amount": plain_amount(_file_amount(export)),
        "items_rows_known": sum(item.rows_known for item in items),
        "items_amount_known": plain_amount(sum((item.amount_known for item in items), NOTHING)),
        "practice": _practice_lines(findings.practice),
        "practice_rows": len(findings.practice),
        "practice_amount": plain_amount(_sum(findings.practice)),
        "practice_rows_known": len(practice_known),
        "practice_amount_known": plain_amount(_sum(practice_known)),
        "others_rows": len(findings.others),
        "others_amount": plain_amount(_sum(findings.others)),
        "freelancers": dict(findings.freelancers),
        "bad": [_bad(row) for row in export.bad[:SHOWN_BAD_ROWS]],
        "bad_rows": len(export.bad),
        "repeated_rows": sum(row.same_as is not None for row in export.bad),
    }


def _sum(rows: Iterable[MoneyRow]) -> Decimal:
    return sum((row.amount for row in rows), NOTHING)


def _file_amount(export: Export) -> Decimal:
    earned = (log.earned or NOTHING for log in export.log)
    return _sum(export.money) + sum(earned, NOTHING)


def _types(export: Export) -> list[dict[str, Any]]:
    """Rows, amount and category by type as spelled in the file, in the file's order."""
    rows = Counter(row.type for row in export.money)
    return [
        {
            "type": type_,
            "rows": rows[type_] or None,
            "amount": amount,
            "unknown": bool(export.money) and not _is_known_type(type_),
        }
        for type_, amount in totals(export).items()
    ]


def _is_known_type(type_: str) -> bool:
    known = category_of(type_) is not PaymentCategory.OTHER
    return known or type_.casefold() == "miscellaneous"


def _practice_lines(rows: Iterable[MoneyRow]) -> list[dict[str, Any]]:
    sums: dict[str, list[Any]] = {}
    for row in rows:
        line = sums.setdefault(row.type, [0, NOTHING])
        line[0] += 1
        line[1] += row.amount
    return [
        {"type": type_, "rows": count, "amount": plain_amount(amount)}
        for type_, (count, amount) in sums.items()
    ]


def _bad(row: BadRow) -> dict[str, Any]:
    return problem_kept(row.reason, line=row.line, column=row.column, same_as=row.same_as)


def report(findings: Findings, matches: Sequence[Match]) -> Mapping[str, Any]:
    """Return what the terminal prints as JSON: an interface that others rely on."""
    export = findings.export
    statuses = Counter(match.status.value for match in matches)
    return {
        "format": export.format,
        "rows": export.rows,
        "not_understood": [
            {"line": row.line, "reason": _reason_with_column(row)} for row in export.bad
        ],
        "contracts": {status.value: statuses[status.value] for status in Status},
        "totals": totals(export),
    }


def _reason_with_column(row: BadRow) -> str:
    return f"{row.column}: {row.reason}" if row.column else str(row.reason)
