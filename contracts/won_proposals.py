"""A won proposal becomes a contract in the log; `settings.CONTRACT_OF_WON_PROPOSAL` names this."""

from django.utils import timezone

from accounts.actors import Actor
from contracts.contract_services import contract_create
from contracts.models import Contract
from proposals.models import Proposal


def contract_of_won(actor: Actor, proposal: Proposal) -> Contract:
    """The contract that this proposal brought, made where there is none yet (B5).

    It begins on the day of the deal, with the bid as its rate; the rest comes with the log.
    """
    made = Contract.objects.for_actor(actor).filter(proposal=proposal).first()
    if made:
        return made
    contract = contract_create(
        actor=actor,
        freelancer=proposal.freelancer,
        title=proposal.title,
        client_name=proposal.client_name,
        kind=proposal.kind,
        rate=proposal.bid,
        started_on=proposal.ended_on or timezone.localdate(),
    )
    contract.proposal = proposal
    contract.save(update_fields=["proposal"])
    return contract
