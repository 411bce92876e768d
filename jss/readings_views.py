"""The page on readings and calibration (J7): how far off the rule sets are, and what would fit."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import ActorRequest, Permission
from accounts.models import Freelancer
from jss import calibration_services as services
from jss.forms import ReadingForm
from jss.lab_urls import lab_redirect
from jss.models import Reading
from jss.observed import observations_of, observations_seen
from jss.readings_forms import FitForm, PasteForm
from jss.readings_page import ReadingsPage
from jss.rules_in_use import rules_asked

FRAGMENTS = {"fit": "jss/parts/fit.html", "readings": "jss/parts/readings_table.html"}
"""What an htmx request gets, by the id of the element that it fills."""


@require_safe
def readings_page(request: ActorRequest, public_id: str) -> HttpResponse:
    """One freelancer's readings beside every rule set; the asked fit stands in the URL."""
    return readings_response(request, _freelancer(request, public_id))


@require_POST
def readings_paste(request: ActorRequest, public_id: str) -> HttpResponse:
    """Enter several readings at once, all of them or none."""
    request.actor.require(Permission.CHANGE)
    freelancer = _freelancer(request, public_id)
    form = PasteForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return readings_response(request, freelancer, paste_form=form, status=422)
    noted = services.readings_record(
        actor=request.actor, freelancer=freelancer, readings=form.cleaned_data["lines"]
    )
    words = ngettext("%(number)s reading noted.", "%(number)s readings noted.", len(noted))
    messages.success(request, words % {"number": len(noted)})
    return lab_redirect(request, "jss:readings_page", freelancer.public_id)


@require_POST
def fit_keep(request: ActorRequest, public_id: str) -> HttpResponse:
    """Keep the best fit as the practice's own rule set; it is worked out anew."""
    freelancer = _freelancer(request, public_id)
    request.actor.require(Permission.CHANGE_SHARED)
    form = FitForm(request.POST)
    if form.rules is None:
        return readings_response(request, freelancer, fit_form=form, status=422)
    kept = services.fit_keep(actor=request.actor, base=form.rules, today=timezone.localdate())
    if kept:
        messages.success(request, _("Kept. You can work the scores out by it now."))
    else:
        words = _("Nothing was kept: by the readings that are here now there is no better fit.")
        messages.warning(request, words)
    return lab_redirect(request, "jss:readings_page", freelancer.public_id)


@require_POST
def fit_forget(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take the practice's own rule set away."""
    freelancer = _freelancer(request, public_id)
    request.actor.require(Permission.CHANGE_SHARED)
    services.fit_forget(actor=request.actor)
    messages.success(request, _("The rule set is gone. You can fit it anew at any time."))
    return lab_redirect(request, "jss:readings_page", freelancer.public_id)


def readings_response(
    request: ActorRequest,
    freelancer: Freelancer,
    *,
    reading_form: ReadingForm | None = None,
    paste_form: PasteForm | None = None,
    fit_form: FitForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that was not understood and what is wrong with it."""
    actor, today = request.actor, timezone.localdate()
    is_asked = request.method != "POST" and "fit" in request.GET
    fit_form = fit_form or FitForm(request.GET if is_asked else None)
    page = ReadingsPage(
        readings=list(Reading.objects.for_actor(actor).filter(freelancer=freelancer)),
        observations=observations_of(actor=actor, freelancers=[freelancer]),
        rules=rules_asked(request),
        today=today,
        fit_from=fit_form.rules if is_asked else None,
        fitted_to=observations_seen(actor) if is_asked else (),
        removed_text=request.GET.get("removed", ""),
        page_number=request.GET.get("page", "1"),
    )
    context = {
        "page": page,
        "freelancer": freelancer,
        "rules": page.rules.chosen,
        "in_use": page.rules,
        "fit_form": fit_form,
        "reading_form": reading_form or ReadingForm(initial={"observed_on": today}),
        "paste_form": paste_form or PasteForm(today=today),
        "may_share": actor.may(Permission.CHANGE_SHARED),
    }
    template = FRAGMENTS.get(request.htmx.target or "", "jss/readings.html")
    return render(request, template, context, status=status)


def removed_url(reading: Reading) -> str:
    """The page with the offer to put a removed reading back."""
    noted = f"{reading.observed_on.isoformat()} {'' if reading.score is None else reading.score}"
    url = reverse("jss:readings_page", args=[reading.freelancer.public_id])
    return f"{url}?{urlencode({'removed': noted.strip()})}"


def _freelancer(request: ActorRequest, public_id: str) -> Freelancer:
    return get_object_or_404(Freelancer.objects.for_actor(request.actor), public_id=public_id)
