"""Two at once: nothing is stored twice, whoever wins. Threads with connections of their own."""

from decimal import Decimal

import pytest

from accounts.actors import Actor
from contracts.imports import applying, services
from contracts.imports.claims import State
from contracts.imports.undo import NotUndoable, import_undo
from contracts.models import Client, Contract, ImportBatch, Payment
from tests.contracts.import_files import connects, fresh, imported, paid, previewed, report
from tests.factories import solo_actor
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

CONTENT = report(
    *(paid("2026-09-18", 9000 + n, "1.00", title=f"Contract {n % 5}") for n in range(200)),
    connects("2026-09-18", 8000),
)


@pytest.fixture
def actor() -> Actor:
    return solo_actor()


def applied_once(actor: Actor) -> bool:
    contracts = Contract.objects.filter(practice=actor.practice)
    return (
        Payment.objects.filter(practice=actor.practice).count() == 201
        and [contract.earned for contract in contracts] == [Decimal(40)] * 5
        and Client.objects.count() == 1
    )


def test_two_tasks_of_one_import_apply_it_once(actor: Actor) -> None:
    batch = previewed(actor, CONTENT)
    services.applying_request(actor=actor, batch=batch)
    work = [lambda: applying.import_apply(batch.pk, actor.user.pk)] * 3
    at_once(*work)
    assert fresh(batch).state == State.APPLIED
    assert applied_once(actor)


def test_two_clicks_request_it_once(actor: Actor) -> None:
    batch = previewed(actor, CONTENT)
    granted: list[bool] = []
    click = lambda: granted.append(services.applying_request(actor=actor, batch=fresh(batch)))  # noqa: E731
    at_once(click, click, click)
    assert sorted(granted) == [False, False, True]


def test_two_imports_of_the_same_file_store_it_once(actor: Actor) -> None:
    batches = [previewed(actor, CONTENT) for _ in range(3)]
    for batch in batches:
        services.applying_request(actor=actor, batch=batch)
    at_once(*(lambda pk=batch.pk: applying.import_apply(pk, actor.user.pk) for batch in batches))
    assert set(ImportBatch.objects.values_list("state", flat=True)) == {State.APPLIED}
    assert applied_once(actor)


def test_two_undos_undo_once(actor: Actor) -> None:
    batch = imported(actor, CONTENT)
    refused: list[NotUndoable] = []

    def undo() -> None:
        try:
            import_undo(actor=actor, batch=batch)
        except NotUndoable as refusal:
            refused.append(refusal)

    at_once(undo, undo)
    assert len(refused) == 1
    assert not Payment.objects.exists()


def test_an_undo_beside_another_import_leaves_that_one_whole(actor: Actor) -> None:
    first = imported(actor, CONTENT)
    second = previewed(actor, report(paid("2026-10-01", 9900, "7.00", title="Contract 0")))
    services.applying_request(actor=actor, batch=second)
    at_once(
        lambda: import_undo(actor=actor, batch=first),
        lambda: applying.import_apply(second.pk, actor.user.pk),
    )
    assert Contract.objects.get(title="Contract 0").earned == 7
    assert Payment.objects.count() == 1
