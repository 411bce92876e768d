"""What the fields of a profile are called, on every page that names one."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELD_NAMES: Final[dict[str, Promise]] = {
    "title": _("Title"),
    "rate": _("Hourly rate"),
    "overview": _("Overview"),
    "skills": _("Skills"),
    "market": _("Market"),
    "service": _("Service"),
    "video": _("Video"),
    "availability": _("Availability"),
    "available_on": _("Available from"),
    "earnings": _("Earnings"),
    "portfolio": _("Portfolio"),
    "languages": _("Languages"),
    "education": _("Education"),
    "employment": _("Employment"),
    "testimonials": _("Testimonials"),
    "certifications": _("Certifications"),
    "experience": _("Other experience"),
    "catalogue": _("Catalogue projects"),
}


def field_name(name: str) -> str:
    return str(FIELD_NAMES[name])
