"""Where a profile says what a post asks for, how it was found, and in which language, in words."""

from typing import Final

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from profiles.match_advice import Spot

WHERE_WORDS: Final = {
    "title": _("Title"),
    "overview-first": _("First 250 characters"),
    "skills-first": _("First five skills"),
    "overview": _("Rest of the overview"),
    "skills": _("Other skills"),
    "portfolio": _("Portfolio"),
    "employment": _("Employment"),
    "certifications": _("Certifications"),
    "testimonials": _("Testimonials"),
    "experience": _("Other experience"),
    "education": _("Education"),
    "catalogue": _("Catalogue projects"),
}
"""By `matching.match.PLACES`."""
HOW_WORDS: Final = {
    "exact": _("as the post writes it"),
    "alias": _("by another name of it"),
    "lemma": _("in another form of the word"),
    "initials": _("by its initials, or written out"),
    "near": _("something near: counts half"),
}
"""By `matching.match.CREDITS`."""
SPOT_WORDS: Final = {
    Spot.TITLE: _("into the title"),
    Spot.OVERVIEW: _("into the first 250 characters of the overview"),
    Spot.SKILLS: _("among the first five skills"),
}


def language_name(code: str) -> str:
    """Of one of `matching.words.LANGUAGES`, in the reader's language."""
    return str(get_language_info(code)["name_translated"])
