"""What a contract of an import can be added to or merged into: the likeliest first."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import Q

from contracts.importing.identities import folded_name
from contracts.models import Contract, ImportBatch, ImportItem
from contracts.models.contracts import contains

type Choice = tuple[str, str]

MOST: Final = 100
_MOST_RANKED: Final = 5_000


def contract_choices(batch: ImportBatch, item: ImportItem, words: str = "") -> list[Choice]:
    """The freelancer's contracts by public id, those that are like the item first."""
    rows = Contract.objects.filter(freelancer=batch.freelancer_id).order_by("-pk")
    names = rows.search(words).values_list("public_id", "title", "client__name", "started_on")
    ranked = _ranked(item, [(row[0], row[1], row[2] or "") for row in names[:_MOST_RANKED]])
    started = {row[0]: row[3] for row in names[:_MOST_RANKED]} if _repeats(ranked) else {}
    return [
        (key, _label(title, client, started[key] if started.get(key) else None))
        for key, title, client in ranked
    ]


def item_choices(batch: ImportBatch, item: ImportItem, words: str = "") -> list[Choice]:
    """The other contracts of the same import by key, those that are like the item first."""
    rows = ImportItem.objects.filter(batch=batch).exclude(key=item.key)
    for word in words.replace("\0", " ").split():
        rows = rows.filter(Q(**contains("title", word)) | Q(**contains("client", word)))
    names = rows.values_list("key", "title", "client", "part_from")
    parts = {row[0]: row[3] for row in names[:_MOST_RANKED]}
    ranked = _ranked(item, [row[:3] for row in names[:_MOST_RANKED]])
    return [(key, _label(title, client, parts[key])) for key, title, client in ranked]


def _ranked(
    item: ImportItem, rows: Iterable[tuple[str, str, str]]
) -> Sequence[tuple[str, str, str]]:
    own_words, own_client = set(folded_name(item.title).split()), folded_name(item.client)

    def unlikeness(row: tuple[str, str, str]) -> tuple[int, int, str]:
        shared = len(own_words & set(folded_name(row[1]).split()))
        return -int(bool(own_client) and folded_name(row[2]) == own_client), -shared, row[1]

    return sorted(rows, key=unlikeness)[:MOST]


def _repeats(rows: Sequence[tuple[str, str, str]]) -> bool:
    return len({row[1:] for row in rows}) < len(rows)


def _label(title: str, client: str, day: object) -> str:
    return " · ".join(filter(None, (title, client, str(day) if day else "")))
