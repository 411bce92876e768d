"""Passkeys with Chromium's own virtual authenticator, under our Content-Security-Policy."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.browser
EMAIL = "olena@example.com"


@pytest.fixture(autouse=True)
def no_rate_limits(settings: Settings) -> None:
    """Every test here signs up from the same address."""
    settings.ACCOUNT_RATE_LIMITS = False
    settings.MFA_RATE_LIMITS = False


def sign_up(page: Page) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("Your name").fill("Olena")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create an account").click()
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()


def plug_in(page: Page) -> None:
    """A new authenticator without any passkey, which says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def begin_passkey(page: Page, name: str) -> None:
    """By the account menu to the form that adds one, with the name filled in."""
    page.locator("summary", has_text="Your account").click()
    page.get_by_role("link", name="Password and passkeys").click()
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill(name)


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_add_a_passkey_and_sign_in_with_it(page: Page) -> None:
    sign_up(page)
    plug_in(page)
    begin_passkey(page, "My laptop")
    page.get_by_role("button", name="Create the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
    page.goto("/accounts/2fa/")
    key = page.get_by_role("listitem").filter(has_text="My laptop")
    expect(key).to_contain_text(re.compile("Passkey.*last used", re.DOTALL))


def test_a_sign_in_by_passkey_goes_on_to_where_it_was_led_from(page: Page) -> None:
    sign_up(page)
    plug_in(page)
    begin_passkey(page, "My laptop")
    page.get_by_role("button", name="Create the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    sign_out(page)
    page.goto("/keys/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1, name="Keyboard shortcuts")).to_be_visible()


def test_enter_creates_the_passkey_too(page: Page) -> None:
    sign_up(page)
    plug_in(page)
    begin_passkey(page, "My phone")
    expect(page.get_by_role("button", name="Create the passkey")).to_be_enabled()  # the script runs
    page.get_by_label("Name").press("Enter")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_after_the_password_it_is_the_second_step(page: Page) -> None:
    sign_up(page)
    plug_in(page)
    begin_passkey(page, "Key ring")
    page.get_by_label("Sign in with it alone").uncheck()
    page.get_by_role("button", name="Create the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    sign_out(page)

    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey or security key").click()

    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()


def test_a_change_is_confirmed_by_passkey_instead_of_the_password(page: Page) -> None:
    sign_up(page)
    plug_in(page)
    begin_passkey(page, "My laptop")
    page.get_by_role("button", name="Create the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()

    page.goto("/accounts/2fa/totp/activate/")
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("heading", name="Set up an authenticator app")).to_be_visible()


def test_a_device_without_a_passkey_is_told_so(page: Page) -> None:
    page.goto("/accounts/login/")
    plug_in(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("this device has no passkey for you here")


def test_without_javascript_the_button_cannot_be_pressed(plain_page: Page) -> None:
    plain_page.goto("/accounts/login/")
    expect(plain_page.get_by_role("button", name="Sign in with a passkey")).to_be_disabled()


def test_the_browsers_time_zone_comes_along_with_the_sign_up(
    browser: Browser, base_url: str, transactional_db: None
) -> None:
    context = browser.new_context(timezone_id="Europe/Kiev", base_url=base_url)
    page = context.new_page()
    sign_up(page)
    page.goto("/settings/")
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Kyiv")
    context.close()
