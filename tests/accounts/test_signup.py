"""Signing up: what it makes, and what it says when something is wrong."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts import adapter, services
from accounts.models import AuditEvent, Freelancer, Membership, Practice, User
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
SIGNUP = "/accounts/signup/"


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Olena Kovalenko",
        "email": "olena@example.com",
        "password1": PASSWORD,
        "time_zone": "Europe/Kyiv",
    } | changes


def test_makes_a_solo_practice_with_its_freelancer_and_owner(client: Client) -> None:
    response = client.post(SIGNUP, filled())

    assert response.status_code == 302
    assert response.headers["Location"] == "/"
    user = User.objects.get(email="olena@example.com")
    practice = Practice.objects.get()
    assert (practice.kind, practice.name) == ("solo", "Olena Kovalenko")
    assert Membership.objects.get(practice=practice, user=user).role == "owner"
    freelancer = Freelancer.objects.get(practice=practice, user=user)
    assert freelancer.name == user.name == "Olena Kovalenko"
    assert (freelancer.time_zone, freelancer.currency) == ("Europe/Kyiv", "USD")


def test_signs_the_person_in(client: Client) -> None:
    client.post(SIGNUP, filled())
    assert client.get("/").status_code == 200


def test_is_in_the_audit_trail(client: Client) -> None:
    client.post(SIGNUP, filled())
    event = AuditEvent.objects.select_related("practice", "who", "for_freelancer").get()
    assert event.verb == "practice.created"
    assert str(event.who) == "Olena Kovalenko"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Europe/Kiev", "Europe/Kyiv"),  # as Chromium still calls it
        ("America/New_York", "America/New_York"),
        ("Middle-earth/Shire", "UTC"),
        ("", "UTC"),
        ("x" * 500, "UTC"),
    ],
)
def test_the_browsers_time_zone_is_kept_where_it_is_one(
    client: Client, sent: str, kept: str
) -> None:
    client.post(SIGNUP, filled(time_zone=sent))
    assert Freelancer.objects.get().time_zone == kept


def test_the_browsers_language_chooses_the_formats(client: Client) -> None:
    client.post(SIGNUP, filled(), headers={"accept-language": "uk,en;q=0.7"})
    assert Freelancer.objects.get().locale == "uk-UA"


def test_the_page_has_the_field_that_the_script_fills(client: Client) -> None:
    assert b'<input type="hidden" name="time_zone"' in client.get(SIGNUP).content


def test_all_or_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_arguments: object) -> None:
        raise RuntimeError("no practice today")

    monkeypatch.setattr(adapter, "practice_create_solo", fail)
    with pytest.raises(RuntimeError):
        client.post(SIGNUP, filled())
    assert not User.objects.exists()


def test_the_practice_is_made_in_one_transaction(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_arguments: object) -> None:
        raise RuntimeError("no trail today")

    monkeypatch.setattr(services, "audit_record", fail)
    with pytest.raises(RuntimeError):
        services.practice_create_solo(user=person)
    assert not Practice.objects.exists()


def test_a_taken_address_is_said_beside_its_field(client: Client, person: User) -> None:
    response = client.post(SIGNUP, filled(email="Olena@Example.com"))

    page = response.content.decode()
    assert "This address has an account already." in page
    assert 'aria-invalid="true" aria-describedby="id_email_error"' in page
    assert 'value="Olena Kovalenko"' in page
    assert User.objects.count() == 1


def test_a_taken_address_is_not_given_away_where_mail_is_sent(
    client: Client, person: User, settings: Settings, mailoutbox: list[Any]
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    taken = client.post(SIGNUP, filled())
    free = Client().post(SIGNUP, filled(email="new@example.com"))

    assert taken.headers["Location"] == free.headers["Location"] == "/accounts/confirm-email/"
    assert [mail.to for mail in mailoutbox] == [["olena@example.com"], ["new@example.com"]]
    assert mailoutbox[0].subject == "Freelance Ops: You have an account already"


def test_two_sign_ups_at_the_same_moment_make_one_account(
    client: Client, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form's check saw no such address yet; the constraint decides."""
    monkeypatch.setattr(
        "allauth.account.internal.flows.manage_email.email_already_exists",
        lambda email, **_more: (email, False),
    )
    response = client.post(SIGNUP, filled())

    assert response.headers["Location"] == "/accounts/login/"
    assert "has an account already" in str(next(iter(get_messages(response.wsgi_request))))
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("12345678", "This password is entirely numeric."),
        ("password", "This password is too common."),
        ("x7!kQ", "It must contain at least 8 characters."),
        ("olena@example.com", "The password is too similar to the e-mail address."),
    ],
)
def test_a_weak_password_is_said_beside_its_field(
    client: Client, password: str, sentence: str
) -> None:
    page = client.post(SIGNUP, filled(password1=password)).content.decode()
    beside = page[page.index('id="id_password1_error"') :]
    assert sentence in beside[: beside.index("</div>")]
    assert not User.objects.exists()


def test_a_password_is_never_sent_back(client: Client) -> None:
    assert b"12345678" not in client.post(SIGNUP, filled(password1="12345678")).content


def test_goes_on_to_where_the_person_was_led_from(client: Client) -> None:
    assert client.post(SIGNUP, filled(next="/keys/")).headers["Location"] == "/keys/"
    assert b'value="/keys/"' in Client().get(f"{SIGNUP}?next=/keys/").content


def test_never_leads_to_another_host(client: Client) -> None:
    assert client.post(SIGNUP, filled(next="//evil.example/")).headers["Location"] == "/"


def test_the_page_asks_the_database_nothing_but_the_session(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        client.get(SIGNUP)
