"""What the types in Upwork's reports are: the file's spelling → `PaymentCategory`.

Spelling differs between reports and years ("Fixed Price", "Fixed-price"), so case, hyphens and
blanks do not count. A type that is not listed is kept as OTHER, never dropped.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from contracts.importing.rows import Kind, PaymentCategory

_TYPES: Final[Mapping[PaymentCategory, tuple[str, ...]]] = {
    PaymentCategory.EARNING: ("hourly", "fixed price", "milestone"),
    PaymentCategory.BONUS: ("bonus", "tip"),
    PaymentCategory.REIMBURSEMENT: ("reimbursement", "expense", "expenses"),
    PaymentCategory.REFUND: ("refund", "refund to client"),
    PaymentCategory.SERVICE_FEE: ("service fee",),
    PaymentCategory.FEE_REFUND: ("service fee refund", "refund of service fee"),
    PaymentCategory.CONNECTS: ("connects",),
    PaymentCategory.MEMBERSHIP: ("membership", "membership fee", "subscription"),
    PaymentCategory.TAX: ("gst", "vat", "wht", "withholding tax", "sales tax", "tax"),
    PaymentCategory.WITHDRAWAL: ("withdrawal",),
    PaymentCategory.WITHDRAWAL_FEE: ("withdrawal fee", "processing fee"),
    PaymentCategory.PAYMENT: ("payment",),
    PaymentCategory.ADJUSTMENT: ("adjustment",),
    PaymentCategory.OTHER: ("miscellaneous",),
}
_CATEGORIES: Final = {name: category for category, names in _TYPES.items() for name in names}

INCOME: Final = frozenset(
    {PaymentCategory.EARNING, PaymentCategory.BONUS, PaymentCategory.REIMBURSEMENT}
)
"""What a client pays for a contract."""

WORK: Final = INCOME | {PaymentCategory.REFUND}
"""What names a contract by itself, in every format."""

FEES: Final = frozenset({PaymentCategory.SERVICE_FEE, PaymentCategory.FEE_REFUND})
"""What Upwork keeps of a contract's money, and gives back."""

NEVER_A_CONTRACTS: Final = frozenset(
    {
        PaymentCategory.CONNECTS,
        PaymentCategory.MEMBERSHIP,
        PaymentCategory.WITHDRAWAL,
        PaymentCategory.WITHDRAWAL_FEE,
    }
)
"""What belongs to the practice as a whole."""


@lru_cache(maxsize=1024)
def _folded(type_: str) -> str:
    return " ".join(type_.replace("-", " ").replace("_", " ").split()).casefold()


def category_of(type_: str) -> PaymentCategory:
    """Return what kind of money a type is."""
    return _CATEGORIES.get(_folded(type_), PaymentCategory.OTHER)


def kind_of(type_: str) -> Kind:
    """Return which kind of contract has payments of this type, "" where the type does not say."""
    name = _folded(type_)
    if name == "hourly":
        return "hourly"
    return "fixed" if name in ("fixed price", "milestone") else ""
