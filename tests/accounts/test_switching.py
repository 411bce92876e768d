"""The switcher: whose data is shown."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory

from accounts.actors import Actor
from accounts.models import Freelancer
from accounts.switching import place_after_switch
from tests.factories import FreelancerFactory, MembershipFactory, PracticeFactory, actor_with_role

pytestmark = pytest.mark.django_db
URL = "/practice/switch/"
SignIn = Callable[[Actor], Client]


def shown(client: Client) -> Freelancer | None:
    chosen: Freelancer | None = client.get("/keys/").wsgi_request.actor.freelancer  # type: ignore[attr-defined]
    return chosen


@pytest.mark.parametrize("role", ["owner", "manager", "viewer"])
def test_chooses_a_freelancer_of_the_practice_and_everybody_again(
    sign_in: SignIn, role: str
) -> None:
    actor = actor_with_role(role)
    other = FreelancerFactory.create(practice=actor.practice)
    client = sign_in(actor)

    client.post(URL, {"freelancer": other.public_id})
    assert shown(client) == other

    client.post(URL, {"freelancer": ""})
    assert shown(client) is None


def test_a_member_does_not_choose_a_colleague(sign_in: SignIn) -> None:
    member = actor_with_role("member")
    colleague = FreelancerFactory.create(practice=member.practice)
    client = sign_in(member)
    assert client.post(URL, {"freelancer": colleague.public_id}).status_code == 404
    assert shown(client) == member.freelancer


def test_nobody_chooses_a_freelancer_of_another_practice(sign_in: SignIn) -> None:
    client = sign_in(actor_with_role("owner"))
    stranger = FreelancerFactory.create()
    assert client.post(URL, {"freelancer": stranger.public_id}).status_code == 404


def test_nobody_goes_into_a_practice_without_a_role_in_it(sign_in: SignIn) -> None:
    client = sign_in(actor_with_role("owner"))
    other = PracticeFactory.create()
    assert client.post(URL, {"practice": other.public_id}).status_code == 404


def test_goes_into_another_practice_in_the_role_that_one_has_there(sign_in: SignIn) -> None:
    owner = actor_with_role("owner")
    agency = PracticeFactory.create()
    MembershipFactory.create(practice=agency, user=owner.user, role="viewer")
    theirs = FreelancerFactory.create(practice=agency)
    client = sign_in(owner)

    client.post(URL, {"practice": agency.public_id, "freelancer": theirs.public_id})

    there: Actor = client.get("/keys/").wsgi_request.actor  # type: ignore[attr-defined]
    assert (there.practice, there.role, there.freelancer) == (agency, "viewer", theirs)


def test_a_freelancer_of_one_practice_is_not_chosen_in_another(sign_in: SignIn) -> None:
    owner = actor_with_role("owner")
    agency = PracticeFactory.create()
    MembershipFactory.create(practice=agency, user=owner.user, role="owner")
    assert owner.freelancer
    client = sign_in(owner)
    data = {"practice": agency.public_id, "freelancer": owner.freelancer.public_id}
    assert client.post(URL, data).status_code == 404


def test_a_choice_whose_freelancer_is_gone_is_dropped(sign_in: SignIn) -> None:
    owner = actor_with_role("owner")
    pair = FreelancerFactory.create_batch(2, practice=owner.practice)
    client = sign_in(owner)
    client.post(URL, {"freelancer": pair[0].public_id})
    pair[0].delete()
    assert shown(client) is None


def test_a_role_taken_away_ends_at_the_next_page(sign_in: SignIn) -> None:
    owner = actor_with_role("owner")
    client = sign_in(owner)
    owner.membership.delete()
    assert client.get("/").headers["Location"] == "/practice/start/"


def test_one_browser_in_two_tabs_shows_one_choice(sign_in: SignIn) -> None:
    """The choice is the session's: a page of the tab left behind is scoped to the new one."""
    owner = actor_with_role("owner")
    agency = PracticeFactory.create()
    MembershipFactory.create(practice=agency, user=owner.user, role="owner")
    client = sign_in(owner)
    assert owner.freelancer
    settings = f"/settings/?freelancer={owner.freelancer.public_id}"
    assert client.get(settings).status_code == 200
    client.post(URL, {"practice": agency.public_id})
    assert client.get(settings).status_code == 404


@pytest.mark.parametrize(
    ("on", "leads_to"),
    [
        ("/", "/"),
        ("/contracts/", "/contracts/"),
        ("/contracts/?status=open&page=2", "/contracts/?status=open&page=2"),
        ("/contracts/c/abcdefghjkmnpq/", "/contracts/"),
        ("/accounts/2fa/webauthn/keys/7/edit/", "/accounts/2fa/webauthn/"),
        ("/settings/", "/settings/"),
        ("/no/such/page/", "/"),
        ("https://evil.example/contracts/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_stays_on_the_page_or_goes_to_the_list_above_it(
    rf: RequestFactory, on: str, leads_to: str
) -> None:
    assert place_after_switch(rf.get("/"), on) == leads_to


def test_the_switch_leads_back(client: Client, actor: Actor) -> None:
    response = client.post(URL, {"freelancer": "", "next": "/contracts/"})
    assert response.headers["Location"] == "/contracts/"


def test_a_link_that_names_a_practice_leads_into_it(sign_in: SignIn) -> None:
    """Out of a mail or a calendar: whoever looks at another practice just now gets this one."""
    owner = actor_with_role("owner")
    agency = PracticeFactory.create()
    MembershipFactory.create(practice=agency, user=owner.user, role="viewer")
    client = sign_in(owner)

    there = client.get(f"/keys/?practice={agency.public_id}").wsgi_request.actor  # type: ignore[attr-defined]
    assert (there.practice, there.role) == (agency, "viewer")
    assert client.get("/keys/").wsgi_request.actor.practice == agency  # type: ignore[attr-defined]


def test_a_link_into_somebody_elses_practice_leads_nowhere_else(sign_in: SignIn) -> None:
    owner = actor_with_role("owner")
    client = sign_in(owner)
    stranger = PracticeFactory.create()

    here = client.get(f"/keys/?practice={stranger.public_id}").wsgi_request.actor  # type: ignore[attr-defined]
    assert here.practice == owner.practice
