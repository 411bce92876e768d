"""Templates and blocks, proposals and their way through the funnel, the ledger of connects."""

from proposals.models.connects import ConnectsEntry
from proposals.models.pieces import Piece, PieceVersion, Placeholder
from proposals.models.proposals import Proposal, ProposalMove, ScreeningAnswer, UsedBlock
from proposals.models.tallies import TalliedMonth, Tally

__all__ = [
    "ConnectsEntry",
    "Piece",
    "PieceVersion",
    "Placeholder",
    "Proposal",
    "ProposalMove",
    "ScreeningAnswer",
    "TalliedMonth",
    "Tally",
    "UsedBlock",
]
