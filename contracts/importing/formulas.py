"""Texts that a spreadsheet would take for a formula: made harmless on export, undone on import.

A cell that starts with `=`, `+`, `-`, `@`, a tab or a line break is run as a formula by Excel and
LibreOffice when somebody opens our CSV ("formula injection"). An apostrophe in front prevents it.
A text that already starts with apostrophes before such a character gets one more, so that taking
exactly one away gives every text back: `restore(neutralise(text)) == text`.
"""

import re

# The wide forms are what Japanese and Chinese keyboards type; Excel runs them too.
_DANGEROUS = "=+\\-@\t\r\n＝＋－＠"
_TO_NEUTRALISE = re.compile(f"'*[{_DANGEROUS}]")
_NEUTRALISED = re.compile(f"'+[{_DANGEROUS}]")


def neutralise(text: str) -> str:
    """Return `text` as it is written into a CSV or XLSX cell, never run as a formula."""
    return "'" + text if _TO_NEUTRALISE.match(text) else text


def restore(text: str) -> str:
    """Return the text that `neutralise` was given."""
    return text[1:] if _NEUTRALISED.match(text) else text
