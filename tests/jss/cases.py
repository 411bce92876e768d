"""The worked numbers of the rule book (tests/data/cases/jss.json), and contracts to build them."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from jss.engine import ClosedContract

CASES: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / "cases" / "jss.json").read_text(encoding="utf-8")
)

AS_OF = date(2026, 11, 21)
STARS = {"+": Decimal(5), "-": Decimal(2), "0": None}


def closed(kinds: str, on: date = AS_OF - timedelta(days=30)) -> list[ClosedContract]:
    """Contracts closed that day: "+" positive, "-" negative, "0" without feedback."""
    return [ClosedContract(f"{kind}{number}", on, STARS[kind]) for number, kind in enumerate(kinds)]


def worked(case: dict[str, Any]) -> list[ClosedContract]:
    """The P and N of a worked case, in every window."""
    return closed("+" * case["P"] + "-" * case["N"])
