"""B2: templates and blocks are versioned, scoped, and never hold what can't be filled."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.conflicts import ChangedMeanwhile
from accounts.models import AuditEvent, Freelancer
from proposals.models import Piece, PieceVersion
from proposals.piece_services import (
    piece_change,
    piece_create,
    piece_put_back,
    piece_remove,
    placeholder_save,
    seen_of_piece,
)
from tests.factories import PracticeFactory, actor_with_role, solo_actor
from tests.proposals.samples import BODY, a_piece, a_placeholder

pytestmark = pytest.mark.django_db


def test_another_text_is_another_version_and_another_name_is_none() -> None:
    actor = solo_actor()
    piece = a_piece(actor)
    piece_change(actor=actor, piece=piece, name="Online shops")
    piece_change(actor=actor, piece=piece, body="Hello {{ client_name }}")
    versions = PieceVersion.objects.filter(piece=piece).newest_first()
    assert [(each.number, each.body) for each in versions] == [
        (2, "Hello {{ client_name }}"),
        (1, BODY),
    ]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Hi {{ nobody }}", "Line 1, column 4: there is no placeholder “nobody”."),
        ("Hi\n {{ client_name.__class__ }}", "Line 2, column 2: “{{” belongs to no placeholder."),
        ("{% include 'x' %} {{", "Line 1, column 19: “{{” belongs to no placeholder."),
        ("  ", "Write the text."),
    ],
)
def test_what_can_never_be_filled_is_refused_with_its_place(body: str, words: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        a_piece(solo_actor(), body=body)
    assert words in " ".join(refusal.value.message_dict["body"])


def test_a_practice_uses_its_own_placeholders_and_no_other_ones() -> None:
    actor = solo_actor()
    a_placeholder(actor, name="deadline")
    assert a_piece(actor, body="By {{ deadline }}").pk
    with pytest.raises(ValidationError):
        a_piece(solo_actor(), body="By {{ deadline }}")


@pytest.mark.parametrize("name", ["client_name", "deadline", "1st", "a b", "x.y", ""])
def test_a_placeholder_needs_a_name_of_its_own(name: str) -> None:
    actor = solo_actor()
    a_placeholder(actor, name="deadline")
    with pytest.raises(ValidationError) as refusal:
        placeholder_save(actor=actor, name=name, label="A label")
    assert "name" in refusal.value.message_dict


def test_who_changed_it_meanwhile_is_not_overwritten() -> None:
    actor = solo_actor()
    piece = a_piece(actor)
    seen = seen_of_piece(piece)
    piece_change(actor=actor, piece=piece, seen=seen, name="First")
    with pytest.raises(ChangedMeanwhile):
        piece_change(actor=actor, piece=piece, seen=seen, name="Second")
    assert Piece.objects.get().name == "First"


def test_a_member_writes_own_ones_and_leaves_the_shared_ones_alone() -> None:
    practice = PracticeFactory.create()
    owner = actor_with_role("owner", practice=practice)
    member = actor_with_role("member", practice=practice)
    shared = a_piece(owner, freelancer=None)
    with pytest.raises(PermissionDenied):
        piece_change(actor=member, piece=shared, name="Mine now")
    with pytest.raises(PermissionDenied):
        a_piece(member, freelancer=None)
    with pytest.raises(Freelancer.DoesNotExist):
        a_piece(member, freelancer=owner.freelancer)
    assert a_piece(member) in Piece.objects.usable_by(member.freelancer)  # type: ignore[arg-type]
    assert shared in Piece.objects.for_actor(member)


def test_a_viewer_writes_nothing() -> None:
    viewer = actor_with_role("viewer")
    with pytest.raises(PermissionDenied):
        piece_create(actor=viewer, kind="case", name="x", body="y", freelancer=viewer.freelancer)


def test_removed_and_put_back_with_a_line_in_the_trail_each() -> None:
    actor = solo_actor()
    piece = a_piece(actor)
    piece_remove(actor=actor, piece=piece)
    piece_remove(actor=actor, piece=piece)
    assert not Piece.objects.kept().exists()
    piece_put_back(actor=actor, piece=piece)
    assert Piece.objects.kept().get() == piece
    verbs = AuditEvent.objects.filter(practice=actor.practice).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "proposal_text.created",
        "proposal_text.removed",
        "proposal_text.put_back",
    ]
