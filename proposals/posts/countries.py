"""Names of countries as pages write them."""

from __future__ import annotations

from functools import cache
from typing import Final

_ALSO: Final = (
    *("usa", "u.s.", "us", "u.s.a.", "uk", "u.k.", "czech republic", "turkey", "hong kong"),
    *("macau", "macedonia", "myanmar", "burma", "ivory coast", "cote d'ivoire", "palestine"),
    *("bosnia and herzegovina", "trinidad and tobago", "antigua and barbuda", "swaziland"),
    *("korea, republic of", "congo", "cape verde", "east timor", "palestinian territories"),
    *("saint lucia", "saint kitts and nevis", "saint vincent and the grenadines"),
    *("sao tome and principe", "vatican", "europe", "european union", "north america", "eu"),
    *("americas", "asia", "africa", "oceania", "latin america", "south america"),
)


@cache
def _names() -> frozenset[str]:
    # Reading them takes a tenth of a second, so it waits for the first post.
    from babel import Locale  # noqa: PLC0415  # slow to load

    territories: dict[str, str] = dict(Locale("en").territories)
    names = (name for code, name in territories.items() if len(code) == 2)
    return frozenset({*(name.casefold().replace("’", "'") for name in names), *_ALSO} - {"world"})


def is_country(name: str) -> bool:
    """Whether that is the English name of a country, or of a part of the world."""
    plain = " ".join(name.split()).casefold().replace("’", "'")
    return len(plain) <= 60 and (plain in _names() or plain.replace("&", "and") in _names())
