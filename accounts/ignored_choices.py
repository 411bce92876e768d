"""What a list says about choices in its address that it can't follow."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ignored:
    """A choice in the URL that makes no sense, and why."""

    label: str
    value: str
    reason: str
