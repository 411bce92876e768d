"""The readable text of a saved page, and whether two pastes are one post."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.posts import fingerprint_of, same_post, text_of
from tests.proposals.post_cases import Case, cases

CASES = cases()
MARKUP = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<br>", "<li>", "<div hidden>", "</div>", "<nav>", "</nav>", "<", ">"),
            *(
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "<b class='badge'>",
                '"',
                "'",
                "&lt;",
                "&#0;",
            ),
            *(
                "&#99999999999;",
                "<a href='x'>",
                "</a>",
                "x",
                "Y",
                " ",
                "\n",
                "<pre>",
                "</pre>",
                "</",
            ),
            *("<svg>", "</svg>", "<p style='display:none'>", "<h1", "<!doctype html>", "\ud800"),
        ]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("<h1>One</h1><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<p>One<br>Two<br/><br/>Three</p>", "One\nTwo\n\nThree"),
        ("<ul><li>One</li><li><div>Two</div></li></ul>", "- One\n- Two"),
        ("<p>Tom &amp; Jerry&nbsp;&#8211; &lt;3</p>", "Tom & Jerry – <3"),
        ("<p>a\n   b</p>", "a b"),
        ('<p class="multiline-text">a\nb</p>', "a\nb"),
        ("<pre>a\nb\n\nc\n</pre>", "a\nb\n\nc"),
        ("<script>x</script><style>y</style><p>One</p><noscript>z</noscript>", "One"),
        ("<nav><p>Menu</p></nav><p>One</p><footer>End</footer>", "One"),
        ('<div role="navigation"><div>Menu</div></div><p>One</p>', "One"),
        ('<p>One</p><div style="color:red; display: none"><div>x</div>y</div>', "One"),
        ("<p>One</p><div hidden>x</div>", "One"),
        ("<p>One<!-- two --></p>", "One"),
        ("<p title=\"a > b\" data-x='<i>'>One</p>", "One"),
        ("<p>One", "One"),
        ("<nav>never closed<p>One</p>", "never closed\n\nOne"),
        ("<p>One</p><script>never closed", "One\n\nnever closed"),
        ("<p>One</b></i></p></div>", "One"),
        ("<span class='badge'>Logo</span><span class='badge'>Web</span>", "Logo\nWeb"),
        ("<a>Logo</a> <a>Web</a>", "Logo\nWeb"),
        ("<b>34 jobs posted</b><span>79% hire rate</span>", "34 jobs posted\n79% hire rate"),
        ("<p>I <b>build</b> <i>shops</i>.</p>", "I build shops."),
        ("<table><tr><td>Proposals:</td><td>5</td></tr></table>", "Proposals: 5"),
        ("<p a=\"it's>One</p>", "One"),
        ("<p>$22 <b>- </b><b>$40</b></p>", "$22 - $40"),
    ],
)
def test_what_a_reader_sees_stays_and_the_rest_goes(pasted: str, text: str) -> None:
    assert text_of(pasted) == text


@pytest.mark.parametrize(
    "text",
    [
        "a < b and c > d",
        "Use <div> and <span>, not tables",
        "Fix List<String> and Vec<T>",
        "I <3 clean code\n\n- one\n- two",
        "5 > 3 && 2 < 4 &amp; so on",
    ],
)
def test_plain_text_stays(text: str) -> None:
    assert text_of(text) == text


def test_plain_text_is_normalised() -> None:
    assert text_of(" ten\xa0years\r\nof\u200b cafe\u0301 \n") == "ten years\nof caf\xe9"


@given(pasted=st.one_of(st.text(st.characters(), max_size=200), MARKUP))
@settings(deadline=None)
def test_any_paste_has_a_text_that_a_database_keeps(pasted: str) -> None:
    text = text_of(pasted)

    text.encode()
    assert "\0" not in text
    assert text == text.strip()


@pytest.mark.parametrize("before", ["", "<p>a</p>"])
@pytest.mark.parametrize(
    "piece",
    [
        *("{", "<", "<b ", "<!--", "<script>", '<b a="', "</", "<!", "&", "<style>a</", "&amp;"),
        *("<p>x</p>", "<nav>", "<nav><p>", "<p hidden>", "<p style='", "<pre>\n", "<p> \n \n"),
        *(" ", "\n", "<b style=", "<script></style></script>", "<a class='", "<svg>x</svg>"),
        *("<p style=display", "<a>a</a>", "<br>", " <b class=", "<b \"'", "<p class='a a"),
    ],
    ids=repr,
)
def test_a_megabyte_takes_about_a_second_whatever_it_holds(before: str, piece: str) -> None:
    pasted = before + piece * (1_000_000 // len(piece))
    began = time.process_time()
    text_of(pasted)

    # Quadratic time would be minutes; a machine with other work to do gets some grace.
    assert time.process_time() - began < 3


# ── Duplicates ───────────────────────────────────────────────────────────────────────────────────


def _later(text: str) -> str:
    """The same post, seen another day."""
    text = re.sub(r"Posted .*", "Posted 3 weeks ago", text)
    text = re.sub(r"\d+ to \d+$|50\+|Less than 5", "20 to 50", text, flags=re.MULTILINE)
    text = re.sub(r"(\d+) jobs posted", "99 jobs posted", text)
    return "Find work\nMessages\n" + text.replace("\n", " \r\n\n").replace(" ", "  ")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_same_post_seen_later_is_the_same(case: Case) -> None:
    text = text_of(case.pasted)
    later = text_of(_later(text))

    assert same_post(text, later)
    assert fingerprint_of(text) == fingerprint_of(later) != ""


def test_different_posts_are_different() -> None:
    texts = [text_of(case.pasted) for case in CASES]

    assert len({fingerprint_of(text) for text in texts}) == len(CASES)
    assert not any(same_post(a, b) for a in texts for b in texts if a is not b)


def test_the_words_alone_are_the_same_as_the_whole_page() -> None:
    words = "\n".join(text_of(CASES[0].pasted).split("\n")[7:13])

    assert same_post(words, text_of(CASES[0].pasted))


@pytest.mark.parametrize(("one", "other"), [("", ""), ("", "a b c"), ("{", "{"), ("IMG.png", "")])
def test_nothing_is_the_same_as_nothing(one: str, other: str) -> None:
    assert not same_post(one, other)
