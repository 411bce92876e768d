"""The findings of `proposals.checks` in words: what it is, why it matters, what to do instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from profiles.check_words import CheckWords
from profiles.check_words_texts import Sentences
from profiles.checks.findings import Finding


def words_of(finding: Finding) -> CheckWords:
    """The words with the finding's figures in them; raises KeyError for a check without words."""
    title, why, suggestion = LETTER_WORDS[finding.check]
    facts = {**finding.facts, "passage": finding.passage}
    return CheckWords(str(title) % facts, str(why) % facts, str(suggestion) % facts)


_FORBIDDEN: Final[Mapping[str, Sentences]] = {
    "contact-details": (
        _("Contact details before a contract"),
        _(
            "Before a contract is accepted Upwork forbids them, and has zero tolerance. "
            "“%(passage)s” can cost you the account."
        ),
        _("Take it out. After a contract is accepted any channel is allowed."),
    ),
    "contact-elsewhere": (
        _("Asks to talk outside Upwork"),
        _(
            "Before a contract is accepted, messages and calls belong on Upwork. Moving a client "
            "elsewhere can cost you the account."
        ),
        _("Offer a call in Upwork's own messages instead of “%(passage)s”."),
    ),
    "payment-outside": (
        _("Payment outside Upwork"),
        _(
            "For 24 months all payments stay on Upwork, before a contract and after it. Going "
            "round it can cost you the account."
        ),
        _("Take “%(passage)s” out, and be paid by the contract on Upwork."),
    ),
}
_LEFT_OVER: Final[Mapping[str, Sentences]] = {
    "placeholder-empty": (
        _("A placeholder is not filled"),
        _("The client would read “%(passage)s” as it stands here."),
        _("Fill it, or rewrite the sentence without it."),
    ),
    "placeholder-unknown": (
        _("A placeholder that does not exist"),
        _("Nothing is known under “%(name)s”, so the client would read the braces."),
        _("Correct its name in the template, or write the words by hand."),
    ),
    "placeholder-broken": (
        _("Braces of a broken placeholder"),
        _("“%(passage)s” belongs to no placeholder, and the client would see it."),
        _("Take it out, or close the placeholder with the same number of braces."),
    ),
    "blank-left": (
        _("A blank that was to be filled"),
        _("“%(passage)s” tells the client that the letter goes to everybody."),
        _("Put in what belongs there, or take it out."),
    ),
    "other-client-greeted": (
        _("Greets another client"),
        _("“%(passage)s” is the name of another of your clients, left from another letter."),
        _("Greet this client by name, or leave the name out."),
    ),
    "other-client-named": (
        _("Another client is named"),
        _("“%(passage)s” is another of your clients. It may be an example, or left over."),
        _("If it is an example, make sure that the client agrees. If it is left over, change it."),
    ),
    "client-name-wrong": (
        _("Perhaps the wrong name"),
        _("You wrote “%(written)s”, but the client seems to be called “%(name)s”."),
        _("Look at the post again, and write the name as it stands there."),
    ),
    "client-name-misspelt": (
        _("The client's name may be misspelt"),
        _("You wrote “%(written)s”, and the client writes “%(name)s”."),
        _("Copy the name from the post. People notice their own name first."),
    ),
}
_ASKED: Final[Mapping[str, Sentences]] = {
    "length-limit": (
        _("Longer than Upwork takes"),
        _("It has %(length)d characters, and Upwork takes %(limit)d."),
        _("Cut at least %(over)d characters. Four or five sentences can be enough."),
    ),
    "length-long": (
        _("Long for what was asked"),
        _("It has %(words)d words. For this post about %(enough)d are plenty."),
        _("Keep what this client needs, and leave the rest for the talk."),
    ),
    "length-short": (
        _("Too short to answer what was asked"),
        _("The post asks %(questions)d questions, and the letter has %(words)d words."),
        _("Answer each question in a sentence of its own."),
    ),
    "code-word-missing": (
        _("The word that was asked for is missing"),
        _("The post wants “%(word)s” to see who has read it. Letters without it are thrown away."),
        _("Write it just as it stands in the post: “%(request)s”"),
    ),
    "code-word-late": (
        _("The word that was asked for comes late"),
        _("The post wants the letter to begin with “%(word)s”."),
        _("Move it to the very beginning."),
    ),
    "request-unmet": (
        _("Something that was asked for is missing"),
        _("The post asks: “%(request)s” Nothing in the letter seems to answer it."),
        _("Add it, or say in a sentence why not."),
    ),
    "question-unanswered": (
        _("A question may have no answer"),
        _("The post asks: “%(question)s” Nothing in the letter seems to take it up."),
        _("Answer it in a sentence. Relevant answers decide, not length."),
    ),
}
_PERSONAL: Final[Mapping[str, Sentences]] = {
    "generic": (
        _("Nothing in it is from this post"),
        _(
            "It could have gone to anybody. Generic letters get 1–3 %% replies, personal ones "
            "about 30 %%."
        ),
        _("Say in the client's own words what the task is, and one thing you noticed about it."),
    ),
    "generic-and-shared": (
        _("Nothing in it is from this post"),
        _(
            "%(shared)d %% of it stood in your last letters too (%(letters)d compared), and the "
            "rest says nothing of this task. Such letters get 1–3 %% replies, personal ones "
            "about 30 %%."
        ),
        _("Say in the client's own words what the task is, and one thing you noticed about it."),
    ),
    "mostly-shared": (
        _("Most of it has been sent before"),
        _("%(shared)d %% of it stood in your last letters too (%(letters)d compared)."),
        _("Blocks are there to be used again. See that the first lines are for this client."),
    ),
}
_FIRST_TOUCH: Final[Mapping[str, Sentences]] = {
    "opening-greeting": (
        _("The first lines go to a greeting"),
        _(
            "Beside your name the client sees about %(seen)d characters of the letter. "
            "“%(passage)s” could stand in any."
        ),
        _("Greet by name or not at all, and begin with the task."),
    ),
    "opening-introduction": (
        _("The first lines introduce you"),
        _("Your name, title and record stand beside these lines. The client looks for the task."),
        _("Begin with what you saw in the post. What you did before can come after that."),
    ),
    "opening-formula": (
        _("The first lines say that you apply"),
        _("The client knows that, and reads “%(passage)s” in one letter after the other."),
        _("Begin with the problem as you understand it."),
    ),
    "sells": (
        _("Sells at the first touch"),
        _("“%(passage)s” asks for the order before the client has said a word."),
        _("Show that you understood the task, and ask about it."),
    ),
    "price-list": (
        _("A price list that nobody asked for"),
        _("Prices before the task is clear turn a talk about the work into one about money."),
        _("Leave it out, and talk about prices when the client asks."),
    ),
    "service-list": (
        _("A long list of services"),
        _("The client needs one of them and has to look for it."),
        _("Keep the one that this post is about, with one case."),
    ),
    "no-question": (
        _("No question at the end"),
        _("A letter that ends without a question leaves the client nothing to answer."),
        _("End with one or two questions about the task that take a minute to answer."),
    ),
    "question-long": (
        _("The question at the end is hard to answer"),
        _("It has %(words)d words. A client answers what takes a minute."),
        _("Ask one short thing about the task."),
    ),
}
LETTER_WORDS: Final[Mapping[str, Sentences]] = {
    **_FORBIDDEN,
    **_LEFT_OVER,
    **_ASKED,
    **_PERSONAL,
    **_FIRST_TOUCH,
}
"""Title, why it matters, suggestion; by check."""
