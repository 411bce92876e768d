"""The pages on what lifts the score most, and on the way to the Top Rated badge."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actors import ActorRequest
from accounts.models import Freelancer
from jss.lifts_forms import LiftsForm
from jss.lifts_page import LiftsPage, TopRatedPage
from jss.models import Reading
from jss.rules_in_use import rules_asked
from jss.selectors import contracts_for_score

FRAGMENTS = {"lifts": "jss/lifts.html#lifts", "ranking": "jss/parts/lifts_ranking.html"}
"""What an htmx request gets, by the id of the element that it fills."""


@require_safe
def lifts(request: ActorRequest, public_id: str) -> HttpResponse:
    """What lifts one freelancer's score, and the cheapest plan; target and day in the URL."""
    freelancer = get_object_or_404(Freelancer.objects.for_actor(request.actor), public_id=public_id)
    today, in_use = timezone.localdate(), rules_asked(request)
    rules = in_use.chosen
    form = LiftsForm(request.GET, today=today, rules=rules)
    page = LiftsPage(
        contracts=contracts_for_score(actor=request.actor, freelancer=freelancer),
        today=today,
        rules=rules,
        rules_query=in_use.query,
        target=form.chosen("target", rules.top_rated_from),
        chosen_by=form.chosen("by"),
        chosen_new=form.chosen("new"),
        ask=form.chosen("ask"),
        change=form.chosen("change"),
        page_number=request.GET.get("levers", "1"),
    )
    template = FRAGMENTS.get(request.htmx.target or "", "jss/lifts.html")
    context = {
        "page": page,
        "form": form,
        "freelancer": freelancer,
        "rules": rules,
        "in_use": in_use,
        "before_levers": _before_levers(request),
    }
    return render(request, template, context)


@require_safe
def top_rated(request: ActorRequest, public_id: str) -> HttpResponse:
    """The last 16 weeks of one freelancer, and when 13 of them can be at 90 % (J13)."""
    freelancer = get_object_or_404(Freelancer.objects.for_actor(request.actor), public_id=public_id)
    readings = Reading.objects.for_actor(request.actor).filter(freelancer=freelancer)
    in_use = rules_asked(request)
    page = TopRatedPage(
        contracts=contracts_for_score(actor=request.actor, freelancer=freelancer),
        today=timezone.localdate(),
        readings=list(readings),
        rules=in_use.chosen,
    )
    context = {
        "page": page,
        "freelancer": freelancer,
        "rules": in_use.chosen,
        "in_use": in_use,
    }
    return render(request, "jss/top_rated.html", context)


def _before_levers(request: ActorRequest) -> str:
    """The query string as it is, up to the number of the ranking's page."""
    params = request.GET.copy()
    params.pop("levers", None)
    return f"?{params.urlencode()}&levers=" if params else "?levers="
