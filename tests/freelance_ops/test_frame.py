"""The frame: search and palette, shortcuts, light and dark, and its headers."""

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.models import Contract
from tests.factories import ContractFactory, solo_actor
from tests.jss.test_score_page import words

pytestmark = pytest.mark.django_db


def test_search_finds_contracts_by_title_and_client(client: Client, actor: Actor) -> None:
    ContractFactory.create(
        freelancer=actor.freelancer, title="Data pipeline", client__name="Brightwater"
    )
    ContractFactory.create(freelancer=actor.freelancer, title="Logo")
    for query in ("pipeline", "bright", "PIPE bright"):
        page = words(client.get("/search/", {"q": query}).content)
        assert "Data pipeline" in page
        assert "Logo" not in page


def test_search_finds_pages_and_says_when_nothing_fits(client: Client, actor: Actor) -> None:
    assert "Import an export from Upwork" in words(client.get("/search/?q=csv").content)
    assert "Nothing found." in words(client.get("/search/?q=zzzz").content)


def test_the_palette_gets_the_list_alone(client: Client, actor: Actor) -> None:
    fragment = client.get("/search/?q=today", headers={"HX-Request": "true"}).content
    assert b"<html" not in fragment
    assert b'role="option"' in fragment


def test_search_never_finds_anothers_contract(client: Client, actor: Actor) -> None:
    ContractFactory.create(freelancer=solo_actor().freelancer, title="Not yours")
    assert "Not yours" not in words(client.get("/search/?q=yours").content)


def test_light_and_dark_are_remembered_and_can_follow_the_system(
    client: Client, actor: Actor
) -> None:
    client.post("/theme/", {"theme": "dark", "next": "/keys/"})
    assert b'data-theme="dark"' in client.get("/keys/").content
    client.post("/theme/", {"theme": "system"})
    assert b"data-theme" not in client.get("/keys/").content


def test_theme_leads_back_only_within_the_product(client: Client, actor: Actor) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_a_made_up_theme_cookie_changes_nothing(client: Client, actor: Actor) -> None:
    client.cookies["theme"] = 'x" onload="alert(1)'
    assert b"onload" not in client.get("/keys/").content


def test_the_policy_allows_nothing_from_elsewhere(client: Client, actor: Actor) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_navigation_marks_where_one_is(client: Client, actor: Actor) -> None:
    html = client.get("/jss/").content.decode()
    assert '/jss/" aria-current="page"' in html
    assert '/contracts/" aria-current' not in html


def test_the_demo_holds_a_freelancer_and_an_agency_of_six() -> None:
    call_command("load_demo")
    call_command("load_demo")
    assert Freelancer.objects.filter(practice__kind="solo").count() == 1
    assert Freelancer.objects.filter(practice__kind="agency").count() == 6
    spans = Contract.objects.filter(practice__kind="solo").closed().order_by("closed_on")
    first, last = spans.first(), spans.last()
    assert first
    assert last
    assert first.closed_on
    assert last.closed_on
    assert (last.closed_on - first.closed_on).days > 650
