"""Which of one's own past clients leave feedback: whom to work for again (J15.4). Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PastClient:
    """A client and his or her closed contracts that can count."""

    key: str
    name: str
    closed: int
    rated: int
    negative: int
    last_closed_on: dt.date

    @property
    def leaves_feedback(self) -> bool:
        """Whether most of them were rated, and none badly: a second try there is step two's."""
        return self.rated * 2 > self.closed and not self.negative


def likely_to_rate(clients: Iterable[PastClient]) -> list[PastClient]:
    """Those who leave feedback: the most ratings first, then the latest contract."""
    return sorted(
        (client for client in clients if client.leaves_feedback),
        key=lambda client: (-client.rated, -client.last_closed_on.toordinal(), client.name),
    )
