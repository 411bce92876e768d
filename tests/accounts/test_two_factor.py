"""The authenticator app and recovery codes, without a browser; passkeys need one."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from accounts.models import User
from accounts.services import practice_create_solo
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
ACTIVATE = "/accounts/2fa/totp/activate/"


def sign_in(email: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return client


def code(secret: str, periods_from_now: int = 0) -> str:
    """What the app shows now, or some half minutes from now."""
    shown: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods_from_now))
    return shown


@pytest.fixture
def client(person: User) -> Client:
    """Signed in, and asked for the password once more, as every change here demands."""
    practice_create_solo(user=person)
    client = sign_in(person.email)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def secret(client: Client) -> str:
    """The app is set up; its key."""
    page = client.get(ACTIVATE).content.decode()
    found = re.search(r'id="authenticator_secret"[^>]*>(\w+)<', page)
    assert found
    response = client.post(ACTIVATE, {"code": code(found[1], -1)})
    assert response.headers["Location"] == "/accounts/2fa/recovery-codes/"
    return found[1]


def test_the_page_has_a_picture_that_the_policy_allows(client: Client) -> None:
    response = client.get(ACTIVATE)
    assert b'src="data:image/svg+xml;base64,' in response.content
    assert "img-src 'self' data:" in response.headers["Content-Security-Policy"]


def test_a_wrong_code_is_said_beside_its_field_and_the_key_stays(client: Client) -> None:
    first = re.search(r"authenticator_secret[^>]*>(\w+)<", client.get(ACTIVATE).content.decode())
    page = client.post(ACTIVATE, {"code": "000000"}).content.decode()
    beside = page[page.index('id="id_code_error"') :]
    assert "This code is not right" in beside[: beside.index("</div>")]
    again = re.search(r"authenticator_secret[^>]*>(\w+)<", page)
    assert first
    assert again
    assert first[1] == again[1]


def test_setting_it_up_shows_the_recovery_codes(client: Client, secret: str) -> None:
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert "The authenticator app is on." in page
    assert "10 of 10 are left" in page
    assert len(re.findall(r"<li>\d{8}\s*</li>", page)) == 10


def test_signing_in_asks_for_the_code(secret: str, person: User) -> None:
    client = Client()
    response = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert response.headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/").status_code == 302

    page = client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content
    assert b"This code is not right" in page
    assert client.get("/").status_code == 302

    done = client.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert done.headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_code_is_good_once(secret: str, person: User) -> None:
    now = code(secret, 1)
    first, second = sign_in(person.email), sign_in(person.email)
    first.post("/accounts/2fa/authenticate/", {"code": now})
    second.post("/accounts/2fa/authenticate/", {"code": now})
    assert first.get("/").status_code == 200
    assert second.get("/").status_code == 302


def test_a_recovery_code_is_good_once(client: Client, secret: str, person: User) -> None:
    listed = client.get("/accounts/2fa/recovery-codes/download/").content.decode().split()
    for expected in (200, 302):
        other = sign_in(person.email)
        other.post("/accounts/2fa/authenticate/", {"code": listed[0]})
        assert other.get("/").status_code == expected
    assert b"9 of 10 are left" in client.get("/accounts/2fa/recovery-codes/").content


def test_new_recovery_codes_replace_the_old(client: Client, secret: str) -> None:
    url = "/accounts/2fa/recovery-codes/download/"
    old = client.get(url).content
    assert b"stop working" in client.get("/accounts/2fa/recovery-codes/generate/").content
    client.post("/accounts/2fa/recovery-codes/generate/")
    assert client.get(url).content != old


def test_turning_it_off(client: Client, secret: str) -> None:
    url = "/accounts/2fa/totp/deactivate/"
    assert b"Turn off the authenticator app?" in client.get(url).content
    client.post(url)
    assert not Authenticator.objects.exists()


def test_a_change_asks_for_the_password_once_more(person: User) -> None:
    practice_create_solo(user=person)
    client = sign_in(person.email)
    response = client.get(ACTIVATE)
    assert response.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    page = client.get(response.headers["Location"]).content
    assert b"Confirm that it is you" in page

    wrong = client.post("/accounts/reauthenticate/", {"password": "wrong"}).content
    assert b"This is not your password." in wrong
    done = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": ACTIVATE})
    assert done.headers["Location"] == ACTIVATE
