"""Two people, or two tabs, at the same row: how a change finds out, and what it is called.

A form carries a `fingerprint` of what it showed. When the stored values have another one by the
time it is sent, somebody saved in between, and nothing is overwritten without being shown.
"""

import hashlib
import json
from collections.abc import Mapping


class ChangedMeanwhile(Exception):  # noqa: N818  # says what happened, like ChangedSince
    """The row is not what the form showed: somebody, or another tab, saved in between."""


class ChangedSince(Exception):  # noqa: N818  # says what happened, and the page shows its words
    """An undo would overwrite something newer. `str()` is a sentence for the user."""


def fingerprint(plain: Mapping[str, object]) -> str:
    """A short text that differs when the values do; they are plain ones, as JSON takes them."""
    text = json.dumps(plain, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
