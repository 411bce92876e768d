"""The page on why the score moved between two days."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actors import ActorRequest
from accounts.models import Freelancer
from jss.models import Reading
from jss.movement_forms import SpanForm
from jss.movement_page import MovementPage
from jss.rules_in_use import rules_asked
from jss.selectors import contracts_for_score, rating_changes


@require_safe
def why(request: ActorRequest, public_id: str) -> HttpResponse:
    """Which contracts moved one freelancer's score; the two days stand in the URL."""
    freelancer = get_object_or_404(Freelancer.objects.for_actor(request.actor), public_id=public_id)
    form = SpanForm(request.GET)
    in_use = rules_asked(request)
    page = MovementPage(
        contracts=contracts_for_score(actor=request.actor, freelancer=freelancer),
        changes=rating_changes(actor=request.actor, freelancer=freelancer),
        readings=list(Reading.objects.for_actor(request.actor).filter(freelancer=freelancer)),
        today=timezone.localdate(),
        asked_first=form.day("from"),
        asked_last=form.day("to"),
        rules=in_use.chosen,
    )
    template = "jss/why.html#why" if request.htmx.target == "why" else "jss/why.html"
    context = {"page": page, "form": form, "freelancer": freelancer}
    return render(request, template, context | {"rules": in_use.chosen, "in_use": in_use})
