"""The placeholders that the product fills by itself, from the post and the practice (B2)."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FILLED: Final[dict[str, Promise]] = {
    "client_name": _("The client's name, where the post is signed"),
    "job_title": _("The title of the post"),
    "my_name": _("The freelancer's name"),
    "my_title": _("The title of the profile"),
    "skill": _("The skill of yours that the post asks for first"),
}
"""What each name stands for."""
LABELS: Final[dict[str, Promise]] = {
    "client_name": _("Client's name"),
    "job_title": _("Title of the post"),
    "my_name": _("Your name"),
    "my_title": _("Title of your profile"),
    "skill": _("Skill"),
    "problem": _("Their problem"),
    "first_step": _("Your first step"),
}
"""What their fields are called where a letter is written."""
ASKED: Final[dict[str, Promise]] = {
    "problem": _("What the client wants solved, in your own words"),
    "first_step": _("What you would do first"),
}
"""Names that every practice has, and a person fills for each post."""
NAMES_FILLED: Final = frozenset({*FILLED, *ASKED})
