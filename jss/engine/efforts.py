"""How hard things are that lift a score (J13, J15)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Efforts:
    """How hard each thing is, once: small whole numbers by convention, for comparing only.

    J15 calls asking easy, puts the talk about a contract that went badly second, and new contracts
    last. Waiting takes no effort. Raises ValueError for an effort below 1.
    """

    ask_for_feedback: int = 1
    """A friendly message."""
    own_up: int = 3
    """An honest talk with a client who was not happy."""
    remove: int = 2
    """A request; there is one in many weeks (J13)."""
    earn: int = 5
    """A whole contract, won, delivered and rated."""

    def __post_init__(self) -> None:
        if min(self.ask_for_feedback, self.own_up, self.remove, self.earn) < 1:
            raise ValueError("Whatever has to be done takes some effort: 1 or more.")

    def total(
        self, *, ask_for_feedback: int = 0, own_up: int = 0, remove: int = 0, earn: int = 0
    ) -> int:
        """The effort of so many of each."""
        talks = ask_for_feedback * self.ask_for_feedback + own_up * self.own_up
        return talks + remove * self.remove + earn * self.earn


EFFORTS = Efforts()
