"""Addresses of the Job Success pages, which keep the rule set that the reader looks by."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.actors import ActorRequest
from jss.rules_in_use import rules_asked


def lab_path(route: str, *args: object, rules: str = "", **query: object) -> str:
    """The address of a page; `rules` names a rule set other than the practice's, or is empty, and
    so may be the parts of the query."""
    pairs = {name: str(value) for name, value in query.items() if value not in (None, "", False)}
    if rules:
        pairs["rules"] = rules
    path = reverse(route, args=args)
    return f"{path}?{urlencode(pairs)}" if pairs else path


def lab_redirect(
    request: ActorRequest, route: str, *args: object, place: str = "", **query: object
) -> HttpResponse:
    """Lead to a page, to that place of it, with the rule set of the request's own address."""
    path = lab_path(route, *args, rules=rules_asked(request).query, **query)
    return HttpResponseRedirect(f"{path}#{place}" if place else path)
