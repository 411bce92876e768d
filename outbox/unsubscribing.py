"""The signed link that switches a digest off without a login."""

from typing import Final

from django.core.signing import BadSignature, Signer

from outbox.models import DigestSchedule

SALT: Final = "outbox.unsubscribe"


def unsubscribe_token(schedule: DigestSchedule) -> str:
    """Good for ever: a mail of last year must still be one that can be stopped."""
    return Signer(salt=SALT).sign(schedule.public_id)


def unsubscribe_schedule(token: str) -> DigestSchedule | None:
    """Whose digest it is; None for a token that was tampered with or whose person has left."""
    try:
        public_id = Signer(salt=SALT).unsign(token)
    except BadSignature:
        return None
    rows = DigestSchedule.objects.select_related("practice", "membership__user")
    return rows.filter(public_id=public_id).first()
