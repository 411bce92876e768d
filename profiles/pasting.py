"""What came along when a text was pasted: tags, entities, and characters that nobody sees.

`normalised` is for everything that is typed and changes nothing that a reader could see. `cleaned`
is for a text of which a page's source, or what hides in it, was pasted too.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

# PostgreSQL keeps no NUL, and UTF-8 has no half of a pair.
_NEVER_KEPT: Final = re.compile("[\0\ud800-\udfff]")
_LINE_ENDS: Final = re.compile(r"\r\n?")

_PARAGRAPHS: Final = (
    *("address", "article", "aside", "blockquote", "figure", "footer", "form", "h1", "h2", "h3"),
    *("h4", "h5", "h6", "header", "hr", "main", "nav", "p", "pre", "section", "table"),
)
_LINES: Final = (
    *("br", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption"),
    *("legend", "li", "ol", "option", "summary", "tbody", "tfoot", "thead", "tr", "ul"),
)
_DROPPED: Final = frozenset({"head", "script", "style", "template", "title", "xml"})
"""What stands in them is not for readers."""
_WITHIN_A_LINE: Final = (
    *(
        "a",
        "abbr",
        "acronym",
        "audio",
        "b",
        "base",
        "bdi",
        "bdo",
        "big",
        "body",
        "button",
        "canvas",
    ),
    *("cite", "code", "col", "colgroup", "data", "datalist", "del", "dfn", "dialog", "em", "embed"),
    *("font", "frame", "google-sheets-html-origin", "html", "i", "iframe", "img", "input", "ins"),
    *("kbd", "label", "link", "map", "mark", "meta", "meter", "noscript", "object", "output"),
    *("param", "picture", "progress", "q", "rp", "rt", "ruby", "s", "samp", "select", "slot"),
    *("small", "source", "span", "strike", "strong", "sub", "sup", "svg", "td", "textarea", "th"),
    *("time", "track", "tt", "u", "var", "video", "wbr"),
)
_NEWLINES: Final[Mapping[str, int]] = dict.fromkeys(_PARAGRAPHS, 2) | dict.fromkeys(_LINES, 1)
_TAGS: Final = frozenset({*_NEWLINES, *_DROPPED, *_WITHIN_A_LINE})
_OFFICE: Final = r"(?:[movwx]|st1):[a-z0-9]+"  # as a word processor writes them

# A "<" begins no tag that goes on to another "<", so that no part of a text is looked at twice.
_TAG: Final = re.compile(
    r"""(?P<comment><!--)|<[!?][a-zA-Z\[][^<>]*+>|"""
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][^\s/<>]*+)(?:=\s*+"[^"<]*+"|=\s*+'[^'<]*+'|[^<>])*+>"""
)
_END_OF_DROPPED: Final = re.compile(
    rf"</({'|'.join(sorted(_DROPPED))})(?:[\s/][^<>]*+)?>", re.IGNORECASE
)
_IS_OFFICE: Final = re.compile(_OFFICE, re.IGNORECASE)
_TAG_BEGINS: Final = re.compile(
    rf"<(?=!--|[!?][a-z\[]|/?(?:{'|'.join(sorted(_TAGS))}|{_OFFICE})[\s/>])", re.IGNORECASE
)
# With the semicolon only: an address may hold “&copy=1”. No longer than a number can be.
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")

_OTHER_LINE_ENDS: Final = re.compile(r"[\v\f\x85\u2028\u2029]")
_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u115f\u1160\u180e\u200b"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffc\U0001d173-\U0001d17a]"
    # The tags of a flag of a part of a country stand behind a black one.
    r"|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]+"
)
_DIRECTION_MARKS: Final = re.compile(r"[\u061c\u200e\u200f]")
_RIGHT_TO_LEFT: Final = re.compile(r"[\u0590-\u05ff\u0620-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
_JOINERS: Final = re.compile(r"[\u200c\u200d]+")
_JOINED_LETTERS: Final = (
    r"\u0610-\u08ff\ufb50-\ufdff\ufe70-\ufefe"  # Arabic and its neighbours
    r"\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1cd0-\u1cff\ua8e0-\ua8ff"  # Indic and its kin
)
_JOINED_LETTER: Final = re.compile(f"[{_JOINED_LETTERS}]")
_EMOJI: Final = re.compile("[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_EMOJI_END: Final = re.compile(f"{_EMOJI.pattern}|[\ufe0f\u20e3\U000e007f]")
_VIRAMA: Final = 9
"""The combining class of the signs that take a letter's vowel away."""


class _Break(NamedTuple):
    """A tag that ends a line."""

    name: str
    is_end: bool = False


def normalised(text: str) -> str:
    """The same text with one kind of line end, one kind of space, and letters composed (NFC).

    Line ends become "\\n" and no-break spaces blanks. What no database keeps, NUL and halves of
    surrogate pairs, is left out. Done twice, it does nothing more.
    """
    text = _LINE_ENDS.sub("\n", _NEVER_KEPT.sub("", text))
    return unicodedata.normalize("NFC", text.replace("\xa0", " "))


def cleaned(text: str) -> str:
    """The words alone: without tags, entities, and characters that nobody sees.

    Paragraphs and lines of HTML become lines of text and its list entries lines with "- ". Signs
    that only look like tags stay: “a < b and c > d”, “<3”, “List<String>”, “<your name>”. Joiners
    stay where they make an emoji or a letter, marks of direction where something is written from
    right to left. Takes time in proportion to the length, and never raises.
    """
    text = _without_tags(_without_unseen(normalised(text)))
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return _without_new_tags(normalised(_without_unseen(normalised(text))))


def _without_tags(text: str) -> str:
    pieces = list(_pieces(text))
    if not any(isinstance(piece, _Break) for piece in pieces):
        return "".join(map(str, pieces))
    found: list[str] = []
    breaks: list[_Break] = []
    for is_text, run in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if not is_text:
            breaks += [piece for piece in run if isinstance(piece, _Break)]
        elif words := "".join(map(str, run)).strip():
            found += [_between(breaks, is_first=not found), words]
            breaks = []
    return "".join(found)


def _between(breaks: Sequence[_Break], *, is_first: bool) -> str:
    """What stands for tags between two texts: an empty line at most, and an entry's mark."""
    newlines = max((_NEWLINES[each.name] for each in breaks), default=0)
    newlines = min(2, max(newlines, sum(each.name == "br" for each in breaks)))
    entries = [each for each in breaks if each.name == "li"]
    is_entry = bool(entries) and not entries[-1].is_end
    return "\n" * (0 if is_first else 1 if is_entry else newlines) + "- " * is_entry


def _pieces(text: str) -> Iterator[str | _Break]:
    """The text between the tags, and those tags that end a line."""
    position = 0
    last_ends = _last_ends(text)
    while found := _TAG.search(text, position):
        name = (found["name"] or "").lower()
        if name and name not in _TAGS and not _IS_OFFICE.fullmatch(name):
            yield text[position : found.end()]
            position = found.end()
            continue
        yield text[position : found.start()]
        position = found.end()
        if found["comment"]:
            end = text.find("-->", position) if position <= last_ends["-->"] else -1
            position = end + 3 if end >= 0 else position
        elif name in _DROPPED and not found["end"] and position <= last_ends[name]:
            position = _end_of(name, text, position)
        elif name in _NEWLINES:
            yield _Break(name, bool(found["end"]))
        elif name in {"td", "th"}:
            yield " "
    yield text[position:]


def _last_ends(text: str) -> dict[str, int]:
    """Where the last end of each thing that is dropped begins; -1 without one.

    What is never closed is not looked for again and again, and what follows it is not dropped.
    """
    found = {"-->": text.rfind("-->")} | dict.fromkeys(_DROPPED, -1)
    for end in _END_OF_DROPPED.finditer(text):
        found[end[1].lower()] = end.start()
    return found


def _end_of(name: str, text: str, position: int) -> int:
    """Behind the next end tag of that name, which there is."""
    ends = _END_OF_DROPPED.finditer(text, position)
    return next(end.end() for end in ends if end[1].lower() == name)


def _without_new_tags(text: str) -> str:
    """What became a tag only when something was taken out of it, made no tag by a blank."""
    last = text.rfind(">") + 1
    return _TAG_BEGINS.sub("< ", text[:last]) + text[last:]


def _without_unseen(text: str) -> str:
    text = _UNSEEN.sub("", _OTHER_LINE_ENDS.sub("\n", text))
    if not _RIGHT_TO_LEFT.search(text):
        text = _DIRECTION_MARKS.sub("", text)
    return _JOINERS.sub(_joiner_kept, text)


def _joiner_kept(found: re.Match[str]) -> str:
    """The last of some joiners, where it makes an emoji or says how letters are written."""
    text, joiner = found.string, found[0][-1]
    before = text[found.start() - 1 : found.start()]
    after = text[found.end() : found.end() + 1]
    if _JOINED_LETTER.match(before):
        is_virama = unicodedata.combining(before) == _VIRAMA
        return joiner if is_virama or _JOINED_LETTER.match(after) else ""
    is_emoji = joiner == "\u200d" and _EMOJI_END.match(before) and _EMOJI.match(after)
    return joiner if is_emoji else ""
