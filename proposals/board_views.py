"""The funnel as a board and as a table; moving on the board, and undoing it (B5)."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, push_url

from accounts import formats
from accounts.actors import ActorRequest, Permission
from accounts.conflicts import ChangedSince
from accounts.notices import tell_with_undo
from accounts.public_ids import is_public_id
from proposals.board_page import LOT, BoardPage
from proposals.funnel import Stage, is_backwards
from proposals.funnel_words import stage_name, taken_back_words
from proposals.models import Proposal, ProposalMove
from proposals.outcomes import outcomes_of
from proposals.proposal_services import move_undo, proposal_move
from proposals.selectors import forgotten, proposals_of
from proposals.stage_forms import MoveForm
from proposals.stage_page import StagePage
from proposals.table_page import TablePage


@require_safe
def board(request: ActorRequest) -> HttpResponse:
    """The funnel: a board, or with `?view=table` a table; its results alone for htmx."""
    if request.GET.get("view") == "table":
        return _table(request)
    return render(request, "proposals/board.html", {"page": _board_page(request)})


def _board_page(request: ActorRequest) -> BoardPage:
    return BoardPage(actor=request.actor, with_freelancer=len(request.freelancers) > 1)


def _table(request: ActorRequest) -> HttpResponse:
    several = len(request.freelancers) > 1
    page = TablePage(actor=request.actor, query=request.GET, with_freelancer=several)
    whole = not request.htmx or request.htmx.history_restore_request
    template = "proposals/table.html" if whole else "proposals/table.html#results"
    response = render(request, template, {"page": page})
    # Without it the browser's Back would show a fragment that it kept under the page's address.
    patch_vary_headers(response, ["HX-Request"])
    return response if whole else push_url(response, reverse("proposals:board") + page.query)


@require_POST
def move(request: ActorRequest, public_id: str) -> HttpResponse:
    """Move a proposal: from the board by htmx, from its own page by a form."""
    proposal = proposal_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _refused(request, proposal, form)
    try:
        made = proposal_move(
            actor=request.actor,
            proposal=proposal,
            to=Stage(form.cleaned_data["to"]),
            on=form.cleaned_data["on"],
            seen_stage=form.cleaned_data["seen_stage"],
        )
    except (ChangedSince, ValidationError) as refusal:
        messages.warning(request, _sentence(refusal))
    else:
        _tell_moved(request, proposal, made)
    return _board_answer(request)


def _refused(request: ActorRequest, proposal: Proposal, form: MoveForm) -> HttpResponse:
    """The form with its errors; on the board the errors above it."""
    if request.htmx:
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return _board_answer(request)
    page = StagePage(request.actor, proposal, move_form=form)
    return render(request, "proposals/stage.html", {"page": page}, status=422)


def _sentence(refusal: Exception) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


def _board_answer(request: ActorRequest) -> HttpResponse:
    if not request.htmx:
        return redirect("proposals:board")
    return render(request, "proposals/board.html#board", {"page": _board_page(request)})


def _tell_moved(request: ActorRequest, proposal: Proposal, made: ProposalMove | None) -> None:
    """Say where it is now, what the move took back or made, and how to undo it."""
    if made is None:
        messages.info(request, _("It stands there already, so nothing was changed."))
        return
    row = Proposal.objects.for_actor(request.actor).get(pk=proposal.pk)
    words = _("“%(title)s”: %(stage)s.") % {"title": row.title, "stage": stage_name(row.stage)}
    if made.happened_on != timezone.localdate():
        words += " " + _("As of %(day)s.") % {"day": formats.day(made.happened_on)}
    if is_backwards(Stage(made.before), Stage(made.after)):
        words = " ".join(filter(None, (words, taken_back_words(made, row))))
    if made.after == Stage.WON:
        words = _with_contract(request, words, row)
    tell_with_undo(request, words, reverse("proposals:move_undo", args=[made.public_id]))


def _with_contract(request: ActorRequest, words: str, row: Proposal) -> str:
    outcome = outcomes_of(actor=request.actor, proposals=[row.pk]).get(row.pk)
    if outcome is None:
        return words
    return format_html(
        '{} <a class="font-medium underline" href="{}">{}</a>',
        words,
        reverse("contracts:contract", args=[outcome.public_id]),
        _("Its contract is in the log."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: ActorRequest, public_id: str) -> HttpResponse:
    """Undo a move; without JavaScript the link leads to a page that asks."""
    rows = ProposalMove.objects.for_actor(request.actor).select_related("proposal")
    made = get_object_or_404(rows, public_id=public_id)
    request.actor.require(Permission.CHANGE)
    if request.method != "POST":
        words = _("Put “%(title)s” back to “%(stage)s”?")
        question = words % {"title": made.proposal.title, "stage": stage_name(made.before)}
        return _ask(request, question, _("Undo the move"))
    try:
        move_undo(actor=request.actor, move=made)
    except ChangedSince as refusal:
        messages.warning(request, str(refusal))
    else:
        kept = made.after == Stage.WON
        words = _("Undone. The contract stays in the log.") if kept else _("Undone.")
        messages.success(request, words)
    return _to_board(request)


@require_POST
def no_answer(request: ActorRequest) -> HttpResponse:
    """Move forgotten proposals to “no answer”: those that were ticked, or the oldest of all."""
    request.actor.require(Permission.CHANGE)
    rows = forgotten(proposals_of(request.actor), today=timezone.localdate())
    ticked = [each for each in request.POST.getlist("proposal") if is_public_id(each)][:LOT]
    rows = rows.order_by("sent_at", "pk")
    if "all" not in request.POST:
        rows = rows.filter(public_id__in=ticked)
    made = _no_answers(request, list(rows[:LOT]))
    if made:
        words = ngettext(
            "%(number)s proposal is “no answer” now.",
            "%(number)s proposals are “no answer” now.",
            len(made),
        ) % {"number": formats.number(len(made))}
        query = QueryDict(mutable=True)
        query.setlist("move", [each.public_id for each in made])
        undo_url = f"{reverse('proposals:no_answer_undo')}?{query.urlencode()}"
        tell_with_undo(request, words, undo_url)
    else:
        messages.info(request, _("Nothing was ticked that still waits, so nothing was changed."))
    return redirect("proposals:board")


@transaction.atomic
def _no_answers(request: ActorRequest, rows: Sequence[Proposal]) -> list[ProposalMove]:
    moves = [proposal_move(actor=request.actor, proposal=row, to=Stage.NO_ANSWER) for row in rows]
    return [made for made in moves if made]


@require_http_methods(["GET", "HEAD", "POST"])
def no_answer_undo(request: ActorRequest) -> HttpResponse:
    """Undo a whole lot; what was moved again since stays where it is."""
    request.actor.require(Permission.CHANGE)
    ids = [each for each in request.GET.getlist("move") if is_public_id(each)][:LOT]
    moves = list(
        ProposalMove.objects.for_actor(request.actor).filter(
            public_id__in=ids, after=Stage.NO_ANSWER
        )
    )
    if request.method != "POST":
        words = ngettext(
            "Put %(number)s proposal back where it stood?",
            "Put %(number)s proposals back where they stood?",
            len(moves),
        )
        return _ask(request, words % {"number": len(moves)}, _("Undo"))
    stayed = sum(not _undone(request, made) for made in moves)
    if stayed:
        words = ngettext(
            "Undone, but for %(number)s that was moved again since.",
            "Undone, but for %(number)s that were moved again since.",
            stayed,
        )
        messages.warning(request, words % {"number": stayed})
    else:
        messages.success(request, _("Undone."))
    return _to_board(request)


def _undone(request: ActorRequest, made: ProposalMove) -> bool:
    try:
        move_undo(actor=request.actor, move=made)
    except ChangedSince:
        return False
    return True


def proposal_or_404(request: ActorRequest, public_id: str) -> Proposal:
    """A kept proposal that the actor sees."""
    if not is_public_id(public_id):
        raise Http404
    rows = Proposal.objects.for_actor(request.actor).kept().without_texts()
    return get_object_or_404(rows.select_related("freelancer"), public_id=public_id)


def _ask(request: ActorRequest, question: str, words: str) -> HttpResponse:
    context = {"question": question, "words": words, "back": reverse("proposals:board")}
    return render(request, "frame/ask.html", context)


def _to_board(request: ActorRequest) -> HttpResponse:
    url = reverse("proposals:board")
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
