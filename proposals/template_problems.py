"""What is wrong with a text's placeholders, in sentences that name the place."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from proposals.placeholders import MOST_PROBLEMS, Flaw, Problem, problems_in

MOST_SHOWN = 20


def template_problems(text: str, *, allowed: Collection[str]) -> list[str]:
    """A sentence for each placeholder that could never be filled; the first twenty."""
    found = problems_in(text, allowed=allowed)
    words = [problem_words(problem, example="client_name") for problem in found[:MOST_SHOWN]]
    if len(found) == MOST_PROBLEMS:
        words.append(_("And more of the kind."))
    elif len(found) > MOST_SHOWN:
        words.append(_("And %(number)s more.") % {"number": len(found) - MOST_SHOWN})
    return words


def problem_words(problem: Problem, *, example: str) -> str:
    """A placeholder's problem in a sentence that says what to do; `example` is a name that is."""
    sentences = {
        Flaw.UNKNOWN: _("Line %(line)d, column %(column)d: there is no placeholder “%(name)s”."),
        Flaw.EMPTY: _("Line %(line)d, column %(column)d: nothing is known for “%(name)s” here."),
        Flaw.BROKEN: _(
            "Line %(line)d, column %(column)d: “%(name)s” belongs to no placeholder. One looks "
            "like {{ %(example)s }}."
        ),
    }
    return sentences[problem.flaw] % {
        "line": problem.line,
        "column": problem.column,
        "name": problem.name,
        "example": example,
    }
