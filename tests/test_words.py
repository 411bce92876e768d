"""Every word that people read goes through gettext, and every page through the strict policy.

Templates are read as text: what stands outside `{% translate %}` and `{% blocktranslate %}`, in
their words and in the attributes that are read aloud or shown, must hold no word of its own.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MESSAGES = sorted((ROOT / "templates").rglob("*.txt"))
SCRIPTS = sorted((ROOT / "static").rglob("*.js"))
STYLES = sorted((ROOT / "static").rglob("*.css"))
APPS = ("accounts", "outbox", "profiles", "proposals", "contracts", "jss", "retainers")
MODULES = sorted(
    path
    for app in (*APPS, "freelance_ops")
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts and "management" not in path.parts
)

# Names, which are the same in every language. Keep it tiny.
NOT_WORDS = {"Freelance Ops", "Upwork", "CSV", "XLSX", "USD", "JSS"}
# What stands on keys and what machines read; and what no page shows.
NOT_READ = {"kbd", "code", "script", "style"}
READ_ALOUD = {"title", "aria-label", "placeholder", "alt", "aria-description", "label"}
# Arguments of our own template tags and includes whose values are shown.
SHOWN_ARGUMENT = re.compile(
    r"""\b(label|hint|title|text|heading|words|caption|placeholder|name_shown)=(["'])(.*?)\2"""
)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*(blocktranslate|blocktrans)\b.*?%}.*?{%\s*end\1\s*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}", re.DOTALL)
VARIABLE = re.compile(r"{{.*?}}", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]{2,}|\b[^\W\d_]\b")
# &nbsp; and the like are no words
ENTITY = re.compile(r"&#?\w+;")


def readable(path: Path) -> str:
    return str(path.relative_to(ROOT))


def without_template_language(source: str) -> str:
    """The HTML that is left: comments, translated parts, tags and variables taken out."""
    for pattern in (COMMENT, TRANSLATED, TAG, VARIABLE):
        source = pattern.sub("", source)
    return source


def words_in(text: str) -> list[str]:
    """Words of a language; none where only names and signs are left."""
    text = ENTITY.sub(" ", text)
    for name in sorted(NOT_WORDS, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
    return [text.strip()] if LETTERS.search(text) else []


class Words(HTMLParser):
    """Collects what a page shows or reads aloud, and what the policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.refused: list[str] = []
        self._not_read = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._not_read += tag in NOT_READ
        for name in READ_ALOUD & given.keys():
            self.found += words_in(given[name])
        if tag == "input" and given.get("type") in {"submit", "button", "reset"}:
            self.found += words_in(given.get("value", ""))
        self._check(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._not_read -= tag in NOT_READ

    def handle_endtag(self, tag: str) -> None:
        self._not_read -= tag in NOT_READ

    def handle_data(self, data: str) -> None:
        if not self._not_read:
            self.found += words_in(data)

    def _check(self, tag: str, given: dict[str, str]) -> None:
        data_only = given.get("type") in {"application/json", "application/ld+json"}
        if tag == "script" and not data_only and not {"src", "nonce"} & given.keys():
            self.refused.append("<script> without src or nonce")
        if tag == "style":
            self.refused.append("<style>")
        self.refused += [f'{name}="…"' for name in given if name == "style" or is_handler(name)]


def is_handler(name: str) -> bool:
    """`onclick` and all its like, and htmx's own, which would be evaluated."""
    return bool(re.fullmatch(r"on[a-z]+", name)) or name.startswith(("hx-on", "hx-vals-js"))


def read(source: str) -> Words:
    html = without_template_language(source)
    if re.match(r"\s*[\w-]+=", html):  # attributes that several templates include
        html = f"<p {html}>"
    words = Words()
    words.feed(html)
    words.close()
    return words


@pytest.mark.parametrize("path", TEMPLATES, ids=readable)
def test_every_word_of_a_template_is_translated(path: Path) -> None:
    assert read(path.read_text()).found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=readable)
def test_words_given_to_a_template_tag_are_translated(path: Path) -> None:
    source = COMMENT.sub("", path.read_text())
    found = [
        match[0]
        for tag in TAG.findall(source)
        for match in SHOWN_ARGUMENT.finditer(tag)
        if words_in(VARIABLE.sub("", match[3]))
    ]
    assert found == []


@pytest.mark.parametrize("path", MESSAGES, ids=readable)
def test_every_word_of_a_message_is_translated(path: Path) -> None:
    assert words_in(re.sub(r"\S+://\S*", "", without_template_language(path.read_text()))) == []


# A mail has no policy, and mail programs read inline styles only.
PAGES = [path for path in TEMPLATES if path.parent.name != "email"]


@pytest.mark.parametrize("path", PAGES, ids=readable)
def test_nothing_in_a_template_is_refused_by_the_policy(path: Path) -> None:
    assert read(path.read_text()).refused == []


# A name and no address: browsers ask nobody for it.
NAMESPACE = "http://www.w3.org/2000/svg"


@pytest.mark.parametrize("path", [*TEMPLATES, *SCRIPTS, *STYLES], ids=readable)
def test_nothing_comes_from_another_host(path: Path) -> None:
    source = COMMENT.sub("", path.read_text()).replace(NAMESPACE, "")
    assert re.findall(r"""(?:https?:)?//[\w-]+\.[\w.-]+""", without_comments(source, path)) == []


def without_comments(source: str, path: Path) -> str:
    if path.suffix == ".css":
        return re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    if path.suffix == ".js":
        return re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", "", source, flags=re.DOTALL)
    return source


@pytest.mark.parametrize("path", SCRIPTS, ids=readable)
def test_a_script_has_no_words_of_its_own(path: Path) -> None:
    """What a script says stands in the page, translated, in a data attribute."""
    said = re.compile(
        r"""(?:textContent|innerText|innerHTML|title|placeholder|ariaLabel)\s*=\s*(["'`])(.*?)\1"""
        r"""|(?:announce|alert|confirm|prompt)\(\s*(["'`])(.*?)\3"""
    )
    source = without_comments(path.read_text(), path)
    found = [match[0] for match in said.finditer(source) if words_in(match[2] or match[4] or "")]
    assert found == []


def literal_words(node: ast.expr) -> bool:
    """A text, or one put together, that holds words; `_("…")` is a call and not one."""
    if isinstance(node, ast.JoinedStr):
        return any(literal_words(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return literal_words(node.left) or literal_words(node.right)
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(words_in(node.value))
    )


def shown_texts(tree: ast.AST) -> Iterator[tuple[int, ast.expr]]:
    """Arguments that end up before people's eyes: messages, refusals, labels and hints."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = ast.unparse(call.func)
        if re.fullmatch(r"messages\.(debug|info|success|warning|error)", name):
            yield from ((call.lineno, text) for text in call.args[1:2])
        elif name.endswith("ValidationError"):
            yield from ((call.lineno, text) for text in call.args[:1])
        elif name.endswith(".add_error"):
            yield from ((call.lineno, text) for text in call.args[1:2])
        elif name.startswith("forms."):
            shown = (word.value for word in call.keywords if word.arg in {"label", "help_text"})
            yield from ((call.lineno, text) for text in shown)


@pytest.mark.parametrize("path", MODULES, ids=readable)
def test_every_word_that_a_view_or_form_says_is_translated(path: Path) -> None:
    found = [
        f"line {line}: {ast.unparse(text)}"
        for line, text in shown_texts(ast.parse(path.read_text()))
        if literal_words(text)
    ]
    assert found == []


# ── The readers of this file, tried on what they must find ───────────────────────────────────────


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        "<p>{% translate 'Hello' %} there</p>",
        "<p>{{ name }} is here</p>",
        "{% if a %}Yes{% endif %}",
        '<a title="Go on">→</a>',
        '<img alt="A chart">',
        '<input placeholder="Search">',
        '<button aria-label="Close {{ name }}">×</button>',
        '<input type="submit" value="Send">',
        "<p>Привіт</p>",
        "<p>&nbsp;a</p>",
    ],
)
def test_a_word_outside_gettext_is_found(source: str) -> None:
    assert read(source).found


@pytest.mark.parametrize(
    "source",
    [
        "<p>{% translate 'Hello' %}</p>",
        "{% blocktranslate count n=n %}one{% plural %}{{ n }} of them{% endblocktranslate %}",
        ' aria-label="{{ label }}"{% if a %} aria-invalid="true"{% endif %}',
        "{# Hello #}{% comment %}Hello{% endcomment %}<!-- Hello -->",
        '<a title="{% translate "Go on" %}" href="/contracts/" class="btn">→ 12 &nbsp;</a>',
        "<kbd>Ctrl</kbd> <kbd>K</kbd> Freelance Ops",
        '<script src="/static/js/app.js" defer></script>',
        '<script type="application/json">{"words": "Hello"}</script>',
        '<input type="hidden" value="hello">',
    ],
)
def test_what_is_no_word_or_translated_is_left_alone(source: str) -> None:
    assert read(source).found == []
    assert read(source).refused == []


@pytest.mark.parametrize(
    "source",
    [
        "<script>go()</script>",
        '<p style="color: red">',
        '<a onclick="go()">',
        '<body onload="go()">',
        '<a hx-on:click="go()">',
        "<style>p {}</style>",
    ],
)
def test_what_the_policy_refuses_is_found(source: str) -> None:
    assert read(source).refused


def test_a_literal_message_is_found() -> None:
    source = """
messages.success(request, "Saved.")
messages.success(request, _("Saved."))
raise ValidationError(f"{name} is wrong")
forms.CharField(label="Name", help_text=_("Yours"))
form.add_error("name", "Wrong " + name)
"""
    lines = [line for line, text in shown_texts(ast.parse(source)) if literal_words(text)]
    assert lines == [2, 4, 5, 6]
