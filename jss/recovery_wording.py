"""The findings of `recovery_checks` in sentences for the writer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy

from jss.recovery_checks import Concern, Finding

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_SENTENCES: Final[Mapping[Concern, _StrPromise]] = {
    Concern.BLAMES: gettext_lazy(
        "Line %(line)d: “%(words)s” may read as blaming a client. Say what was in your own hands."
    ),
    Concern.PLEADS: gettext_lazy(
        "Line %(line)d: “%(words)s” may read as pleading. What you do differently says more."
    ),
    Concern.PRESSES: gettext_lazy(
        "Line %(line)d: “%(words)s” may read as pressing. Leave it to the reader."
    ),
    Concern.OFFERS: gettext_lazy(
        "Line %(line)d: “%(words)s”. Nothing of value may be offered for feedback. Where it has "
        "nothing to do with feedback, leave it."
    ),
    Concern.SHOUTS: gettext_lazy(
        "Line %(line)d: “%(words)s”. Exclamation marks and capitals sound louder than calm words."
    ),
    Concern.NAMES: gettext_lazy(
        "Line %(line)d: “%(words)s” is a client's name or a part of one. The reader should not "
        "learn who else you worked for."
    ),
}


def finding_words(finding: Finding) -> str:
    """A finding in a sentence that says what would be better."""
    return str(_SENTENCES[finding.concern]) % {"line": finding.line, "words": finding.words}
