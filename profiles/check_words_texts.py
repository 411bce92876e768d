"""Words for the checks that read a text: title, why it matters, suggestion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

type Sentences = tuple[_StrPromise, _StrPromise, _StrPromise]

TEXT_WORDS: Final[Mapping[str, Sentences]] = {
    "weak-opening-greeting": (
        _("Opens with a greeting"),
        _("Clients see the first lines in a list of many. A greeting could stand in any of them."),
        _("Begin with what a client gets from you, and for whom you do it."),
    ),
    "weak-opening-years": (
        _("Opens with years of experience"),
        _("Many profiles begin this way, so a client's eye slides over it."),
        _("Begin with the result that clients hire you for. The years can come later, in a story."),
    ),
    "weak-opening-question": (
        _("Opens with a question that says nothing"),
        _("The client knows that he or she is looking for somebody. It tells nothing about you."),
        _("Say what you do, or ask about the very problem that you solve."),
    ),
    "opening-line-long": (
        _("The opening line is long"),
        _("It has %(length)d characters. Past about %(limit)d it is cut off in search results."),
        _("Make it one short sentence, and move the rest into the paragraph below."),
    ),
    "opening-paragraph-long": (
        _("The opening paragraph is long"),
        _("It has %(length)d characters. After the first line it is what most clients read."),
        _("Keep it under %(limit)d characters, and give each further skill its own paragraph."),
    ),
    "opening-says-nothing": (
        _("The first lines don't say what you do"),
        _(
            "Clients see the first %(seen)d characters in search results. Yours name neither your "
            "market nor your service nor one of your skills."
        ),
        _("Name the service and whom it is for in the first sentence."),
    ),
    "repeats-badge": (
        _("Repeats what your profile shows"),
        _("Badges, score, ratings and number of jobs stand beside your name already."),
        _("Use the room for something that a client can't see elsewhere."),
    ),
    "repeats-quotes": (
        _("More than one quote"),
        _("Feedback stands further down on the same page. One good quote is enough here."),
        _("Keep the strongest quote and tell what you did for the others in your own words."),
    ),
    "bullet-wall": (
        _("A wall of bullets"),
        _("%(bullets)d bullets in a row read like a résumé. Few clients get to the end."),
        _("Keep the three that matter most, or tell them as a short story."),
    ),
    "date-range": (
        _("Dates as in a résumé"),
        _("A client wants to know what you can do now. Upwork shows dates in your employment."),
        _("Move it to your employment history."),
    ),
    "early-jargon": (
        _("A rare word early on"),
        _("“%(passage)s” is seldom used in English. Whoever doesn't know it may stop reading."),
        _("Use an everyday word, explain it right there, or add it to your skills if it is one."),
    ),
    "early-acronym": (
        _("An abbreviation early on"),
        _("Not every client knows “%(passage)s”, and the one who pays may not be the expert."),
        _("Write it out, with the short form in brackets. A skill belongs in your skills."),
    ),
    "hard-to-read": (
        _("Hard to read"),
        _("It takes about %(grade)d years of school to read this with ease (Flesch-Kincaid)."),
        _("Split the longest sentences in two, and use short words where you can."),
    ),
    "promise": (
        _("A promise that may not be kept"),
        _("Nobody controls rankings, revenue or how content others are. Clients know that."),
        _("Say what you do and what it did for somebody, with the figure."),
    ),
    "exclamation-marks": (
        _("Exclamation mark"),
        _("It sounds like an advertisement. Calm words are trusted more."),
        _("End with a full stop."),
    ),
    "words-in-capitals": (
        _("Words in capitals"),
        _("Capitals read as shouting, and they are harder to read."),
        _("Write “%(passage)s” in lower case, and put what matters first instead."),
    ),
    "emoji": (
        _("Emoji"),
        _("It looks different on each device, and many clients find it less serious."),
        _("Let the words do it."),
    ),
    "decoration": (
        _("Decorative signs"),
        _("They draw the eye away from what you say."),
        _("An empty line between paragraphs is all that is needed."),
    ),
    "paragraph-long": (
        _("A long paragraph"),
        _("It has %(length)d characters. Clients look for the one part that concerns them."),
        _("Keep a paragraph under %(limit)d characters and to one skill."),
    ),
    "paragraph-leans": (
        _("A paragraph that leans on the one before"),
        _("Few clients read from top to bottom. “%(passage)s” means nothing to who starts here."),
        _("Name what the paragraph is about in its first words."),
    ),
    "pasted-html": (
        _("Code pasted along"),
        _("Upwork doesn't format it: clients see “%(passage)s” just as it stands."),
        _("Remove it."),
    ),
    "invisible-characters": (
        _("Invisible characters"),
        _("They came with a paste. They count towards the limit and hide words from the search."),
        _("Remove them."),
    ),
    "direction-override": (
        _("A sign that turns the reading direction"),
        _("It makes letters show in another order than they are written, as tricksters do."),
        _("Remove it. Right-to-left text reads correctly without it."),
    ),
    "employment-third-person": (
        _("Told as if by somebody else"),
        _("“%(passage)s” keeps a reader at a distance. Clients hire the person who speaks."),
        _("Tell it as your own short story, with “I”."),
    ),
    "employment-acronym": (
        _("An abbreviation in your employment"),
        _("Inside that company everybody knew “%(passage)s”. A client may not."),
        _("Write it out once, with the short form in brackets."),
    ),
}
