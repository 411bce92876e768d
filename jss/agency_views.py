"""The agency's page: its score beside its members', and what would change both (J14)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from accounts.actors import ActorRequest
from jss.agency_choices import AgencyForm, agency_meaning_of, choices_of
from jss.agency_page import AgencyPage
from jss.agency_team import team_of
from jss.forms import ScoreForm
from jss.rules_in_use import rules_asked

FRAGMENTS = {
    "agency-answer": "jss/agency.html#agency_what_if",
    "agency-rows": "jss/parts/agency_rows.html",
    "roadmap": "jss/agency.html#agency_roadmap",
}
"""What an htmx request gets, by the id of the element that it fills."""


@require_safe
def agency(request: ActorRequest) -> HttpResponse:
    """The whole practice as an agency, whoever is chosen in the switcher; what is supposed stands
    in the address."""
    team, in_use = team_of(actor=request.actor), rules_asked(request)
    rules = in_use.chosen
    form = AgencyForm(request.GET)
    choices = choices_of(form, request.GET.getlist("moves"))
    page = AgencyPage(
        actor=request.actor,
        team=team,
        meaning=agency_meaning_of(choices, team, rules=rules),
        today=timezone.localdate(),
        in_window=ScoreForm(request.GET, rules=rules).chosen("in_window", None),
        rows_page_number=request.GET.get("rows", "1"),
        roadmap_page_number=request.GET.get("dates", "1"),
        rules=rules,
        rules_query=in_use.query,
        other_rules=in_use.offered[1:],
    )
    template = FRAGMENTS.get(request.htmx.target or "", "jss/agency.html")
    answer = render(
        request, template, {"page": page, "form": form, "rules": rules, "in_use": in_use}
    )
    # What was typed stays in the address while something of it is wrong.
    is_right = form.is_valid() and not page.meaning.problems
    if request.htmx.target == "agency-answer" and is_right:
        push_url(answer, f"{request.path}?{page.query}" if page.query else request.path)
    return answer
