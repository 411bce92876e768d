"""Chromium against the product, run by the test process itself.

`page` fails its test on a console error, on an uncaught exception and on any request to another
host. Mark a module with `pytestmark = pytest.mark.browser`; a machine without Chromium skips it.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Route,
    expect,
)
from pytest_django.live_server_helper import LiveServer

from accounts.actors import Actor

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARTEFACTS = Path(__file__).resolve().parents[2] / "test-artefacts"
WIDE, PHONE = (1440, 900), (390, 844)
WAIT = 15_000  # milliseconds: two cores, and the whole suite beside
# Chromium reports each answer of 400 and above; these are how a form says what is wrong with it.
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of (409|422)")

# Playwright's loop runs in this thread, and Django takes that for an asynchronous caller.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session", autouse=True)
def chromium() -> str:
    """Where Chromium is: the one that `CHROMIUM` names, else one on PATH."""
    named = os.environ.get("CHROMIUM")
    for name in [named] if named else CHROMIUM_NAMES:
        if found := shutil.which(name):
            return found
    pytest.skip("no Chromium was found (Debian's package is called chromium)")


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    quiet = [
        *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    ]
    return {"executable_path": chromium, "args": quiet}


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer, style_sheet: None) -> str:
    """Paths given to `page.goto` are the live server's."""
    return str(live_server.url)


@pytest.fixture(scope="session")
def style_sheet() -> None:
    """The style sheet as it is served: without it no layout is worth testing."""
    call_command("build_css")


class Guard:
    """Watches a page: whatever goes wrong behind its back is a failure."""

    def __init__(self, page: Page, own_host: str) -> None:
        self.own_host = own_host
        self.expected = EXPECTED
        self.problems: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"exception: {error}"))
        page.context.route("**/*", self._route)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self.expected.search(message.text):
            self.problems.append(f"console: {message.text}")

    def _route(self, route: Route, request: Request) -> None:
        if request.url.startswith((self.own_host, "data:", "blob:")):
            route.fallback()
        else:
            self.problems.append(f"request to another host: {request.url}")
            route.abort()


@pytest.fixture
def guards() -> list[Guard]:
    """The guards of the test's pages. Set `expected` where a test breaks something on purpose."""
    return []


@pytest.fixture
def guarded(
    base_url: str, transactional_db: None, guards: list[Guard]
) -> Iterator[Callable[[Page], Page]]:
    """Put a page under guard; the problems of all of them are told at the end of the test."""

    def guard(page: Page) -> Page:
        page.set_default_timeout(WAIT)
        guards.append(Guard(page, base_url))
        return page

    yield guard
    problems = [problem for one in guards for problem in one.problems]
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(context: BrowserContext, guarded: Callable[[Page], Page]) -> Page:
    """A page at 1440 × 900, under guard."""
    page = guarded(context.new_page())
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    return page


@pytest.fixture
def plain_page(browser: Browser, base_url: str, guarded: Callable[[Page], Page]) -> Iterator[Page]:
    """A page whose browser runs no JavaScript."""
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    yield guarded(context.new_page())
    context.close()


@pytest.fixture
def signed_in(base_url: str) -> Callable[[Page, Actor], Page]:
    """Sign an actor in on a page's browser by its session cookie; hands the page back."""

    def as_actor(page: Page, actor: Actor) -> Page:
        client = Client()
        client.force_login(actor.user)
        session = client.session
        session["practice_id"] = actor.practice.public_id
        session.save()
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": base_url}])
        return page

    return as_actor


def settled(page: Page) -> None:
    """Wait until htmx has put in what came: before that, new buttons are plain HTML."""
    # Not wait_for_function: the policy forbids the page to evaluate a text again and again.
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def axe_findings(page: Page) -> list[str]:
    """What axe finds on the page as it stands: each rule with the elements that break it.

    Asked a second time where it finds something: a page whose scheme has just changed is repainted
    piece by piece, and then the colours of both schemes meet. What is really wrong stays wrong.
    """
    if not _axe_findings(page):
        return []
    page.wait_for_timeout(500)
    return _axe_findings(page)


def _axe_findings(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found
        for node in one["nodes"]
    ]


def keep_picture(page: Page, name: str, *, full_page: bool = False) -> None:
    """Keep a picture under test-artefacts/, for looking at: only with SCREENSHOTS=1, since the
    pictures of all pages take minutes and nothing is asserted about them."""
    if os.environ.get("SCREENSHOTS") == "1":
        ARTEFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=full_page)


def keep_screenshots(page: Page, name: str, path: str) -> None:
    """Show the page in `look.md`'s four variants, and keep the pictures where asked."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(path)
        for size, (width, height) in {"wide": WIDE, "phone": PHONE}.items():
            page.set_viewport_size({"width": width, "height": height})
            keep_picture(page, f"{name}-{size}-{scheme}")
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    page.emulate_media(color_scheme="light")
    page.goto(path)  # axe looks at a page that was never repainted
