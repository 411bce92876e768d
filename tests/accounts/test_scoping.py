"""Whose rows an actor sees: every scoped model, every role."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from accounts.actors import Actor, Permission
from accounts.audit import audit_record
from accounts.models import Freelancer, Practice, User
from accounts.scoping import ScopedQuerySet, spans_many
from contracts.models import (
    Client,
    CloseoutEvent,
    CloseoutIntervals,
    Contract,
    Feedback,
    ImportBatch,
    LogEntry,
    MessageTemplate,
    Payment,
)
from contracts.models.imports import ImportItem
from jss.models import (
    FittedRules,
    KeptScore,
    Reading,
    Recomputation,
    RecoveryAnswer,
    RuleChoice,
    ScoreKeeping,
)
from outbox.models import DigestSchedule, Mail
from profiles.models import (
    ChecklistTick,
    Dismissal,
    DraftChange,
    Profile,
    ProfileVersion,
    WeeklyFigures,
)
from proposals.models import (
    ConnectsEntry,
    Piece,
    PieceVersion,
    Placeholder,
    Proposal,
    ProposalMove,
    ScreeningAnswer,
    TalliedMonth,
    Tally,
    UsedBlock,
)
from tests.factories import ClientFactory, ContractFactory, PracticeFactory, actor_with_role
from tests.profiles.samples import a_change, a_dismissal, a_profile, a_version
from tests.proposals import samples as proposal_samples

pytestmark = pytest.mark.django_db
OURS = {
    *("freelance_ops", "jss", "retainers", "contracts"),
    *("proposals", "profiles", "outbox", "accounts"),
}


def our_models() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models() if model._meta.app_label in OURS)


def domain_models() -> list[type[models.Model]]:
    """Everything but the tenant itself and the people, who may belong to several."""
    return [model for model in our_models() if model not in {User, Practice}]


@pytest.mark.parametrize("model", domain_models(), ids=lambda model: model._meta.label)
def test_every_domain_row_belongs_to_a_practice(model: type[models.Model]) -> None:
    try:
        field = model._meta.get_field("practice")
    except FieldDoesNotExist:
        pytest.fail(f"{model._meta.label} has no practice")
    assert field.related_model is Practice
    assert not field.null


@pytest.mark.parametrize("model", domain_models(), ids=lambda model: model._meta.label)
def test_every_domain_model_is_read_through_for_actor(model: type[models.Model]) -> None:
    assert isinstance(model._default_manager.all(), ScopedQuerySet)


def freelancer(actor: Actor) -> Freelancer:
    assert actor.freelancer
    return actor.freelancer


def contract(actor: Actor) -> Contract:
    return ContractFactory.create(freelancer=freelancer(actor))


def client_with_a_contract(actor: Actor) -> Client:
    client = ClientFactory.create(practice=actor.practice)
    ContractFactory.create(freelancer=freelancer(actor), client=client)
    return client


def batch(actor: Actor) -> ImportBatch:
    return ImportBatch.objects.create(
        practice=actor.practice, freelancer=freelancer(actor), content=b""
    )


# One row of each model, made for an actor: `for_actor` is tried on every one of them.
MAKE: dict[type[models.Model], Callable[[Actor], models.Model]] = {
    apps.get_model("accounts", "Membership"): lambda actor: actor.membership,
    Freelancer: freelancer,
    apps.get_model("accounts", "AuditEvent"): lambda actor: audit_record(
        actor=actor, verb="test", target=actor.practice, for_freelancer=actor.freelancer
    ),
    Client: client_with_a_contract,
    Contract: contract,
    Feedback: lambda actor: Feedback.objects.create(
        practice=actor.practice, contract=contract(actor), public_rating=5
    ),
    LogEntry: lambda actor: LogEntry.objects.create(
        practice=actor.practice, contract=contract(actor), happened_on="2026-01-01", what="A call"
    ),
    ImportBatch: batch,
    ImportItem: lambda actor: ImportItem.objects.create(
        practice=actor.practice,
        batch=batch(actor),
        number=1,
        key="k",
        group_key="k",
        title="A job",
        status="new",
    ),
    Payment: lambda actor: Payment.objects.create(
        practice=actor.practice,
        freelancer=freelancer(actor),
        batch=batch(actor),
        external_id="1",
        type="Hourly",
        paid_on="2026-01-01",
        amount=1,
        line=2,
    ),
    Reading: lambda actor: Reading.objects.create(
        practice=actor.practice, freelancer=freelancer(actor), observed_on="2026-01-01"
    ),
    KeptScore: lambda actor: KeptScore.objects.create(
        practice=actor.practice,
        freelancer=freelancer(actor),
        day="2026-01-01",
        windows={},
        computed_at="2026-01-02T00:10Z",
    ),
    ScoreKeeping: lambda actor: ScoreKeeping.objects.create(
        practice=actor.practice,
        freelancer=freelancer(actor),
        first_day="2026-01-01",
        kept_until="2026-01-01",
        contracts={},
        looked_at="2026-01-02T00:10Z",
    ),
    Recomputation: lambda actor: Recomputation.objects.create(
        practice=actor.practice,
        freelancer=freelancer(actor),
        recomputed_at="2026-01-03T00:10Z",
        first_day="2026-01-01",
        last_day="2026-01-01",
        differences=[],
        contracts=[],
    ),
    RecoveryAnswer: lambda actor: RecoveryAnswer.objects.create(
        practice=actor.practice, freelancer=freelancer(actor), text="Thank you for asking."
    ),
    apps.get_model("accounts", "CalendarFeed"): lambda actor: apps.get_model(
        "accounts", "CalendarFeed"
    ).objects.create(practice=actor.practice, user=actor.user, nonce="n"),
    CloseoutEvent: lambda actor: CloseoutEvent.objects.create(
        practice=actor.practice, contract=contract(actor), kind="asked", happened_on="2026-01-01"
    ),
    RuleChoice: lambda actor: RuleChoice.objects.create(
        practice=actor.practice, rule_set="trending"
    ),
    FittedRules: lambda actor: FittedRules.objects.create(
        practice=actor.practice,
        base="classic",
        positive_from="4.2",
        tolerated_at_least=2,
        tolerated_per_cent=20,
        weight_strength=0,
        fitted_on="2026-11-21",
        readings=6,
        off_before=3,
        off_after=1,
    ),
    CloseoutIntervals: lambda actor: CloseoutIntervals.objects.create(
        practice=actor.practice, contract=contract(actor), ping_days=5
    ),
    MessageTemplate: lambda actor: MessageTemplate.objects.create(
        practice=actor.practice, kind="ping", language="en", body=f"Hello from {actor.user}"
    ),
    DigestSchedule: lambda actor: DigestSchedule.objects.create(
        practice=actor.practice, membership=actor.membership, next_at="2026-01-01T09:00Z"
    ),
    Profile: a_profile,
    DraftChange: lambda actor: a_change(actor, a_profile(actor)),
    ProfileVersion: lambda actor: a_version(actor, a_profile(actor)),
    Dismissal: lambda actor: a_dismissal(actor, a_profile(actor)),
    WeeklyFigures: lambda actor: WeeklyFigures.objects.create(
        practice=actor.practice,
        freelancer=freelancer(actor),
        starts_on="2026-11-02",
        views=1,
        invitations=0,
        replies=0,
    ),
    ChecklistTick: lambda actor: ChecklistTick.objects.create(
        practice=actor.practice, freelancer=freelancer(actor), item="video", ticked_on="2026-11-02"
    ),
    Placeholder: proposal_samples.a_placeholder,
    Piece: proposal_samples.a_piece,
    PieceVersion: proposal_samples.a_version,
    Proposal: proposal_samples.a_proposal,
    ProposalMove: proposal_samples.a_move,
    ScreeningAnswer: proposal_samples.a_screening_answer,
    UsedBlock: proposal_samples.a_used_block,
    TalliedMonth: proposal_samples.a_tallied_month,
    Tally: proposal_samples.a_tally,
    ConnectsEntry: proposal_samples.some_connects,
    Mail: lambda actor: Mail.objects.create(
        practice=actor.practice,
        membership=actor.membership,
        occurrence=f"test:{actor.membership.pk}",
        message_id=f"<{actor.membership.pk}@example.com>",
        to_address=actor.user.email,
        subject="Due today",
        text="A ping",
        due_at="2026-01-01T09:00Z",
    ),
}


@pytest.fixture(params=domain_models(), ids=lambda model: model._meta.label)
def model(request: pytest.FixtureRequest) -> type[models.Model]:
    given: type[models.Model] = request.param
    if given not in MAKE:
        pytest.fail(f"Say in MAKE how to make a {given._meta.label}; then it is tried here.")
    return given


def seen(model: type[models.Model], actor: Actor) -> set[Any]:
    rows = model._default_manager.all()
    assert isinstance(rows, ScopedQuerySet)
    return set(rows.for_actor(actor).values_list("pk", flat=True))


@pytest.mark.parametrize("role", ["owner", "manager", "viewer"])
def test_these_roles_see_the_whole_practice_and_nothing_else(
    model: type[models.Model], role: str
) -> None:
    practice = PracticeFactory.create()
    reader = actor_with_role(role, practice=practice)
    of_colleague = MAKE[model](actor_with_role("member", practice=practice))
    of_stranger = MAKE[model](actor_with_role("owner"))

    assert of_colleague.pk in seen(model, reader)
    assert of_stranger.pk not in seen(model, reader)


def is_shared(model: type[models.Model]) -> bool:
    """Whether the whole practice uses it, such as its message templates."""
    rows = model._default_manager.all()
    return isinstance(rows, ScopedQuerySet) and rows.own_lookup is None


def test_what_the_whole_practice_shares_is_known() -> None:
    assert {model for model in domain_models() if is_shared(model)} == {
        CloseoutIntervals,
        MessageTemplate,
        RuleChoice,
        FittedRules,
        Placeholder,
    }


@pytest.mark.parametrize("model", [CloseoutIntervals, MessageTemplate, Placeholder])
def test_a_member_sees_what_the_practice_shares(model: type[models.Model]) -> None:
    practice = PracticeFactory.create()
    row = MAKE[model](actor_with_role("owner", practice=practice))
    MAKE[model](actor_with_role("owner"))

    assert seen(model, actor_with_role("member", practice=practice)) == {row.pk}


@pytest.mark.parametrize(
    "model",
    [model for model in domain_models() if not is_shared(model)],
    ids=lambda model: model._meta.label,
)
def test_a_member_sees_only_what_is_his_or_her_own(model: type[models.Model]) -> None:
    practice = PracticeFactory.create()
    member = actor_with_role("member", practice=practice)
    own = MAKE[model](member)
    of_colleague = MAKE[model](actor_with_role("member", practice=practice))
    of_stranger = MAKE[model](actor_with_role("owner"))

    rows = seen(model, member)
    assert own.pk in rows
    assert not rows & {of_colleague.pk, of_stranger.pk}


def test_a_member_elsewhere_is_nobody_here(model: type[models.Model]) -> None:
    """The same user is a member of two practices: the actor decides which one is meant."""
    here = actor_with_role("member")
    there = actor_with_role("owner")
    both = Actor(here.user, there.practice, there.membership)
    row = MAKE[model](here)
    assert row.pk not in seen(model, both)


def test_a_row_is_seen_once_however_many_ways_lead_to_it() -> None:
    member = actor_with_role("member")
    client = ClientFactory.create(practice=member.practice)
    ContractFactory.create_batch(3, freelancer=freelancer(member), client=client)
    assert Client.objects.for_actor(member).count() == 1


def test_what_a_member_sees_can_be_locked_and_deleted() -> None:
    """DISTINCT, which a join would need, forbids both."""
    member = actor_with_role("member")
    client = ClientFactory.create(practice=member.practice)
    made = ContractFactory.create(freelancer=freelancer(member), client=client)
    assert Client.objects.for_actor(member).select_for_update().get() == client
    assert Contract.objects.for_actor(member).select_for_update(of=("self",)).get() == made
    Contract.objects.for_actor(member).delete()
    assert not Contract.objects.exists()


@pytest.mark.parametrize(
    ("model", "lookup", "many"),
    [
        (Client, "contracts__freelancer__user", True),
        (Contract, "freelancer__user", False),
        (Feedback, "contract__freelancer__user", False),
        (Freelancer, "user", False),
    ],
)
def test_a_look_up_over_many_rows_is_known(
    model: type[models.Model], lookup: str, *, many: bool
) -> None:
    assert spans_many(model, lookup) is many


def test_the_choice_narrows_and_everybody_does_not() -> None:
    practice = PracticeFactory.create()
    manager = actor_with_role("manager", practice=practice)
    first = ContractFactory.create(freelancer=freelancer(manager))
    second = contract(actor_with_role("member", practice=practice))
    everybody = Actor(manager.user, practice, manager.membership)

    assert list(Contract.objects.for_actor(manager).of_choice(manager)) == [first]
    assert set(Contract.objects.for_actor(everybody).of_choice(everybody)) == {first, second}


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("owner", set(Permission)),
        ("manager", {Permission.VIEW, Permission.CHANGE, Permission.CHANGE_SHARED}),
        ("member", {Permission.VIEW, Permission.CHANGE}),
        ("viewer", {Permission.VIEW}),
    ],
)
def test_what_each_role_may(role: str, may: set[Permission]) -> None:
    actor = actor_with_role(role)
    assert {permission for permission in Permission if actor.may(permission)} == may
