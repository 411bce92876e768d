"""The readable text of a pasted job post: of a saved page, a piece of one, or the text itself.

Not with `html.parser`: on the oldest Pythons that we run on, a megabyte of “<” takes it minutes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from profiles.pasting import normalised

FEWEST_TAGS: Final = 3
"""End tags and line breaks from which a text that begins with words is HTML all the same [C]."""

_PARAGRAPHS: Final = frozenset(
    (
        *("address", "article", "aside", "blockquote", "dl", "fieldset", "figure", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "ol", "p", "pre"),
        *("section", "table", "ul"),
    )
)
_LINES: Final = frozenset(
    (
        *("br", "button", "caption", "center", "dd", "details", "dialog", "div", "dt"),
        *("figcaption", "label", "legend", "li", "summary", "tbody", "tfoot", "thead"),
        *("tr",),
    )
)
_INLINE: Final = frozenset(
    (
        *("a", "abbr", "b", "big", "body", "cite", "code", "del", "em", "font", "html"),
        *("i", "ins", "kbd", "mark", "q", "s", "small", "span", "strike", "strong", "td"),
        *("th", "time", "tt", "u", "up-c-button", "var"),
    )
)
_RAW: Final = frozenset({"script", "style", "textarea", "title", "xmp"})
"""What stands in them is no markup, and not for readers."""
_DROPPED: Final = frozenset(
    (
        *("audio", "canvas", "datalist", "footer", "head", "iframe", "nav", "noscript"),
        *("object", "picture", "select", "svg", "template", "video"),
    )
)
_FRAMES: Final = _DROPPED | {"pre"}
_DROPPED_ROLES: Final = re.compile(
    r"\brole\s*=\s*[\"']?(?:banner|contentinfo|navigation|search)\b", re.IGNORECASE
)
_HIDDEN: Final = re.compile(
    r"(?:^|\s)hidden(?:\s|=|/|$)|\bstyle\s*=[^>]{0,300}?\b(?:display\s*:\s*none|"
    r"visibility\s*:\s*hidden)",
    re.IGNORECASE,
)
_KEEPS_LINES: Final = re.compile(r"multiline|pre-line|pre-wrap", re.IGNORECASE)
_BADGE: Final = re.compile(
    r"\bclass\s*=\s*[\"']?[^\"'>]{0,200}?(?:badge|chip|pill|token|skill)", re.IGNORECASE
)
_VOID: Final = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
        *("source", "track", "wbr"),
    )
)

# Quoted attributes may hold “>”. However it is broken, no character is read more than four times:
# the starts of two tags are never both inside the same quotes.
_TOKEN: Final = re.compile(
    r"""(?P<comment><!--)|<[!?][^<>]*+>|"""
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][^\s/<>]*+)"""
    r"""(?P<attributes>(?:"[^"]*+"|'[^']*+'|[^<>"'])*+|[^<>]*+)>"""
)
_STARTS_WITH_TAG: Final = re.compile(r"\s*<(?:!doctype|!--|/?[a-z][a-z0-9-]*[\s/>])", re.IGNORECASE)
_ENDS: Final = re.compile(
    r"</(?:a|b|div|em|h[1-6]|i|li|p|span|strong|ul|ol|td|section)\s*>|<br\s*/?>", re.IGNORECASE
)
# No longer than a number can be.
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_BLANKS: Final = re.compile(r"\s+")
# A run of blanks is begun at its beginning only, so that a megabyte of them is read once.
_EMPTY_LINE: Final = re.compile(r"(?<![ \t])[ \t]*+\n[ \t]*+\n\s*+")
_LINE_END: Final = re.compile(r"(?<![ \t])[ \t]*+\n[ \t]*+")
_MORE_EMPTY: Final = re.compile(r"\n{3,}")


_SEAM: Final = -1
"""Where an element begins within a line."""
_LINK_ENDS: Final = -2
_ENTRY: Final = -3
"""Where an entry of a list begins."""


@dataclass(slots=True)
class _Frame:
    """An element whose end is awaited, and how many of its name are open in it."""

    name: str = ""
    begins: int = 0
    depth: int = 0

    def opened(self, name: str, begins: int) -> None:
        if not self.depth:
            self.name, self.begins, self.depth = name, begins, 1
        elif name == self.name:
            self.depth += 1

    def closes(self, name: str) -> bool:
        """Whether an end tag of that name ends it."""
        if not self.depth or name != self.name:
            return False
        self.depth -= 1
        return not self.depth


@dataclass(slots=True)
class _Page:
    """What was read so far: texts, and between them how many line ends, or a seam."""

    pieces: list[str | int] = field(default_factory=list)
    dropped: _Frame = field(default_factory=_Frame)
    kept_lines: _Frame = field(default_factory=_Frame)

    def text(self, raw: str) -> None:
        words = _ENTITY.sub(lambda entity: html.unescape(entity[0]), raw) if "&" in raw else raw
        if raw.isalnum():  # most are short: this halves the time
            self.pieces.append(raw)
            return
        if self.kept_lines.depth:
            lines = words.split("\n")
        else:
            lines = [_BLANKS.sub(" ", each) for each in _EMPTY_LINE.split(words)]
        for number, line in enumerate(lines):
            if number:
                is_empty = not line.strip() and number < len(lines) - 1
                self.pieces.append(1 if self.kept_lines.depth and not is_empty else 2)
            if line:
                self.pieces.append(line)

    def start(self, name: str, attributes: str) -> None:
        if attributes or name in _FRAMES or self.dropped.depth or self.kept_lines.depth:
            self.frame(name, attributes)
        if name in _PARAGRAPHS or name in _LINES:
            is_second_break = name == "br" and self.last() in {1, 2}
            self.pieces.append(2 if name in _PARAGRAPHS or is_second_break else 1)
            if name == "li":
                self.pieces.append(_ENTRY)
        elif (name == "a" and self.last() == _LINK_ENDS) or (
            attributes and _BADGE.search(attributes)
        ):
            self.pieces.append(1)
        elif name in _INLINE:
            self.pieces.append(" " if name in {"td", "th"} else _SEAM)

    def frame(self, name: str, attributes: str) -> None:
        """Mind elements of which all is left out, or keeps its line ends."""
        if name not in _VOID:
            is_frame = name in _DROPPED or _is_hidden(name, attributes)
            if is_frame or self.dropped.depth:
                self.dropped.opened(name, len(self.pieces))
            keeps = name == "pre" or bool(attributes and _KEEPS_LINES.search(attributes))
            if keeps or self.kept_lines.depth:
                self.kept_lines.opened(name, 0)

    def end(self, name: str) -> None:
        if self.dropped.closes(name):
            del self.pieces[self.dropped.begins :]
        self.kept_lines.closes(name)
        if name in _PARAGRAPHS or name in _LINES:
            self.pieces.append(2 if name in _PARAGRAPHS else 1)
        elif name == "a":
            self.pieces.append(_LINK_ENDS)

    def last(self) -> str | int:
        """The last piece that is no blank; two blanks never stand side by side for long."""
        for piece in self.pieces[-1:-4:-1]:
            if piece not in (" ", _SEAM):
                return piece
        return ""


def text_of(pasted: str) -> str:
    """What a reader of the page sees of it, a line for each block; plain text is normalised.

    Menus, footers, scripts, styles, comments and what is hidden are left out. Broken markup is
    read as far as it goes. Never raises, and takes time in proportion to the length.
    """
    text = _UNSEEN.sub("", normalised(pasted))
    if not _is_html(text):
        return text.strip()
    page = _Page()
    for token in _tokens(text):
        if isinstance(token, str):
            page.text(token)
        elif token["end"]:
            page.end(token["name"].lower())
        else:
            page.start(token["name"].lower(), token["attributes"])
    joined = _LINE_END.sub("\n", _UNSEEN.sub("", normalised("".join(_joined(page.pieces)))))
    return _MORE_EMPTY.sub("\n\n", joined).strip()


def _is_html(text: str) -> bool:
    if "<" not in text or ">" not in text:
        return False
    starts = _STARTS_WITH_TAG.match(text)
    ends = _ENDS.finditer(text)
    needed = 1 if starts else FEWEST_TAGS
    return all(next(ends, None) for _ in range(needed)) or bool(
        starts and (text.lstrip()[:9].lower() == "<!doctype" or _TOKEN.match(text.lstrip()))
    )


def _is_hidden(name: str, attributes: str) -> bool:
    if not attributes:
        return False
    is_menu = name == "header" and "nav" in attributes
    return is_menu or bool(_DROPPED_ROLES.search(attributes) or _HIDDEN.search(attributes))


def _tokens(text: str) -> Iterator[str | re.Match[str]]:
    """Texts and tags in order, without comments and what is no markup."""
    ends = {f"</{name}": _last_end(text, name) for name in _RAW}
    last_comment_end = text.rfind("-->")
    position = 0
    while found := _TOKEN.search(text, position):
        if found.start() > position:
            yield text[position : found.start()]
        position = found.end()
        name = (found["name"] or "").lower()
        if found["comment"]:
            if position <= last_comment_end:
                position = text.index("-->", position) + 3
        elif name in _RAW:
            if not found["end"] and position <= ends[f"</{name}"]:
                position = _end_of(name).search(text, position).end()  # type: ignore[union-attr]
        elif name:
            yield found
    if position < len(text):
        yield text[position:]


def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}\b[^<>]*+>", re.IGNORECASE)


def _last_end(text: str, name: str) -> int:
    """Where the last end tag begins; -1 without one: what is never closed is not dropped."""
    last = -1
    for found in _end_of(name).finditer(text):
        last = found.start()
    return last


def _joined(pieces: list[str | int]) -> Iterator[str]:
    newlines, before, is_seam, mark = 0, "", False, ""
    for piece in pieces:
        if isinstance(piece, int):
            newlines = max(newlines, piece)
            is_seam = is_seam or piece < 0
            mark = "- " if piece == _ENTRY else mark
        elif not piece.strip():
            if not newlines and before:
                yield " "
                before = " "
        else:
            if newlines > 0:
                yield "\n" * newlines if before else ""
                yield mark
            elif is_seam and _is_glued(before, piece):
                yield "\n"
            yield piece.lstrip(" ") if newlines > 0 else piece
            before, newlines, is_seam, mark = piece[-1], 0, False, ""


def _is_glued(before: str, piece: str) -> bool:
    """Whether two elements without a blank between them are two things: “DesignLogo”."""
    is_next = piece[:1].isupper() or piece[:1].isdigit() or piece[:1] == "$"
    return is_next and bool(before) and (before.islower() or before.isdigit() or before in ".!?")
