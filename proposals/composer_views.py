"""The composer: a post is pasted, a letter is written from it, and a person sends it (B1, B7)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.actors import ActorRequest, Permission
from accounts.conflicts import ChangedMeanwhile, ChangedSince
from accounts.notices import tell_with_undo
from accounts.public_ids import get_by_public_id
from proposals.composer_forms import FactsForm, LetterForm, PostForm
from proposals.composer_page import ComposerPage
from proposals.composer_services import (
    LONGEST_BODY,
    block_add,
    facts_change,
    letter_save,
    passage_add,
    proposal_begin,
    same_post_before,
    template_use,
    text_back,
)
from proposals.funnel import Stage
from proposals.models import Piece, Proposal
from proposals.proposal_services import proposal_change, proposal_move

PAGE = "proposals/compose.html"
ANSWER = "proposals/compose/answer.html"


def proposal_or_404(request: ActorRequest, public_id: str) -> Proposal:
    """A kept proposal that the actor sees, to write its letter."""
    rows = Proposal.objects.for_actor(request.actor).kept()
    rows = rows.select_related("freelancer", "profile", "template__piece")
    return get_object_or_404(rows, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Paste a post; the same one a second time leads to the first draft, unless asked again."""
    request.actor.require(Permission.CHANGE)
    form = PostForm(request.POST.dict() if request.method == "POST" else None, actor=request.actor)
    before = None
    if form.is_valid():
        text = form.cleaned_data["post"]
        if "again" not in request.POST:
            before = same_post_before(actor=request.actor, text=text)
        if before is None:
            try:
                proposal = proposal_begin(
                    actor=request.actor, freelancer=form.freelancer_chosen, text=text
                )
            except ValidationError as error:
                form.add_error("post", error)
            else:
                return redirect("proposals:compose", proposal.public_id)
    context = {"form": form, "before": before}
    return render(request, "proposals/new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: ActorRequest, public_id: str) -> HttpResponse:
    """The letter; what is typed is saved, by htmx while typing, else by its button."""
    proposal = proposal_or_404(request, public_id)
    page = ComposerPage(request.actor, proposal)
    if request.method != "POST":
        return _page(request, page)
    request.actor.require(Permission.CHANGE)
    form = _letter_form(page, request.POST)
    form.is_valid()
    is_kept = _save(request, page, form)
    page = ComposerPage(request.actor, proposal_or_404(request, public_id))
    if is_kept and not form.errors and not request.htmx:
        messages.success(request, _("Saved."))
        return redirect("proposals:compose", public_id)
    return _page(request, page, form=form, conflict=not is_kept)


def _save(request: ActorRequest, page: ComposerPage, form: LetterForm) -> bool:
    """False where somebody saved another text meanwhile: nothing is overwritten unseen."""
    values = form.values(page.proposal)
    # Fields that came or went with the text are no conflict; another text is.
    seen = "" if "keep" in request.POST else request.POST.get("seen", "")
    try:
        letter_save(
            actor=request.actor,
            proposal=page.proposal,
            seen=seen,
            answers=form.answers(),
            **values,
        )
    except ChangedMeanwhile:
        return False
    return True


def _letter_form(page: ComposerPage, sent: QueryDict | None = None) -> LetterForm:
    # What was sent fills the text that was sent, whatever somebody saved meanwhile.
    typed = "" if sent is None else sent.get("body", "")[:LONGEST_BODY]
    return LetterForm(
        sent,
        proposal=page.proposal,
        profiles=page.profiles.profiles,
        fields=page.fields_of(f"{page.proposal.body}\n{typed}"),
        answers=page.answers,
    )


def _page(
    request: ActorRequest,
    page: ComposerPage,
    *,
    form: LetterForm | None = None,
    facts_form: FactsForm | None = None,
    conflict: bool = False,
) -> HttpResponse:
    is_refused = conflict or bool(form and form.errors) or bool(facts_form and facts_form.errors)
    fresh = _letter_form(page)
    context: dict[str, Any] = {
        "page": page,
        "proposal": page.proposal,
        "form": form or fresh,
        "fresh_form": fresh,
        "facts_form": facts_form or FactsForm(proposal=page.proposal),
        "conflict": conflict,
        "questions": (form or fresh).questions and page.questions((form or fresh).typed_answer),
        "fields_changed": form is not None and not conflict and not form.has_fields_of(page.fields),
    }
    if request.htmx:  # a script takes 200: what is wrong stands beside its field
        return render(request, ANSWER, context)
    return render(request, PAGE, context, status=422 if is_refused else 200)


@require_POST
def facts(request: ActorRequest, public_id: str) -> HttpResponse:
    """Correct what was read from the post."""
    proposal = proposal_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    form = FactsForm(request.POST, proposal=proposal)
    if not form.is_valid():
        return _page(request, ComposerPage(request.actor, proposal), facts_form=form)
    try:
        facts_change(actor=request.actor, proposal=proposal, **form.corrected)
    except ChangedMeanwhile:
        now = proposal_or_404(request, public_id)
        form.tell_conflict(now)
        return _page(request, ComposerPage(request.actor, now), facts_form=form)
    messages.success(request, _("Corrected."))
    return redirect("proposals:compose", public_id)


@require_POST
def template(request: ActorRequest, public_id: str) -> HttpResponse:
    """Write from another template, with the way back to the text before."""
    proposal = proposal_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    piece = _usable(request, proposal, request.POST.get("template", ""))
    if piece.kind != Piece.Kind.TEMPLATE:
        raise Http404
    saved = template_use(actor=request.actor, proposal=proposal, template=piece)
    words = _("This is “%(name)s” now.") % {"name": piece}
    if ComposerPage(request.actor, saved).has_text_before:
        undo = reverse("proposals:text_back", args=[public_id])
        tell_with_undo(request, words, undo)
    else:
        messages.success(request, words)
    return redirect(_letter(public_id))


@require_http_methods(["GET", "HEAD", "POST"])
def back(request: ActorRequest, public_id: str) -> HttpResponse:
    """Have the text back that a template replaced; without JavaScript the link asks first."""
    proposal = proposal_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    url = reverse("proposals:compose", args=[public_id])
    if request.method != "POST":
        context = {
            "question": _("Have the text back that stood there before?"),
            "words": _("Have it back"),
            "back": url,
        }
        return render(request, "frame/ask.html", context)
    text_back(actor=request.actor, proposal=proposal)
    messages.success(request, _("The text is back. The other one is kept in its place."))
    url = _letter(public_id)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


@require_POST
def block(request: ActorRequest, public_id: str) -> HttpResponse:
    """Put a block, or words from the contract log, at the end of the text."""
    proposal = proposal_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    try:
        if wanted := request.POST.get("log", ""):
            _passage_add(request, proposal, wanted)
        else:
            piece = _usable(request, proposal, request.POST.get("block", ""))
            if piece.kind == Piece.Kind.TEMPLATE:
                raise Http404
            block_add(actor=request.actor, proposal=proposal, block=piece)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("Added at the end of the text."))
    return redirect(_letter(public_id))


def _passage_add(request: ActorRequest, proposal: Proposal, wanted: str) -> None:
    """Only what the composer offers for this post: the log is read by its own rules."""
    offers = ComposerPage(request.actor, proposal).from_log
    words = next((each.words for each in offers if each.work.public_id == wanted), None)
    if words is None:
        raise Http404
    passage_add(actor=request.actor, proposal=proposal, text=words)


@require_POST
def copied(request: ActorRequest, public_id: str) -> HttpResponse:
    """Keep the letter as it was copied: what the next ones are held against (B1)."""
    proposal = proposal_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    page = ComposerPage(request.actor, proposal)
    if page.is_draft:  # what was sent stays what it was
        proposal_change(actor=request.actor, proposal=proposal, letter=page.letter)
    return HttpResponse(status=204)


@require_POST
def sent(request: ActorRequest, public_id: str) -> HttpResponse:
    """A person has sent it by hand (B7): the letter is kept, and the funnel begins (B5)."""
    proposal = proposal_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    letter = ComposerPage(request.actor, proposal).letter
    try:
        move = proposal_move(
            actor=request.actor, proposal=proposal, to=Stage.SENT, seen_stage=Stage.DRAFT
        )
    except ChangedSince as refusal:
        messages.warning(request, str(refusal))
    else:
        if move:
            proposal_change(actor=request.actor, proposal=proposal, letter=letter)
            undo = reverse("proposals:move_undo", args=[move.public_id])
            tell_with_undo(request, _("“%(title)s” is sent.") % {"title": proposal}, undo)
    return redirect("proposals:board")


def _usable(request: ActorRequest, proposal: Proposal, public_id: str) -> Piece:
    rows = Piece.objects.for_actor(request.actor).usable_by(proposal.freelancer)
    return get_by_public_id(rows, public_id)


def _letter(public_id: str) -> str:
    return f"{reverse('proposals:compose', args=[public_id])}#letter-form"
