"""Templates that somebody wrote who means harm, and what must hold of any of them (B2)."""

from hypothesis import strategies as st

from proposals.placeholders import LONGEST_NAME, Flaw, render

VALUES = {
    "client_name": "Anna {{ title }}",  # a value that looks like a placeholder
    "title": "{% now %} {{ client_name }}",
    "empty": " ",
}
NOT_ALLOWED = {"password": "hunter2-canary", "request": "canary-too"}
ALLOWED = (*VALUES, "unset")

_PIECES = (
    *("{", "}", "{{", "}}", "{{{", "}}}", "{%", "%}", "{#", "#}", " ", "\n", "\t", "|", ".", "__"),
    *(
        "client_name",
        "title",
        "empty",
        "unset",
        "password",
        "request",
        "__class__",
        "a.b",
        "x|safe",
    ),
    *("{{ client_name }}", "{{title}}", "{{ password }}", "{{ x.__class__ }}", "{{ title|upper }}"),
    *(
        "{% include 'x' %}",
        "{{ {{ title }} }}",
        "{{ client_name",
        "}} title {{",
        "\u2028",
        "é",
        "0",
    ),
)
hostile_templates = st.one_of(
    st.lists(st.sampled_from(_PIECES), max_size=40).map("".join),
    st.text(alphabet="{}% |._atile\n ", max_size=80),
    st.text(max_size=80),
)


def must_hold(text: str) -> None:
    """The output is the literal text with allow-listed values in their places, and nothing else.

    Checked by a second implementation, which walks from brace to brace.
    """
    rendered = render(text, {**VALUES, **NOT_ALLOWED}, allowed=ALLOWED)
    expected, left, unknown = walked(text)
    assert rendered.text == expected
    assert sum(each.flaw is not Flaw.BROKEN for each in rendered.problems) == unknown
    assert bool(rendered.problems) == left
    assert "canary" not in rendered.text or "canary" in text


def walked(text: str) -> tuple[str, bool, int]:
    """The text filled by hand; whether anything was left in it, and how many names were."""
    found, at, left, unknown = [], 0, False, 0
    while at < len(text):
        run = len(text[at:]) - len(text[at:].lstrip(text[at])) if text[at] in "{}" else 0
        if run < 2:
            found.append(text[at])
            at += 1
            continue
        end = text.find("}}", at + 2) if text[at] == "{" and run == 2 else -1
        name = text[at + 2 : end].strip() if end >= 0 else ""
        is_name = _is_name(name)
        value = VALUES.get(name, "") if is_name else ""
        if value.strip():
            found.append(value)
            at = end + 2
            continue
        left = True
        unknown += is_name
        taken = end + 2 if is_name else at + run
        found.append(text[at:taken])
        at = taken
    return "".join(found), left, unknown


def _is_name(name: str) -> bool:
    return (
        0 < len(name) <= LONGEST_NAME
        and not name[0].isdigit()
        and all(sign == "_" or sign.isalnum() for sign in name)
    )
