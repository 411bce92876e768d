"""What applying needs, for payments and for contract logs alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from contracts.importing import Problem
from contracts.importing.problems import gettext_noop, shown
from contracts.imports.claims import ApplyingProgress
from contracts.imports.decisions import Fate
from contracts.imports.groups import Findings
from contracts.imports.matching import Match
from contracts.imports.outcome import Outcome
from contracts.imports.refusals import ImportRefused
from contracts.imports.stored import Stored, StoredContract
from contracts.models import ImportBatch

GONE = gettext_noop(
    "The contract that “%(title)s” was to be added to no longer exists. Choose again."
)


@dataclass(kw_only=True)
class Application:
    """One import on its way into the database. `matches` and `fates` are by contract key.

    `prepare` works out everything that can be worked out without writing: on SQLite nobody else
    writes while `write` does.
    """

    batch: ImportBatch
    findings: Findings
    matches: Mapping[str, Match]
    fates: Mapping[str, Fate]
    stored: Stored
    progress: ApplyingProgress
    outcome: Outcome = field(default_factory=Outcome)

    def prepare(self) -> None:
        """Work out what is to be written. Raises `ImportRefused`."""
        raise NotImplementedError

    def write(self) -> None:
        """Write it. Call it within a transaction, once."""
        raise NotImplementedError

    def stored_contract(self, public_id: str, title: str) -> StoredContract:
        """Return the contract that the user chose. Raises `ImportRefused` where it is gone."""
        if contract := self.stored.with_public_id(public_id):
            return contract
        raise ImportRefused(Problem(GONE, {"title": shown(title)}))
