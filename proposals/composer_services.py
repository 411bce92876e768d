"""From a pasted post to a letter that is ready to copy: what the composer stores (B1, B2).

Every service needs `Permission.CHANGE`, else `PermissionDenied`, and rows that the actor sees, else
`DoesNotExist`. What a person wrote is never overwritten without the way back.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor, Permission
from accounts.conflicts import ChangedMeanwhile, fingerprint
from accounts.models import Freelancer
from proposals.composer_choice import best_profile, best_template
from proposals.models import Piece, PieceVersion, Proposal, ScreeningAnswer, UsedBlock
from proposals.post_facts import plain_facts
from proposals.posts import Facts, facts_of, fingerprint_of
from proposals.proposal_services import (
    proposal_change,
    proposal_create,
    proposal_locked,
)

MOST_QUESTIONS: Final = 20
LONGEST_QUESTION: Final = 1_000
LONGEST_BODY: Final = 20_000
BODY_BEFORE: Final = "body_before"
"""Where the texts stay that templates replaced, the newest last."""
MOST_BEFORE: Final = 10


def seen_of_letter(proposal: Proposal, answers: Iterable[ScreeningAnswer]) -> str:
    """The fingerprint of what two people, or two tabs, must not overwrite unseen."""
    return fingerprint(
        {
            "body": proposal.body,
            "values": proposal.values,
            "bid": (proposal.bid, proposal.connects, proposal.boost, proposal.is_invitation),
            "profile": proposal.profile_id,
            "answers": [(each.question, each.answer) for each in answers],
        }
    )


def seen_of_facts(proposal: Proposal) -> str:
    """The fingerprint of the facts as a form shows them."""
    facts = {name: value for name, value in proposal.facts.items() if name != BODY_BEFORE}
    named = (proposal.title, proposal.client_name, proposal.kind)
    return fingerprint({"facts": facts, "named": named})


def same_post_before(*, actor: Actor, text: str) -> Proposal | None:
    """The newest proposal that the actor sees for the same post; None where it is a new one."""
    key = fingerprint_of(text)
    rows = Proposal.objects.for_actor(actor).kept().select_related("freelancer")
    return rows.filter(post_key=key).order_by("-pk").first() if key else None


@transaction.atomic
def proposal_begin(*, actor: Actor, freelancer: Freelancer, text: str) -> Proposal:
    """A draft from a post's text: its facts, the profile that fits best, the template that does.

    Raises `ValidationError` for a post in which nothing can be read, such as a picture's name.
    """
    actor.require(Permission.CHANGE)
    facts = facts_of(text)
    if not facts.is_readable:
        raise ValidationError(
            _(
                "There are no words to read here. Is it a picture? Copy the text of the post, or "
                "save its page and paste that."
            )
        )
    template = best_template(actor, freelancer, text)
    proposal = proposal_create(
        actor=actor,
        freelancer=freelancer,
        title=facts.title.value if facts.title else "",
        post=text,
        post_key=fingerprint_of(text),
        facts=plain_facts(facts),
        client_name=facts.client_name.value[:200] if facts.client_name else "",
        kind=facts.kind.value.value if facts.kind else "",
        connects=facts.connects.value if facts.connects else 0,
        profile=best_profile(actor, freelancer, text),
        template=template,
        body=template.body if template else "",
        niche=template.piece.niche if template else "",
    )
    _questions_set(proposal, _questions_of(facts))
    return proposal


@transaction.atomic
def facts_change(
    *,
    actor: Actor,
    proposal: Proposal,
    title: str,
    client_name: str,
    seen: str = "",
    **corrected: Any,
) -> Proposal:
    """Keep the facts as the person corrected them; an answered question is never lost.

    Raises `ChangedMeanwhile` where they are not what `seen` is the `seen_of_facts` of any more.
    """
    row = proposal_locked(actor, proposal)
    if seen and seen != seen_of_facts(row):
        raise ChangedMeanwhile
    saved = proposal_change(
        actor=actor,
        proposal=row,
        title=title,
        client_name=client_name,
        kind=corrected.get("kind", ""),
        facts={**row.facts, **corrected},
    )
    _questions_set(saved, corrected.get("questions", []))
    return saved


@transaction.atomic
def template_use(*, actor: Actor, proposal: Proposal, template: Piece) -> Proposal:
    """Write from that template; the text that stood there can be had back, and those before it."""
    row = proposal_locked(actor, proposal)
    version = _newest(template)
    texts = _texts_before(row)
    if row.body.strip() and row.body != version.body:
        texts = [*(each for each in texts if each["body"] != row.body), _text_of(row)]
    facts = {**row.facts, BODY_BEFORE: texts[-MOST_BEFORE:]}
    return proposal_change(
        actor=actor,
        proposal=row,
        template=version,
        body=version.body,
        facts=facts,
        niche=template.niche or row.niche,
    )


@transaction.atomic
def text_back(*, actor: Actor, proposal: Proposal) -> Proposal:
    """Have the text back that a template replaced, and its template; asked again, the one before
    it. The present one goes to the end of the queue, so none is lost."""
    row = proposal_locked(actor, proposal)
    texts = _texts_before(row)
    if not texts:
        return row
    *others, back = texts
    kept = [_text_of(row), *others] if row.body.strip() else others
    versions = PieceVersion.objects.for_actor(actor)
    return proposal_change(
        actor=actor,
        proposal=row,
        body=back["body"],
        template=versions.filter(public_id=back["template"]).first(),
        facts={**row.facts, BODY_BEFORE: kept},
    )


@transaction.atomic
def block_add(*, actor: Actor, proposal: Proposal, block: Piece) -> Proposal:
    """Put a block at the end of the text; the funnel will know that it was in it."""
    row = proposal_locked(actor, proposal)
    version = _newest(block)
    UsedBlock.objects.get_or_create(practice=actor.practice, proposal=row, version=version)
    return passage_add(actor=actor, proposal=row, text=version.body)


@transaction.atomic
def passage_add(*, actor: Actor, proposal: Proposal, text: str) -> Proposal:
    """Put some words at the end of the text, unless they stand in it already."""
    row = proposal_locked(actor, proposal)
    if text.strip() in row.body:
        return row
    body = f"{row.body.rstrip()}\n\n{text.strip()}".lstrip()
    if len(body) > LONGEST_BODY:
        raise ValidationError(_("The text is full: shorten it before you add to it."))
    return proposal_change(actor=actor, proposal=row, body=body)


@transaction.atomic
def letter_save(
    *,
    actor: Actor,
    proposal: Proposal,
    seen: str,
    answers: Mapping[str, str],
    **values: Any,
) -> Proposal:
    """Save what is typed while a letter is written; `answers` by the question's key.

    Raises `ChangedMeanwhile` where somebody saved another text since `seen`, the
    `seen_of_letter`, and then saves nothing.
    """
    row = proposal_locked(actor, proposal)
    asked = ScreeningAnswer.objects.for_actor(actor).filter(proposal=row).in_order()
    if seen and seen != seen_of_letter(row, asked):
        raise ChangedMeanwhile
    saved = proposal_change(actor=actor, proposal=row, **values)
    for each in asked:
        typed = answers.get(each.key)
        if typed is not None and typed != each.answer:
            each.answer = typed
            each.save(update_fields=["answer", "changed_at"])
    return saved


def _text_of(row: Proposal) -> dict[str, str]:
    return {"body": row.body, "template": row.template.public_id if row.template else ""}


def _texts_before(row: Proposal) -> list[dict[str, str]]:
    kept = row.facts.get(BODY_BEFORE)
    return list(kept) if isinstance(kept, list) else []


def _newest(piece: Piece) -> PieceVersion:
    version = PieceVersion.objects.filter(piece=piece).newest_first().first()
    if version is None:  # a piece is made with its first version
        raise PieceVersion.DoesNotExist
    return version


def _questions_of(facts: Facts) -> list[str]:
    return [each.value for each in facts.questions]


def _questions_set(proposal: Proposal, questions: Sequence[str]) -> None:
    """These questions in this order; answers go with their questions, and stay where one is gone
    from the list but answered."""
    rows = list(ScreeningAnswer.objects.filter(proposal=proposal).in_order())
    kept = {row.question: row.answer for row in rows if row.answer.strip()}
    wanted = [question[:LONGEST_QUESTION] for question in questions[:MOST_QUESTIONS]]
    wanted += [question for question in kept if question not in wanted]
    if [row.question for row in rows] == wanted:
        return
    ScreeningAnswer.objects.filter(proposal=proposal).delete()
    ScreeningAnswer.objects.bulk_create(
        ScreeningAnswer(
            practice_id=proposal.practice_id,
            freelancer_id=proposal.freelancer_id,
            proposal=proposal,
            position=position,
            question=question,
            answer=kept.get(question, ""),
        )
        for position, question in enumerate(dict.fromkeys(wanted))
    )
