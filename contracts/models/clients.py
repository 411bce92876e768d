"""The client: who hires, as the exports name the client's team."""

import re
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Practice
from accounts.public_ids import PublicIdModel
from accounts.scoping import ScopedManager, ScopedQuerySet
from contracts.models.closeout import MessageLanguage


class ClientQuerySet(ScopedQuerySet["Client"]):
    own_lookup = "contracts__freelancer__user"

    def named(self, name: str) -> Self:
        """The client of that name in any case, in any script (SQLite's own knows ASCII only)."""
        if name.isascii():
            return self.filter(name__iexact=name)
        return self.filter(name__iregex=rf"^{re.escape(name)}$")


class Client(PublicIdModel):
    """A client of the practice, known by the name that stands in the exports."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="clients")
    name = models.CharField(_("name"), max_length=200)
    flagged = models.BooleanField(
        _("flagged or removed by Upwork"),
        default=False,
        help_text=_("Contracts of a client that Upwork flagged or removed never count (J2)."),
    )
    language = models.CharField(
        _("language of messages"),
        max_length=2,
        choices=MessageLanguage,
        default=MessageLanguage.ENGLISH,
    )
    notes = models.TextField(_("notes"), blank=True)

    objects = ScopedManager.from_queryset(ClientQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "practice", models.functions.Lower("name"), name="contracts_client_name_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""), name="contracts_client_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
