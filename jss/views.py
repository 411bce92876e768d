"""The Job Success page, its readings, and what one contract does to the score."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import ActorRequest, Permission
from accounts.models import Freelancer
from accounts.public_ids import is_public_id
from contracts.models import Contract
from jss.contract_effect import effect_of
from jss.forms import ReadingForm, RulesForm, ScoreForm
from jss.lab_urls import lab_redirect
from jss.models import Reading
from jss.readings_views import readings_response, removed_url
from jss.rules_in_use import recalculation_words, rules_asked, title_of
from jss.score_page import ScorePage
from jss.selectors import contracts_for_score
from jss.services import reading_delete, reading_record, rules_choose
from jss.team import standings

FRAGMENTS = {
    "score": "jss/score.html#score",
    "contracts": "jss/parts/contracts_table.html",
    "roadmap": "jss/parts/roadmap_table.html",
}
"""What an htmx request gets, by the id of the element that it fills."""


@require_safe
def score(request: ActorRequest) -> HttpResponse:
    """The score of the freelancer chosen in the switcher; with everybody chosen, a list."""
    if request.actor.freelancer:
        return _score_page(request, request.actor.freelancer)
    rules = rules_asked(request).chosen
    rows = standings(actor=request.actor, as_of=timezone.localdate(), rules=rules)
    return render(request, "jss/team.html", {"rows": rows, "rules": rules})


@require_safe
def freelancer_score(request: ActorRequest, public_id: str) -> HttpResponse:
    """One freelancer's score; day, target and assumption stand in the URL."""
    return _score_page(request, _freelancer(request, public_id))


@require_POST
def reading_add(request: ActorRequest, public_id: str) -> HttpResponse:
    """Enter an update seen on Upwork (J7)."""
    request.actor.require(Permission.CHANGE)
    freelancer = _freelancer(request, public_id)
    form = ReadingForm(request.POST)
    if not form.is_valid():
        answer = readings_response if _is_from_readings(request) else _score_page
        return answer(request, freelancer, reading_form=form, status=422)
    reading_record(actor=request.actor, freelancer=freelancer, **form.cleaned_data)
    messages.success(request, recalculation_words(rules_asked(request).chosen))
    return lab_redirect(request, _back(request), freelancer.public_id)


@require_POST
def reading_remove(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take a mistaken reading out."""
    request.actor.require(Permission.CHANGE)
    readings = Reading.objects.for_actor(request.actor).select_related("freelancer")
    reading = get_object_or_404(readings, public_id=public_id)
    reading_delete(actor=request.actor, reading=reading)
    if _is_from_readings(request):
        return redirect(removed_url(reading))
    messages.success(request, _("The reading is gone."))
    return lab_redirect(request, "jss:freelancer", reading.freelancer.public_id)


@require_POST
def rules_change(request: ActorRequest) -> HttpResponse:
    """Choose the rule set that the practice's scores are worked out by (J17)."""
    request.actor.require(Permission.CHANGE_SHARED)
    form = RulesForm(request.POST, in_use=rules_asked(request))
    back = request.POST.get("back", "")
    if not form.is_valid():
        messages.error(request, _("There is no such rule set. Nothing was changed."))
    else:
        rules_choose(actor=request.actor, name=form.name)
        words = _("Scores are now worked out by the rules “%(rules)s”.")
        messages.success(request, words % {"rules": title_of(form.name)})
    return redirect("jss:freelancer", back) if is_public_id(back) else redirect("jss:score")


@require_safe
def contract_effect(request: ActorRequest, public_id: str) -> HttpResponse:
    """What one contract does to each window; asked for by the contract's page."""
    contracts = Contract.objects.for_actor(request.actor).select_related("freelancer")
    contract = get_object_or_404(contracts, public_id=public_id)
    rows = contracts_for_score(actor=request.actor, freelancer=contract.freelancer)
    rules = rules_asked(request).chosen
    effect = effect_of(rows, contract.public_id, timezone.localdate(), rules=rules)
    template = "jss/contract_effect.html" + ("#effect" if request.htmx else "")
    return render(request, template, {"contract": contract, "effect": effect})


def _is_from_readings(request: ActorRequest) -> bool:
    return request.POST.get("back") == "readings"


def _back(request: ActorRequest) -> str:
    """The page on which the form stood."""
    return "jss:readings_page" if _is_from_readings(request) else "jss:freelancer"


def _freelancer(request: ActorRequest, public_id: str) -> Freelancer:
    return get_object_or_404(Freelancer.objects.for_actor(request.actor), public_id=public_id)


def _score_page(
    request: ActorRequest,
    freelancer: Freelancer,
    *,
    reading_form: ReadingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    in_use = rules_asked(request)
    form = ScoreForm(request.GET, rules=in_use.chosen)
    form.is_valid()
    today = timezone.localdate()
    readings = list(Reading.objects.for_actor(request.actor).filter(freelancer=freelancer)[:12])
    page = ScorePage(
        contracts=contracts_for_score(actor=request.actor, freelancer=freelancer),
        as_of=form.chosen("as_of", today),
        today=today,
        target=form.chosen("target", in_use.chosen.top_rated_from),
        per_month=form.chosen("per_month", 0),
        last_reading=readings[0] if readings else None,
        rules=in_use.chosen,
        other_rules=in_use.offered[1:],
        in_window=form.chosen("in_window", None),
        contracts_page_number=request.GET.get("rows", "1"),
        roadmap_page_number=request.GET.get("dates", "1"),
    )
    context = {
        "page": page,
        "form": form,
        "freelancer": freelancer,
        "readings": readings,
        "reading_form": reading_form or ReadingForm(initial={"observed_on": today}),
        "rules": in_use.chosen,
        "in_use": in_use,
        "rules_form": RulesForm(in_use=in_use),
        "may_choose_rules": request.actor.may(Permission.CHANGE_SHARED),
        **_addresses(request, reverse("jss:freelancer", args=[freelancer.public_id])),
    }
    template = FRAGMENTS.get(request.htmx.target or "", "jss/score.html")
    return render(request, template, context, status=status)


def _addresses(request: ActorRequest, url: str) -> dict[str, str]:
    """What the links of the page begin with. A form with errors is answered at an address that only
    takes forms, so there they name the page."""
    here = url if request.method == "POST" else ""
    befores = {f"before_{name}": here + _before(request, name) for name in ("rows", "dates")}
    return {"here": here, **befores}


def _before(request: ActorRequest, name: str) -> str:
    """The query string as it is, up to the number of a page that `name` holds."""
    params = request.GET.copy()
    params.pop(name, None)
    return f"?{params.urlencode()}&{name}=" if params else f"?{name}="
