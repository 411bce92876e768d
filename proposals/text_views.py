"""Templates and blocks: the list, one to write or change, taken out of use and back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.actors import ActorRequest, Permission
from accounts.conflicts import ChangedMeanwhile
from accounts.models import Freelancer
from accounts.notices import tell_with_undo
from proposals.models import Piece, Placeholder
from proposals.piece_services import (
    piece_change,
    piece_create,
    piece_put_back,
    piece_remove,
    placeholder_save,
    seen_of_piece,
)
from proposals.text_forms import PieceForm, PlaceholderForm
from proposals.text_page import TextPage, kind_groups

PAGE = "proposals/text.html"


def piece_or_404(request: ActorRequest, public_id: str) -> Piece:
    rows = Piece.objects.for_actor(request.actor).select_related("freelancer")
    return get_object_or_404(rows, public_id=public_id)


@require_safe
def texts(request: ActorRequest) -> HttpResponse:
    """All templates and blocks by kind, and the practice's own placeholders."""
    actor = request.actor
    context = {
        "groups": kind_groups(actor),
        "placeholders": Placeholder.objects.for_actor(actor).in_order(),
        "may_share": actor.may(Permission.CHANGE_SHARED),
    }
    return render(request, "proposals/texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def text_new(request: ActorRequest) -> HttpResponse:
    """Write a new one; `?kind=` chooses what it is."""
    request.actor.require(Permission.CHANGE)
    sent = request.POST if request.method == "POST" else None
    form = PieceForm(sent, actor=request.actor, piece=None, kind=request.GET.get("kind", ""))
    if sent and "preview" not in sent and form.is_valid():
        try:
            piece = piece_create(actor=request.actor, **form.values)
        except (ValidationError, Freelancer.DoesNotExist) as error:
            _take(form, error)
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": piece})
            return redirect("proposals:texts")
    return _text_response(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: ActorRequest, public_id: str) -> HttpResponse:
    """One text with its preview and versions; `preview` saves nothing."""
    piece = piece_or_404(request, public_id)
    sent = request.POST if request.method == "POST" else None
    page = TextPage(request.actor, piece, piece.body)
    if sent and not page.may_change:
        request.actor.require(Permission.CHANGE_SHARED)
    form = PieceForm(sent, actor=request.actor, piece=piece)
    if sent and "preview" not in sent and form.is_valid() and _is_saved(request, piece, form):
        return redirect("proposals:text", public_id)
    if not sent:
        _take_up_version(request, form, page)
    return _text_response(request, form, piece)


def _is_saved(request: ActorRequest, piece: Piece, form: PieceForm) -> bool:
    seen = form.cleaned_data["seen"]
    try:
        piece_change(actor=request.actor, piece=piece, seen=seen, **form.values)
    except ChangedMeanwhile:
        now = piece_or_404(request, piece.public_id)
        form.add_error(
            None,
            _(
                "Somebody saved this while you were writing, so nothing is saved yet. Your text "
                "is below; saving again replaces what is saved now."
            ),
        )
        form.data = {**form.data.dict(), "seen": seen_of_piece(now)}  # type: ignore[attr-defined]  # a QueryDict
    except (ValidationError, Freelancer.DoesNotExist) as error:
        _take(form, error)
    else:
        messages.success(request, _("Saved."))
        return True
    return False


def _take(form: PieceForm, error: ValidationError | Freelancer.DoesNotExist) -> None:
    if isinstance(error, ValidationError):
        form.take_errors(error)
    else:
        form.add_error("freelancer", _("Choose one of the people in the list."))


def _take_up_version(request: ActorRequest, form: PieceForm, page: TextPage) -> None:
    """`?version=2` puts the words of that version into the form; saving makes them the newest."""
    wanted = request.GET.get("version", "")
    for version in page.versions:
        if str(version.number) == wanted:
            form.initial["body"] = version.body


def _text_response(request: ActorRequest, form: PieceForm, piece: Piece | None) -> HttpResponse:
    compared = request.GET.get("compare", "")
    # Python refuses to read a number of thousands of digits.
    is_number = compared.isascii() and compared.isdecimal() and len(compared) < 10
    number = int(compared) if is_number else None
    page = TextPage(request.actor, piece, form.typed_body, number)
    saves = request.method == "POST" and "preview" not in request.POST
    context = {"page": page, "piece": piece, "form": form, "saves": saves}
    template = PAGE + ("#preview" if request.htmx else "")
    return render(request, template, context, status=422 if saves else 200)


@require_POST
def text_remove(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take a text out of use, with the way back."""
    piece = piece_remove(actor=request.actor, piece=piece_or_404(request, public_id))
    words = _("“%(name)s” is removed. Proposals that were written with it keep it.")
    undo = reverse("proposals:text_put_back", args=[public_id])
    tell_with_undo(request, words % {"name": piece}, undo)
    return redirect("proposals:texts")


@require_http_methods(["GET", "HEAD", "POST"])
def text_put_back(request: ActorRequest, public_id: str) -> HttpResponse:
    """Bring a removed text back; without JavaScript the link leads to a page that asks."""
    piece = piece_or_404(request, public_id)
    request.actor.require(Permission.CHANGE)
    url = reverse("proposals:text", args=[public_id])
    if request.method != "POST":
        question = _("Put “%(name)s” back?") % {"name": piece}
        context = {"question": question, "words": _("Put it back"), "back": url}
        return render(request, "frame/ask.html", context)
    piece_put_back(actor=request.actor, piece=piece)
    messages.success(request, _("“%(name)s” is back.") % {"name": piece})
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


@require_http_methods(["GET", "HEAD", "POST"])
def placeholder_new(request: ActorRequest) -> HttpResponse:
    """Define a placeholder of the practice's own."""
    return _placeholder(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def placeholder(request: ActorRequest, public_id: str) -> HttpResponse:
    """Change one."""
    rows = Placeholder.objects.for_actor(request.actor)
    return _placeholder(request, get_object_or_404(rows, public_id=public_id))


def _placeholder(request: ActorRequest, row: Placeholder | None) -> HttpResponse:
    request.actor.require(Permission.CHANGE_SHARED)
    sent = request.POST if request.method == "POST" else None
    form = PlaceholderForm(sent, placeholder=row)
    if sent and form.is_valid():
        try:
            saved = placeholder_save(actor=request.actor, placeholder=row, **form.cleaned_data)
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": saved})
            return redirect("proposals:texts")
    context = {"form": form, "placeholder": row}
    return render(request, "proposals/placeholder.html", context, status=422 if sent else 200)
