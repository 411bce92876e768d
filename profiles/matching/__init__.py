"""How well profiles answer a job post (P8): pure, and an estimate. Start at `terms_of`."""

from profiles.matching.match import (
    Evidence,
    Found,
    ProfileMatch,
    best_of,
    from_record,
    match_of,
)
from profiles.matching.terms import LONGEST_POST, Term, terms_of

__all__ = [
    "LONGEST_POST",
    "Evidence",
    "Found",
    "ProfileMatch",
    "Term",
    "best_of",
    "from_record",
    "match_of",
    "terms_of",
]
