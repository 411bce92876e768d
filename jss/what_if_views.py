"""The what-if page: a scenario in the address, answered at once."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from accounts.actors import ActorRequest
from accounts.models import Freelancer
from jss.rules_in_use import rules_asked
from jss.selectors import contracts_for_score
from jss.what_if import WhatIfForm, choices_of, meaning_of
from jss.what_if_page import WhatIfPage

FRAGMENTS = {
    "what-if-rows": "jss/parts/what_if_rows.html",
    "what-if-roadmap": "jss/parts/what_if_roadmap.html",
    "what-if-answer": "jss/what_if.html#what_if",
}
"""What an htmx request gets, by the id of the element that it fills."""


@require_safe
def what_if(request: ActorRequest, public_id: str) -> HttpResponse:
    """What the scores would be; everything supposed stands in the address."""
    freelancers = Freelancer.objects.for_actor(request.actor)
    freelancer = get_object_or_404(freelancers, public_id=public_id)
    contracts = contracts_for_score(actor=request.actor, freelancer=freelancer)
    form = WhatIfForm(request.GET)
    today, in_use = timezone.localdate(), rules_asked(request)
    rules = in_use.chosen
    choices = choices_of(form, request.GET, today=today, rules=in_use.query)
    page = WhatIfPage(
        contracts=contracts,
        meaning=meaning_of(choices, contracts, rules),
        today=today,
        rules=rules,
        rows_page_number=request.GET.get("rows", "1"),
        roadmap_page_number=request.GET.get("dates", "1"),
    )
    context = {
        "page": page,
        "form": form,
        "freelancer": freelancer,
        "rules": rules,
        "in_use": in_use,
    }
    template = FRAGMENTS.get(request.htmx.target or "", "jss/what_if.html")
    answer = render(request, template, context)
    # What was typed stays in the address while something of it is wrong.
    is_right = form.is_valid() and not page.meaning.problems
    if request.htmx.target == "what-if-answer" and is_right:
        push_url(answer, f"{request.path}?{page.query}")
    return answer
