"""Signing in and out, passwords and addresses: allauth's flows with our pages and words."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.services import practice_create_solo
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture
def signed_in(person: User) -> Client:
    practice_create_solo(user=person)
    client = Client()
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    return client


def test_the_page_says_what_the_product_is(client: Client) -> None:
    page = client.get(LOGIN).content.decode()
    assert "keeps your Upwork contracts and their feedback in one place" in page
    assert "Job Success Score" in page


def test_the_page_stands_outside_the_frame(client: Client) -> None:
    page = client.get(LOGIN).content.decode()
    assert "<nav" not in page
    assert 'id="palette"' not in page


def test_the_address_may_be_written_in_any_case(person: User) -> None:
    response = Client().post(LOGIN, {"login": "OLENA@example.com", "password": PASSWORD})
    assert response.status_code == 302


def test_a_wrong_password_and_an_unknown_address_look_the_same(person: User) -> None:
    def answer(email: str) -> str:
        page = Client().post(LOGIN, {"login": email, "password": "wrong"}).content.decode()
        return re.sub(r'value="[^"]*"|nonce="[^"]*"|CSRFToken[^}]*|olena|nobody', "", page)

    known = answer("olena@example.com")
    assert "This address and password do not belong together." in known
    assert known == answer("nobody@example.com")


def test_signing_in_says_nothing_and_signing_out_does(signed_in: Client) -> None:
    assert b'role="status">\n' not in signed_in.get("/").content
    page = signed_in.post("/accounts/logout/", follow=True).content
    assert b"You are signed out." in page


def test_signing_out_asks_first(signed_in: Client) -> None:
    assert b"Sign out?" in signed_in.get("/accounts/logout/").content
    assert signed_in.get("/").status_code == 200


def test_somebody_signed_in_has_no_use_for_the_sign_in_page(signed_in: Client) -> None:
    assert signed_in.get(LOGIN).headers["Location"] == "/"


def test_changing_the_password_keeps_this_session_and_ends_the_others(
    signed_in: Client, person: User
) -> None:
    elsewhere = Client()
    elsewhere.post(LOGIN, {"login": person.email, "password": PASSWORD})
    new = "another-Good-88"

    response = signed_in.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert response.headers["Location"] == "/accounts/2fa/"
    assert signed_in.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_a_wrong_present_password_is_said_beside_its_field(signed_in: Client) -> None:
    response = signed_in.post(
        "/accounts/password/change/",
        {"oldpassword": "wrong", "password1": "another-Good-88", "password2": "another-Good-88"},
    )
    page = response.content.decode()
    beside = page[page.index('id="id_oldpassword_error"') :]
    assert "This is not your present password." in beside[: beside.index("</div>")]


def test_password_and_passkeys_leads_to_the_password(signed_in: Client) -> None:
    assert b'href="/accounts/password/change/"' in signed_in.get("/accounts/2fa/").content


def test_a_forgotten_password_is_set_anew_by_a_link(person: User, mailoutbox: list[Any]) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": person.email})
    assert mailoutbox[0].subject == "Freelance Ops: Set a new password"
    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body)
    assert link
    page = client.get(link[1], follow=True)
    form = page.redirect_chain[-1][0]
    new = "another-Good-88"

    done = client.post(form, {"password1": new, "password2": new}, follow=True)

    assert b"Your new password is set" in done.content
    person.refresh_from_db()
    assert person.check_password(new)
    assert b"This link no longer works" in Client().get(link[1]).content


def test_asking_for_a_link_does_not_give_away_who_has_an_account(person: User) -> None:
    known = Client().post("/accounts/password/reset/", {"email": person.email})
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert known.headers["Location"] == unknown.headers["Location"]


@pytest.mark.parametrize("sent", [True, False])
def test_a_page_that_sends_mail_says_so_when_there_is_no_mail_server(
    client: Client, settings: Settings, *, sent: bool
) -> None:
    settings.EMAIL_IS_SENT = sent
    page = client.get("/accounts/password/reset/").content
    assert (b"has no mail server" in page) is not sent


def test_an_address_is_added_made_the_main_one_and_removed(signed_in: Client, person: User) -> None:
    url = "/accounts/email/"
    signed_in.post(url, {"action_add": "1", "email": "work@example.com"})
    assert b"work@example.com" in signed_in.get(url).content

    signed_in.post(url, {"action_primary": "1", "email": "work@example.com"})
    person.refresh_from_db()
    assert person.email == "work@example.com"

    signed_in.post(url, {"action_remove": "1", "email": "olena@example.com"})
    page = signed_in.get(url, follow=True).content.decode()
    assert "olena@example.com is removed." in page
    assert 'value="olena@example.com"' not in page


def test_too_many_attempts_are_stopped_in_our_look(person: User, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip", "login_failed": None}
    client = Client(REMOTE_ADDR="198.51.100.7")
    client.post(LOGIN, {"login": person.email, "password": "wrong"})

    response = client.post(LOGIN, {"login": person.email, "password": PASSWORD})

    assert response.status_code == 429
    assert b"Too many attempts" in response.content
    assert b"app.css" in response.content
