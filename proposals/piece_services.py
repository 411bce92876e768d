"""Writing and changing templates, blocks and placeholders (B2).

Every service needs `Permission.CHANGE`, else `PermissionDenied`, and rows that the actor sees, else
`DoesNotExist`. What the whole practice shares needs `Permission.CHANGE_SHARED` to be changed.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor, Permission
from accounts.audit import audit_record, changed_fields
from accounts.conflicts import ChangedMeanwhile, fingerprint
from accounts.models import Freelancer
from proposals.fields import NAME
from proposals.known_names import NAMES_FILLED
from proposals.models import Piece, PieceVersion, Placeholder
from proposals.template_problems import template_problems

PIECE_CREATED: Final = "proposal_text.created"
PIECE_CHANGED: Final = "proposal_text.changed"
PIECE_REMOVED: Final = "proposal_text.removed"
PIECE_PUT_BACK: Final = "proposal_text.put_back"
PLACEHOLDER_CHANGED: Final = "placeholder.changed"
PIECE_FIELDS: Final = ("kind", "freelancer", "name", "niche", "skills", "body")


def seen_of_piece(piece: Piece) -> str:
    """The fingerprint of what a form showed."""
    plain = {name: getattr(piece, name) for name in PIECE_FIELDS if name != "freelancer"}
    return fingerprint({**plain, "freelancer": piece.freelancer_id})


def allowed_names(actor: Actor) -> frozenset[str]:
    """Every name that a text of this practice may use."""
    own = Placeholder.objects.for_actor(actor).values_list("name", flat=True)
    return NAMES_FILLED | frozenset(own)


@transaction.atomic
def piece_create(
    *,
    actor: Actor,
    kind: str,
    name: str,
    body: str,
    freelancer: Freelancer | None = None,
    niche: str = "",
    skills: Sequence[str] = (),
) -> Piece:
    """Write a template or a block; without a freelancer it is shared with the practice.

    Raises `ValidationError` by field: for a body whose placeholders can't be filled, among others.
    """
    _require_for(actor, freelancer)
    _refuse_body(actor, body)
    piece = Piece.objects.create(
        practice=actor.practice,
        freelancer=freelancer,
        kind=kind,
        name=name,
        niche=niche,
        skills=list(skills),
        body=body,
    )
    _version_add(actor, piece)
    audit_record(actor=actor, verb=PIECE_CREATED, target=piece, for_freelancer=freelancer)
    return piece


@transaction.atomic
def piece_change(*, actor: Actor, piece: Piece, seen: str = "", **values: Any) -> Piece:
    """Change what a form showed; another text is another version.

    Raises `ChangedMeanwhile` where the piece is not what `seen` is the fingerprint of any more, and
    `ValidationError` like `piece_create`.
    """
    row = piece_locked(actor, piece)
    if "freelancer" in values:
        _require_for(actor, values["freelancer"])
    if seen and seen != seen_of_piece(row):
        raise ChangedMeanwhile
    before, after = changed_fields(row, values)
    if not after:
        return row
    if "body" in after:
        _refuse_body(actor, after["body"])
    for name, value in after.items():
        setattr(row, name, value)
    row.save(update_fields=list(after))
    if "body" in after:
        _version_add(actor, row)
    audit_record(
        actor=actor,
        verb=PIECE_CHANGED,
        target=row,
        for_freelancer=row.freelancer,
        before=_names_of(before),
        after=_names_of(after),
    )
    return row


@transaction.atomic
def piece_remove(*, actor: Actor, piece: Piece) -> Piece:
    """Take a piece out of use; proposals written from it keep it."""
    return _removed_set(actor, piece, is_removed=True)


@transaction.atomic
def piece_put_back(*, actor: Actor, piece: Piece) -> Piece:
    return _removed_set(actor, piece, is_removed=False)


@transaction.atomic
def placeholder_save(
    *, actor: Actor, placeholder: Placeholder | None = None, **values: Any
) -> Placeholder:
    """Define a placeholder of the practice, or change one; `values` are the model's fields.

    Raises `ValidationError` by field for a name that is none, is taken, or is the product's own.
    """
    actor.require(Permission.CHANGE_SHARED)
    row = placeholder or Placeholder(practice=actor.practice)
    before, after = changed_fields(row, values)
    name = values.get("name", row.name)
    others = Placeholder.objects.for_actor(actor).exclude(pk=row.pk)
    if not NAME.fullmatch(name):
        words = _("A name begins with a letter and has only letters, digits and “_”.")
        raise ValidationError({"name": words})
    if name in NAMES_FILLED or others.filter(name=name).exists():
        raise ValidationError({"name": _("There is a placeholder of this name already.")})
    for field, value in after.items():
        setattr(row, field, value)
    row.save()
    if after:
        audit_record(actor=actor, verb=PLACEHOLDER_CHANGED, target=row, before=before, after=after)
    return row


def piece_locked(actor: Actor, piece: Piece) -> Piece:
    """The piece, for changing it."""
    actor.require(Permission.CHANGE)
    rows = Piece.objects.for_actor(actor).select_related("freelancer")
    row = rows.select_for_update(of=("self",)).get(pk=piece.pk)
    if row.freelancer is None:
        actor.require(Permission.CHANGE_SHARED)
    return row


def _require_for(actor: Actor, freelancer: Freelancer | None) -> None:
    actor.require(Permission.CHANGE if freelancer else Permission.CHANGE_SHARED)
    if freelancer:
        Freelancer.objects.for_actor(actor).get(pk=freelancer.pk)


def _refuse_body(actor: Actor, body: str) -> None:
    if not body.strip():
        raise ValidationError({"body": _("Write the text.")})
    if problems := template_problems(body, allowed=allowed_names(actor)):
        raise ValidationError({"body": list(problems)})


def _version_add(actor: Actor, piece: Piece) -> None:
    PieceVersion.objects.create(
        practice=actor.practice,
        piece=piece,
        number=piece.versions.count() + 1,
        body=piece.body,
        who_name=str(actor.user)[:254],
    )


def _removed_set(actor: Actor, piece: Piece, *, is_removed: bool) -> Piece:
    row = piece_locked(actor, piece)
    if (row.removed_at is not None) != is_removed:
        row.removed_at = timezone.now() if is_removed else None
        row.save(update_fields=["removed_at"])
        verb = PIECE_REMOVED if is_removed else PIECE_PUT_BACK
        audit_record(actor=actor, verb=verb, target=row, for_freelancer=row.freelancer)
    return row


def _names_of(values: dict[str, Any]) -> dict[str, Any]:
    """A freelancer by name: the trail is read."""
    return {name: str(v) if isinstance(v, Freelancer) else v for name, v in values.items()}
