"""The page of kept scores, and their export."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actors import ActorRequest
from accounts.models import Freelancer
from contracts.models import Contract
from jss.history_export import history_write
from jss.history_page import HistoryPage
from jss.models import KeptScore, Reading, Recomputation, ScoreKeeping
from jss.rules_in_use import rules_asked

FRAGMENTS = {
    "changes": "jss/parts/history_changes.html",
    "recomputations": "jss/parts/history_notes.html",
}
"""What an htmx request gets, by the id of the element that it fills."""


@require_safe
def history(request: ActorRequest, public_id: str) -> HttpResponse:
    """One freelancer's kept scores, when the shown one changed, and what was recomputed."""
    actor, in_use = request.actor, rules_asked(request)
    rules = in_use.kept
    freelancer = get_object_or_404(Freelancer.objects.for_actor(actor), public_id=public_id)
    own = {"freelancer": freelancer, "rules": rules.name}
    page = HistoryPage(
        freelancer=freelancer,
        rules=rules,
        keeping=ScoreKeeping.objects.for_actor(actor).filter(**own).first(),
        rows=list(KeptScore.objects.for_actor(actor).filter(**own).order_by("day")),
        notes=Recomputation.objects.for_actor(actor).filter(**own),
        readings=list(Reading.objects.for_actor(actor).filter(freelancer=freelancer)),
        contracts=Contract.objects.for_actor(actor),
        changes_page_number=request.GET.get("changes", "1"),
        notes_page_number=request.GET.get("notes", "1"),
    )
    template = FRAGMENTS.get(request.htmx.target or "", "jss/history.html")
    context = {"page": page, "freelancer": freelancer, "rules": rules, "in_use": in_use}
    return render(request, template, context | _before(request))


@require_safe
def history_csv(request: ActorRequest, public_id: str) -> HttpResponse:
    """The same scores as a CSV."""
    actor, rules = request.actor, rules_asked(request).kept
    freelancer = get_object_or_404(Freelancer.objects.for_actor(actor), public_id=public_id)
    own = {"freelancer": freelancer, "rules": rules.name}
    name = f"job-success-history-{timezone.localdate().isoformat()}.csv"
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    history_write(
        list(KeptScore.objects.for_actor(actor).filter(**own).order_by("day")),
        ScoreKeeping.objects.for_actor(actor).filter(**own).first(),
        rules,
        response,
    )
    return response


def _before(request: ActorRequest) -> dict[str, str]:
    """For each pager the query string as it is, up to the number of its page."""
    found = {}
    for name in ("changes", "notes"):
        params = request.GET.copy()
        params.pop(name, None)
        found[f"before_{name}"] = f"?{params.urlencode()}&{name}=" if params else f"?{name}="
    return found
