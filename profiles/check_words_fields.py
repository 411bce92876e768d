"""Words for the checks that look at fields and at the contract log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from profiles.check_words_texts import Sentences

FIELD_WORDS: Final[Mapping[str, Sentences]] = {
    "title-limit": (
        _("The title is too long"),
        _("It has %(length)d characters; Upwork takes %(limit)d."),
        _("Shorten it to the service and whom it is for."),
    ),
    "overview-limit": (
        _("The overview is too long"),
        _("It has %(length)d characters; Upwork takes %(limit)d."),
        _("Take out what is marked, or the paragraph that matters least."),
    ),
    "skills-limit": (
        _("Too many skills"),
        _("You chose %(count)d; Upwork takes %(limit)d."),
        _("Keep those that clients search for."),
    ),
    "rate-limit": (
        _("A rate that Upwork doesn't take"),
        _("$%(rate)s an hour is outside $%(lowest)s to $%(highest)s."),
        _("Choose a rate between the two."),
    ),
    "title-empty": (
        _("No title yet"),
        _("It stands beside every proposal, next to your name."),
        _("Name your service and whom it is for."),
    ),
    "rate-empty": (
        _("No rate yet"),
        _("Clients filter by rate and see it beside every proposal."),
        _("Enter your rate. The rate calculator shows where to start."),
    ),
    "overview-empty": (
        _("No overview yet"),
        _("It is the text that clients read before they write to you."),
        _("Begin with one sentence: what a client gets from you."),
    ),
    "skills-few": (
        _("Few skills"),
        _("You chose %(count)d. Clients search by skill, and each one is a way to find you."),
        _("Choose %(enough)d, and look through them once a month."),
    ),
    "portfolio-few": (
        _("Few portfolio items"),
        _("You have %(count)d. Clients want to see work before they talk."),
        _("Show at least %(enough)d. Work for yourself counts too."),
    ),
    "languages-empty": (
        _("No languages yet"),
        _("Clients filter by how well you speak their language."),
        _("Add each language that you can work in, with its level."),
    ),
    "language-level": (
        _("A language without a level"),
        _("Without a level a client can't tell whether a call in “%(name)s” would work."),
        _("Choose basic, conversational, fluent, or native or bilingual."),
    ),
    "education-empty": (
        _("No education yet"),
        _("An empty section makes a profile look unfinished."),
        _("Any education counts: a course or a school will do."),
    ),
    "employment-empty": (
        _("No employment yet"),
        _("Clients like to know where your experience comes from."),
        _("Tell one or two jobs as short stories, also from outside your field."),
    ),
    "testimonials-empty": (
        _("No testimonials from outside Upwork"),
        _("Words of somebody who has worked with you help most while you have few ratings."),
        _("Ask a former client or employer for two sentences."),
    ),
    "certifications-many": (
        _("Many certifications"),
        _("You list %(count)d. Only those that carry weight in your field help you."),
        _("Keep what a client in your field asks for. If all of them do, leave them."),
    ),
    "experience-empty": (
        _("Other experience is empty"),
        _("Something you did apart from work can be what a client remembers."),
        _("If there is a story that suits your market, tell it in a few lines."),
    ),
    "availability-empty": (
        _("Availability isn't chosen"),
        _("Clients filter by it, and an unclear answer puts them off."),
        _("Choose more or less than 30 hours a week, as needed, or a date."),
    ),
    "availability-date-missing": (
        _("The date is missing"),
        _("You are available from a date that nobody can see."),
        _("Enter the date, or choose hours a week."),
    ),
    "availability-date-past": (
        _("The date has passed"),
        _("You are shown as available from %(day)s, so a client may think nobody looks after it."),
        _("Choose hours a week, or a date that is still to come."),
    ),
    "video-empty": (
        _("No video"),
        _(
            "Advice differs. One view: only for people who work with video or voice, since a plain "
            "recording weakens the rest. The other: try every feature that Upwork offers."
        ),
        _("If you feel at ease before a camera, record a minute. If not, leave it."),
    ),
    "catalogue-empty": (
        _("No catalogue projects"),
        _(
            "Advice differs. One view: put the time into the profile and proposals first. The "
            "other: try every feature that Upwork offers, since new ones are shown more often."
        ),
        _("If part of your work is the same each time, offer it at a fixed price and compare."),
    ),
    "title-without-key-skill": (
        _("The title names neither of your first skills"),
        _("A specialised profile works by its focus. Your first skills are: %(skills)s."),
        _("Put your key skill into the title, or move the skill that is there to the front."),
    ),
    "market-empty": (
        _("No market chosen"),
        _("A narrow market with a service brings far more replies than a wide one."),
        _("Enter whom this profile is for."),
    ),
    "service-empty": (
        _("No service chosen"),
        _("A service for a narrow market brings far more replies than a list of skills."),
        _("Enter the one thing that this profile offers."),
    ),
    "balance-hours": (
        _("Few hours for so many jobs"),
        _("Your log shows jobs: %(jobs)d, hours: %(hours)d. Clients look for over %(enough)d."),
        _("Take an hourly contract next, until you are past %(enough)d hours."),
    ),
    "balance-only-fixed": (
        _("Only fixed-price contracts"),
        _("All %(jobs)d of your contracts are fixed-price. Clients with hourly work may wonder."),
        _("Take one hourly contract, even a small one."),
    ),
    "balance-only-hourly": (
        _("Only hourly contracts"),
        _("All %(jobs)d of your contracts are hourly. Clients with set budgets may wonder."),
        _("Take one small fixed-price contract."),
    ),
    "balance-quiet": (
        _("No contract closed lately"),
        _("The last one closed on %(closed_on)s, %(days)d days ago. A profile goes stale."),
        _("Take one small fixed-price contract that closes this month."),
    ),
    "earnings-hidden": (
        _("Earnings are hidden"),
        _("Hiding them helps only while your first contracts were far below today's rate."),
        _("Show them: clients look for what others have paid."),
    ),
    "earnings-may-hide": (
        _("Your first contracts were far below today's rate"),
        _("All %(contracts)d of them. A client may take the old rate for what you ask."),
        _("You may hide your earnings until a few contracts at today's rate stand beside them."),
    ),
}
