"""What comes along with a pasted text is taken out, and nothing that was meant is."""

import time
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.pasting import cleaned, normalised

MARKUP = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<br>", "<li>", "</li>", "<b", "<", ">", "</", "/>", "<!--", "-->"),
            *("<style>", "</style>", "<a href='x'>", '<i class="', '"', "=", " ", "\n", "x", "<!"),
            *(
                "&lt;",
                "&gt;",
                "&amp;",
                "&#8203;",
                "&#x0;",
                "lt;",
                "\u200b",
                "\u200d",
                "script",
                "❤",
            ),
        ]
    ),
    max_size=30,
).map("".join)
ANYTHING = st.one_of(st.text(max_size=200), MARKUP)
KNOWN = {"p", "br", "li", "b", "a", "i", "style", "script"}


class TagFinder(HTMLParser):
    """What the standard library takes for a tag that we know."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag in KNOWN else []

    def handle_endtag(self, tag: str) -> None:
        self.found += [tag] if tag in KNOWN else []


def tags_in(text: str) -> list[str]:
    finder = TagFinder()
    finder.feed(text)
    finder.close()
    return finder.found


# ── Everything that is typed ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("ten\xa0years", "ten years"),
        ("cafe\u0301", "caf\xe9"),
        ("nul\0l", "null"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("<b> &amp; \u200d\u202e stay", "<b> &amp; \u200d\u202e stay"),
        ("  spaces\t stay \n\n\n", "  spaces\t stay \n\n\n"),
    ],
)
def test_what_is_typed_gets_one_kind_of_line_end_space_and_letter(
    typed: str, expected: str
) -> None:
    assert normalised(typed) == expected


@given(text=st.text(st.characters()))
def test_normalising_twice_does_nothing_more(text: str) -> None:
    once = normalised(text)

    assert normalised(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


# ── Tags ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One</p>\n\n  <p>Two</p>\n", "One\n\nTwo"),
        ("One<br>Two<BR/>Three", "One\nTwo\nThree"),
        ("One<br>\nTwo", "One\nTwo"),
        ("One<br><br><br><br>Two", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<ul>\n <li>One</li>\n <li>Two</li>\n</ul>", "- One\n- Two"),
        ("<p>I do:</p><ul><li><p>One</p></li></ul><p>Bye</p>", "I do:\n- One\n\nBye"),
        ("<ul><li></li><li>One</li></ul>", "- One"),
        ("I <b>build</b> <span style='x: y'>shops</span>", "I build shops"),
        ('<a href="https://example.com/?a>b">Shop</a>', "Shop"),
        ("<tr><td>a</td><td>b</td></tr>", "a  b"),
        ("<style>p {}</style>Hi <script>x<y;</script>there", "Hi there"),
        ("<!-- hidden <b>x</b> -->Hi<!-- never closed", "Hi never closed"),
        ("<!DOCTYPE html><html><head><title>T</title></head><body>Hi</body></html>", "Hi"),
        ("<!--[if gte mso 9]><xml>a</xml><![endif]-->Hi<o:p></o:p>", "Hi"),
        ("<style> that nobody closed", " that nobody closed"),
    ],
)
def test_tags_go_and_lines_stay_lines(pasted: str, expected: str) -> None:
    assert cleaned(pasted) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a < b and c > d",
        "I <3 clean code",
        "x <- y -> z",
        "List<String>, Vec<T>",
        "Dear <your name>, write to <olha@example.com>",
        "<https://example.com/?a=1&copy=2>",
        "R&D for AT&T; 5 > 3 && 2 < 4",
        "  two  spaces\n\n\n\nand\ttabs ",
        "- one\n- two",
        "<b",
        "Цена < 100 & > 50",
    ],
)
def test_what_only_looks_like_a_tag_or_an_entity_stays(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("ten&nbsp;years &#8211; or &#x32;0", "ten years – or 20"),
        ("&lt;3", "<3"),
        ("&bogus; &#9999999999; &#;", "&bogus; &#9999999999; &#;"),
        ("one&#13;&#10;two", "one\ntwo"),
    ],
)
def test_entities_become_their_signs(pasted: str, expected: str) -> None:
    assert cleaned(pasted) == expected


@pytest.mark.parametrize(
    "pasted", ["&lt;b&gt;", "<<b>b>", "<\u200bb>", "<&#8203;b>", "<b<b<b>>>", "<b '<i>'>"]
)
def test_what_becomes_a_tag_when_something_is_taken_out_is_none(pasted: str) -> None:
    assert tags_in(cleaned(pasted)) == []


# ── Characters that nobody sees ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "unseen",
    [
        *("\u200b", "\ufeff", "\u2060", "\u00ad", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c"),
        *("\u202e", "\u202a", "\u2066", "\u2069", "\x00", "\x07", "\x1b", "\x7f", "\x90", "\ufffc"),
        *("\u3164", "\u115f", "\u034f", "\U000e0041"),
    ],
)
def test_unseen_characters_go(unseen: str) -> None:
    assert cleaned(f"sh{unseen}op{unseen} {unseen}") == "shop "


@pytest.mark.parametrize("line_end", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_other_line_ends_become_ours(line_end: str) -> None:
    assert cleaned(f"one{line_end}two") == "one\ntwo"


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d💻 and 👨🏽\u200d🚒",
        "❤\ufe0f\u200d🔥",
        "🏳\ufe0f\u200d🌈",
        "🙂\u200d↔\ufe0f",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "می\u200cخواهم",
        "क्\u200dष",
        "ന്\u200d",
        "ক্\u200cষ",
        "שלום\u200f!",
        "العربية\u200e C++",
    ],
    ids=range(11),
)
def test_joiners_and_marks_that_mean_something_stay(text: str) -> None:
    assert cleaned(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("👩\u200d", "👩"),
        ("\u200d💻", "💻"),
        ("👩\u200c💻", "👩💻"),
        ("می\u200c", "می"),
        ("می\u200c\u200c\u200cخواهم", "می\u200cخواهم"),
        ("العربية \u202eevil", "العربية evil"),
    ],
)
def test_joiners_with_nothing_to_join_go(pasted: str, expected: str) -> None:
    assert cleaned(pasted) == expected


# ── On anything ──────────────────────────────────────────────────────────────────────────────────


@given(text=ANYTHING)
def test_no_tag_is_ever_left(text: str) -> None:
    assert tags_in(cleaned(text)) == []


@given(text=ANYTHING)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    once = cleaned(text.replace("&", ""))

    assert cleaned(once) == once


@given(words=st.lists(st.from_regex(r"[\w.,!?()'-]{1,9}", fullmatch=True)))
def test_plain_words_are_only_normalised(words: list[str]) -> None:
    text = unicodedata.normalize("NFC", "".join(" ".join(words)))
    seen = "".join(sign for sign in text if sign not in "\u115f\u1160\u3164\uffa0")

    assert cleaned(text) == unicodedata.normalize("NFC", seen)


@pytest.mark.parametrize(
    "hostile",
    [
        *("<" * 20_000, "<b" * 10_000, "<b" * 7_000 + ">" * 6_000, '<b a="' * 4_000),
        *("<!--" * 5_000, "<!a" * 7_000, "<style>" * 3_000, "</style " * 2_500),
        *("<script>" * 1_200 + "</script" * 1_200, "<style></script>" * 1_250),
        *("<style>" * 1_200 + "</script>" * 1_200 + "</style>",),
        *("<b " + "= " * 10_000, "<b" + '="' * 10_000, "&amp;" * 4_000, "&" * 20_000),
        *("&#" + "9" * 20_000 + ";", "\u200d" * 20_000, "<p>" * 7_000, "<br>x" * 4_000),
        *("\U000e0041" * 20_000, "<li><li>" * 2_500),
    ],
    ids=lambda text: text[:12],
)
def test_hostile_texts_take_no_longer_than_others(hostile: str) -> None:
    began = time.process_time()
    cleaned(hostile)

    assert time.process_time() - began < 3
