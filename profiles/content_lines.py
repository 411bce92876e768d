"""A field of a profile as lines of text: what is compared, shown and copied."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from decimal import Decimal
from typing import Any, Final

_LONG_PARTS: Final = frozenset({"description", "words"})


def lines_of(name: str, value: Any, *, labels: Mapping[str, str] | None = None) -> str:
    """The value of the field `name` as text, of a model, of a form or of a `Content`.

    Skills stand one a line. An entry of a list has its short parts on a line and below it what is
    long; between entries there is an empty line. A rate is in dollars with cents, a date as
    YYYY-MM-DD. `labels` has the words for what is kept as a code: availability, earnings and the
    levels of languages; a code without one stands as it is.
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        is_plain = all(isinstance(each, str) for each in value)
        return ("\n" if is_plain else "\n\n").join(_entry(each, labels or {}) for each in value)
    return (labels or {}).get(value, value) if name in {"availability", "earnings"} else str(value)


def _entry(value: Any, labels: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return value
    parts = dict(value) if isinstance(value, Mapping) else {}
    if is_dataclass(value) and not isinstance(value, type):
        parts = asdict(value)
    if "level" in parts:
        parts["level"] = labels.get(parts["level"], parts["level"])
    line = " · ".join(text for name, text in parts.items() if text and name not in _LONG_PARTS)
    return "\n".join([line, *(parts[name] for name in parts if name in _LONG_PARTS)]).strip("\n")
