"""Changes to the words of a practice's messages, and to the language that a client is written in.

A message's words belong to the whole practice: changing them needs `Permission.CHANGE_SHARED`, else
`PermissionDenied`. Each change is one audit event with the words before and after, {} where the
built-in ones held, or hold; so changing, going back and undoing either are one thing.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor, Permission
from accounts.audit import audit_record, changed_fields
from accounts.conflicts import ChangedMeanwhile, ChangedSince
from accounts.models import AuditEvent, Practice
from contracts.contract_services import fingerprint
from contracts.messages.originals import original
from contracts.messages.rendering import body_errors
from contracts.models import Client, MessageLanguage, MessageTemplate

MESSAGE_CHANGED: Final = "message.changed"
CLIENT_CHANGED: Final = "client.changed"
LONGEST_BODY: Final = 5_000  # characters: as much as a message in Upwork's chat takes


@transaction.atomic
def template_change(
    *, actor: Actor, kind: str, language: str, body: str, seen: str = ""
) -> AuditEvent | None:
    """Put the practice's own words in the place of a message; None when they are so already.

    The built-in words make no row: they are the built-in ones again. `seen` is the `fingerprint`
    of {"body": …} when the form was opened; "" asks for no check. Raises `ChangedMeanwhile`, and
    `ValidationError` about `body`, and then changes nothing.
    """
    row = _template_locked(actor, kind, language)
    if seen and seen != fingerprint({"body": row.body}):
        raise ChangedMeanwhile
    return _write(actor, row, body_cleaned(body))


@transaction.atomic
def template_reset(*, actor: Actor, kind: str, language: str) -> AuditEvent | None:
    """Go back to the built-in words; None where they hold already."""
    row = _template_locked(actor, kind, language)
    return _write(actor, row, original(kind, language))


@transaction.atomic
def template_undo(*, actor: Actor, event: AuditEvent) -> AuditEvent | None:
    """Put back the words that a change replaced.

    Raises `ChangedSince` when they are no longer those that the change left.
    """
    kept: Mapping[str, Any] = event.after or event.before
    row = _template_locked(actor, kept["kind"], kept["language"])
    built_in = original(row.kind, row.language)
    if row.body != event.after.get("body", built_in):
        raise ChangedSince(_("These words were changed again since then, so this was not undone."))
    return _write(actor, row, event.before.get("body", built_in))


def undoable_message(*, actor: Actor, public_id: str) -> AuditEvent:
    """The change of a message that the actor may see; raises `AuditEvent.DoesNotExist`."""
    return AuditEvent.objects.for_actor(actor).get(public_id=public_id, verb=MESSAGE_CHANGED)


def body_cleaned(body: str) -> str:
    """The words as they are kept; raises `ValidationError` about `body`."""
    lines = "\n".join(line.rstrip() for line in body.splitlines())
    words = lines.strip()
    errors = body_errors(lines)  # with the lines of what was typed
    if not words:
        errors = [_("Write the words of the message, or go back to the built-in ones.")]
    elif len(words) > LONGEST_BODY:
        errors = [_("A message has at most %(most)d characters.") % {"most": LONGEST_BODY}]
    if errors:
        raise ValidationError({"body": errors})
    return words


def _template_locked(actor: Actor, kind: str, language: str) -> MessageTemplate:
    """The practice's words, or a new row with the built-in ones; one writer at a time."""
    actor.require(Permission.CHANGE_SHARED)
    if kind not in MessageTemplate.Kind or language not in MessageLanguage:
        raise ValidationError({"kind": [_("There is no such message.")]})
    # The practice and not the row, which may not be there yet.
    Practice.objects.select_for_update().get(pk=actor.practice.pk)
    rows = MessageTemplate.objects.for_actor(actor).filter(kind=kind, language=language)
    return rows.first() or MessageTemplate(
        practice=actor.practice, kind=kind, language=language, body=original(kind, language)
    )


def _write(actor: Actor, row: MessageTemplate, body: str) -> AuditEvent | None:
    """Save these words, or delete the row for the built-in ones; None when nothing changes."""
    before = _kept(row)
    row.body = body
    after = _kept(row)
    if before == after:
        return None
    event = audit_record(actor=actor, verb=MESSAGE_CHANGED, target=row, before=before, after=after)
    if after:
        row.save()
    else:
        row.delete()
    return event


def _kept(row: MessageTemplate) -> dict[str, str]:
    if row.body == original(row.kind, row.language):
        return {}
    return {"kind": row.kind, "language": row.language, "body": row.body}


@transaction.atomic
def client_language_change(*, actor: Actor, client: Client, language: str) -> AuditEvent | None:
    """Choose the language of the messages to a client; None when it is that already.

    Needs `Permission.CHANGE`. Raises `Client.DoesNotExist` for a client that the actor does not
    see, `ValidationError` about `language`.
    """
    actor.require(Permission.CHANGE)
    seen = Client.objects.for_actor(actor).filter(pk=client.pk).values("pk")
    row = Client.objects.select_for_update().get(pk__in=seen)
    if language not in MessageLanguage:
        raise ValidationError({"language": [_("Choose one of the languages.")]})
    before, after = changed_fields(row, {"language": language})
    if not after:
        return None
    row.language = client.language = language
    row.save(update_fields=["language"])
    return audit_record(actor=actor, verb=CLIENT_CHANGED, target=row, before=before, after=after)
