"""Sign-in, settings and security pages: axe, the four screenshots, and life without JavaScript."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts.actors import Actor
from accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.browser.conftest import PHONE, WIDE, axe_findings, keep_picture
from tests.factories import FreelancerFactory, actor_with_role

pytestmark = pytest.mark.browser
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
type SignedIn = Callable[[Page, Actor], Page]

ENTRANCE = {
    "sign-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "password-reset": "/accounts/password/reset/",
    "password-reset-done": "/accounts/password/reset/done/",
    "password-reset-dead-link": "/accounts/password/reset/key/abc-def/",
    "password-reset-key-done": "/accounts/password/reset/key/done/",
    "confirm-address": "/accounts/confirm-email/",
    "confirm-address-dead-link": "/accounts/confirm-email/abc/",
    "account-inactive": "/accounts/inactive/",
}
SIGNED_IN = {
    "settings": "/settings/",
    "security": "/accounts/2fa/",
    "email-addresses": "/accounts/email/",
    "password-change": "/accounts/password/change/",
    "passkeys": "/accounts/2fa/webauthn/",
    "sign-out": "/accounts/logout/",
    "reauthenticate": "/accounts/reauthenticate/",
}
CONFIRMED = {
    "passkey-add": "/accounts/2fa/webauthn/add/",
    "authenticator-app": "/accounts/2fa/totp/activate/",
}


@pytest.fixture(autouse=True)
def no_rate_limits(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    settings.MFA_RATE_LIMITS = False


@pytest.fixture
def owner(transactional_db: None) -> Actor:
    """With a password, and a second freelancer beside his or her own."""
    actor = actor_with_role("owner", name="Olena")
    FreelancerFactory.create(practice=actor.practice, name="Taras")
    actor.user.set_password(PASSWORD)
    actor.user.save()
    return actor


def look_at(page: Page, name: str, path: str) -> None:
    """Nothing for axe on a desk and on a phone; no sideways scrolling; four pictures if asked."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.goto(path)  # anew: axe would measure a page that is being repainted
        for size, (width, height) in {"wide": WIDE, "phone": PHONE}.items():
            page.set_viewport_size({"width": width, "height": height})
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
            keep_picture(page, f"{name}-{size}-{scheme}")
            # Contrast depends on the scheme and targets on the size: two runs see both of each.
            if (size, scheme) in {("wide", "light"), ("phone", "dark")}:
                assert axe_findings(page) == [], f"{size}, {scheme}"


@pytest.mark.parametrize("name", ENTRANCE)
def test_a_page_before_signing_in(page: Page, name: str) -> None:
    look_at(page, name, ENTRANCE[name])


@pytest.mark.parametrize("name", SIGNED_IN)
def test_a_page_of_ones_account(page: Page, signed_in: SignedIn, owner: Actor, name: str) -> None:
    look_at(signed_in(page, owner), name, SIGNED_IN[name])


@pytest.mark.parametrize("name", CONFIRMED)
def test_a_page_that_asks_for_the_password_first(
    page: Page, signed_in: SignedIn, owner: Actor, name: str
) -> None:
    signed_in(page, owner).goto(CONFIRMED[name])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page).to_have_url(CONFIRMED[name])
    look_at(page, name, CONFIRMED[name])


def test_the_page_that_starts_a_practice(page: Page, signed_in: SignedIn, owner: Actor) -> None:
    owner.membership.delete()
    look_at(signed_in(page, owner), "practice-start", "/practice/start/")


def test_errors_stand_beside_their_field_for_axe_too(page: Page) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("Your name").fill("Olena")
    page.get_by_label("E-mail").fill("olena@example.com")
    page.get_by_label("Password").fill("12345678")
    page.get_by_role("button", name="Create an account").click()
    expect(page.get_by_label("Password")).to_have_accessible_description(
        "At least 8 characters; not only digits, and nothing that is easy to guess. "
        "This password is too common. This password is entirely numeric."
    )
    assert axe_findings(page) == []


def test_sign_up_and_settings_without_javascript(plain_page: Page) -> None:
    page = plain_page
    page.goto("/accounts/signup/")
    page.get_by_label("Your name").fill("Olena")
    page.get_by_label("E-mail").fill("olena@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create an account").click()
    page.goto("/settings/")
    expect(page.get_by_label("Time zone")).to_have_value("UTC")
    page.get_by_label("Time zone").select_option("Europe/Kyiv")
    page.get_by_role("button", name="Save settings").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Kyiv")
    assert User.objects.get().name == "Olena"


def test_switching_keeps_the_page(page: Page, signed_in: SignedIn, owner: Actor) -> None:
    signed_in(page, owner).goto("/settings/")
    page.get_by_label("Whose data is shown").click()
    page.get_by_role("button", name="Taras").click()
    expect(page).to_have_url("/settings/")
    expect(page.get_by_text("What is set for Taras.")).to_be_visible()
