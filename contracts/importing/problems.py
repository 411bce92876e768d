"""What could not be read, and why, in words that can be translated later.

This package knows no Django, so a sentence is kept as a template with parameters. The template is
marked for `makemessages` by `gettext_noop`; the Django layer shows
`gettext(problem.template) % problem.params`.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

SHOWN_CHARACTERS = 60
"""How much of a cell a sentence quotes."""


def gettext_noop(message: str) -> str:
    """Mark `message` for translation and return it unchanged."""
    return message


def shown(text: str) -> str:
    """Return `text` as a sentence can quote it: one line, no control characters, not too long."""
    start = text[: SHOWN_CHARACTERS + 1]
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in start)
    if len(text) > SHOWN_CHARACTERS:
        return visible[:SHOWN_CHARACTERS].rstrip() + "…"
    return visible


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence about something that was not understood.

    `template` is English with named `%(name)s` places; `params` fills them. `str(problem)` is the
    English sentence.
    """

    template: str
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.template % self.params


class CellNotUnderstood(Exception):  # noqa: N818 - says what happened, never leaves the package
    """A cell is not what its column wants: becomes a `BadRow`. `field` "" means the whole row."""

    def __init__(self, template: str, *, field: str = "", **params: str | int) -> None:
        self.field = field
        self.problem = Problem(template, params)
        super().__init__(str(self.problem))


class UnreadableFile(Exception):  # noqa: N818 - the name is the package's public interface
    """The file as a whole cannot be read.

    `code` names the kind for programs (the page asks for the encoding on "encoding_unknown");
    `problem` is the sentence; `line` and `column` say where, when there is a where, and can be
    named in the sentence like the other parameters.
    """

    def __init__(
        self,
        code: str,
        template: str,
        *,
        line: int | None = None,
        column: str | None = None,
        **params: str | int,
    ) -> None:
        self.code = code
        if line is not None:
            params["line"] = line
        if column is not None:
            params["column"] = column
        self.problem = Problem(template, params)
        self.line = line
        self.column = column
        super().__init__(str(self.problem))
