"""What the items of `profiles.checklists` are called, why they matter, and both views of them."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ItemWords:
    """An item on its page: what to do, and why or how in a sentence or two."""

    name: Promise
    why: Promise


@dataclass(frozen=True, slots=True)
class FeatureWords:
    """A feature on its page: what it is, and what speaks for it and against it (P5)."""

    name: Promise
    why: Promise
    for_it: Promise
    against_it: Promise


RISING_TALENT_WORDS: Final[dict[str, ItemWords]] = {
    "rising_no_score": ItemWords(
        _("No Job Success Score yet"),
        _(
            "The badge is for people whose work Upwork cannot judge by a score so far. With a "
            "score, Top Rated is the badge to work towards."
        ),
    ),
    "rising_title": ItemWords(
        _("A title"),
        _("One line of at most 70 characters: what you do, and for whom."),
    ),
    "rising_overview": ItemWords(
        _("An overview"),
        _("At most 5,000 characters. The first 250 matter most: clients see them in the search."),
    ),
    "rising_rate": ItemWords(
        _("An hourly rate"),
        _("It stands beside your name wherever a client meets you, so it should not be empty."),
    ),
    "rising_skills": ItemWords(
        _("Ten skills"),
        _("Clients filter by them. Look through them once a month."),
    ),
    "rising_portfolio": ItemWords(
        _("Four portfolio entries"),
        _("Work from before Upwork counts too: show what came out of it."),
    ),
    "rising_languages": ItemWords(
        _("Languages, each with its level"),
        _("Basic, conversational, fluent, or native or bilingual."),
    ),
    "rising_education": ItemWords(
        _("Education"),
        _("Any education will do: a school, a course, an evening class."),
    ),
    "rising_availability": ItemWords(
        _("Your availability"),
        _("More or less than 30 hours a week, as needed, or the date from which you are free."),
    ),
    "rising_background": ItemWords(
        _("Your background"),
        _(
            "What you did before, as a short story in your own words: an earlier job or other "
            "experience. Without contracts it is what a client has to go by."
        ),
    ),
    "rising_testimonials": ItemWords(
        _("A testimonial from outside Upwork"),
        _("Ask somebody you worked for earlier: one honest sentence is enough."),
    ),
    "rising_photo": ItemWords(
        _("A clear photo of your face"),
        _("This product does not keep your photo, so tick it yourself."),
    ),
    "rising_no_holds": ItemWords(
        _("No hold on your account"),
        _("Only Upwork and you know. An account with a hold gets no badge."),
    ),
}

FEATURE_WORDS: Final[dict[str, FeatureWords]] = {
    "feature_catalogue": FeatureWords(
        _("Catalogue project"),
        _("A piece of work with a fixed price and content, which clients buy as it stands."),
        _(
            "One more way to be found, without a proposal and without connects. What is new is "
            "often shown more, so an early try costs little."
        ),
        _(
            "It takes hours to write well, and small ready-made orders can draw you away from the "
            "narrow market that your profile is for."
        ),
    ),
    "feature_consultations": FeatureWords(
        _("Consultations"),
        _("A paid call of half an hour or an hour that clients book straight from your profile."),
        _("A client who pays for a first call has shown that the matter is serious."),
        _("A paid call puts a price on the talk that otherwise leads to a larger contract."),
    ),
    "feature_video": FeatureWords(
        _("Video introduction"),
        _("A short video at the top of your profile. The advice that we go by disagrees on it."),
        _("Try every new feature: few have a video, and a client sees how you speak."),
        _(
            "Only for people who work with media: for anybody else, a video that is not made well "
            "takes more trust away than it gives."
        ),
    ),
    "feature_specialised": FeatureWords(
        _("Specialised profile"),
        _("Up to two more profiles, each about one or two key skills."),
        _("It meets a client's search more closely, and may carry a higher rate."),
        _("While you are new, one strong profile comes first: effort is easily split."),
    ),
    "feature_availability_badge": FeatureWords(
        _("Availability badge"),
        _("A mark beside your name that says you can start now."),
        _("Clients in a hurry look for it, and it may bring invitations while you have room."),
        _(
            "It can cost connects, and it is no help while you are booked out: then it brings "
            "requests that you have to turn down."
        ),
    ),
}

CHECKLIST_WORDS: Final[dict[str, ItemWords | FeatureWords]] = {
    **RISING_TALENT_WORDS,
    **FEATURE_WORDS,
}
"""By the key of the item."""


def item_name(key: str) -> str:
    return str(CHECKLIST_WORDS[key].name)
