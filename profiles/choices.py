"""What can be chosen on the pages of a profile, with the words for it (P5, P6)."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from profiles.content import Availability, Earnings, Level

type Choices = list[tuple[str, Promise]]

AVAILABILITIES: Final[Choices] = [
    ("", _("Not chosen yet")),
    (Availability.MORE_THAN_30, _("More than 30 hours a week")),
    (Availability.LESS_THAN_30, _("Less than 30 hours a week")),
    (Availability.AS_NEEDED, _("As needed, open to offers")),
    (Availability.FROM_DATE, _("From a date")),
]
EARNINGS: Final[Choices] = [
    (Earnings.SHOWN, _("Clients see them")),
    (Earnings.HIDDEN, _("Hidden")),
]
LEVELS: Final[Choices] = [
    ("", _("Choose a level")),
    (Level.BASIC, _("Basic")),
    (Level.CONVERSATIONAL, _("Conversational")),
    (Level.FLUENT, _("Fluent")),
    (Level.NATIVE, _("Native or bilingual")),
]


def code_names() -> dict[str, str]:
    """The words for whatever a profile keeps as a code, in the reader's language."""
    choices = [*AVAILABILITIES, *EARNINGS, *LEVELS]
    return {code: str(words) for code, words in choices if code}
