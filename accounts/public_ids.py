"""Public ids: what stands in a URL instead of the primary key."""

import re
import secrets

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404

# Without 0, O, 1, I, l, i and o: an id is sometimes read aloud or typed.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz"
LENGTH = 14  # log2(55) * 14 = 80 bits: nobody guesses one
PATTERN = f"[{ALPHABET}]{{{LENGTH}}}"


def new_public_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_public_id(text: str) -> bool:
    """Whether a text could be an id; what cannot, need not be looked for."""
    return re.fullmatch(PATTERN, text) is not None


class PublicIdConverter:
    """`<public_id:public_id>` in a route: what cannot be an id is a 404 without a query.

    A NUL character, for one, would be an error in PostgreSQL and not a row that isn't there.
    """

    regex = PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def get_by_public_id[RowT: models.Model](rows: models.QuerySet[RowT], public_id: str) -> RowT:
    """The row with an id that came in a form or a query; 404 without one."""
    if not is_public_id(public_id):
        raise Http404
    return get_object_or_404(rows, public_id=public_id)


class PublicIdModel(models.Model):
    """A row that URLs name by an unguessable id."""

    public_id = models.CharField(
        max_length=LENGTH, unique=True, default=new_public_id, editable=False
    )

    class Meta:
        abstract = True
