"""The pages of the messages to clients: reading, changing with a preview, going back, undo."""

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from accounts.actors import Actor
from accounts.models import AuditEvent, Freelancer
from contracts.messages.originals import LANGUAGES, original
from contracts.messages.services import template_change, template_reset
from contracts.models import MessageTemplate
from tests.factories import ClientFactory, ContractFactory, actor_with_role, solo_actor

SignIn = Callable[[Actor], Browser]
LIST = "/contracts/messages/"
EDIT = f"{LIST}ping/en/"
KINDS = [kind.value for kind in MessageTemplate.Kind]


def words(response: Any) -> str:
    return " ".join(html.unescape(response.content.decode()).split())


def newest() -> AuditEvent:
    event = AuditEvent.objects.first()
    assert event is not None
    return event


@pytest.fixture
def own(actor: Actor) -> AuditEvent:
    """Words of the practice's own for the ping."""
    event = template_change(actor=actor, kind="ping", language="en", body="{{ greeting }} Well?")
    assert event is not None
    return event


# ── All of them ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_messages_are_shown_filled_in_a_language(
    client: Browser, actor: Actor, language: str
) -> None:
    page = words(client.get(LIST, {"language": language}))
    for kind in KINDS:
        paragraph = original(kind, language).split("\n\n")[2]
        assert paragraph in page
        assert f'href="/contracts/messages/{kind}/{language}/"' in page
    assert page.count(f'whitespace-pre-line" lang="{language}"') == 5  # WCAG 3.1.2
    assert "Solo" in page
    assert "{{" not in page


@pytest.mark.parametrize("query", ["", "?language=", "?language=de", "?kind=x"])
def test_english_unless_another_language_is_asked_for(
    client: Browser, actor: Actor, query: str
) -> None:
    response = client.get(LIST + query)
    assert response.status_code == 200
    assert "A short note about" in words(response)


def test_it_says_whose_words_they_are(client: Browser, own: AuditEvent) -> None:
    page = words(client.get(LIST))
    assert (page.count("Yours</span>"), page.count("Built-in</span>")) == (1, 4)
    page = words(client.get(LIST, {"language": "uk"}))
    assert (page.count("Yours</span>"), page.count("Built-in</span>")) == (0, 5)


def test_they_are_shown_with_the_readers_latest_open_contract(
    client: Browser, freelancer: Freelancer
) -> None:
    anna = ClientFactory.create(practice=freelancer.practice, name="Anna")
    shown = {"freelancer": freelancer, "client": anna}
    ContractFactory.create(title="Not dated", **shown)
    ContractFactory.create(title="Older", started_on="2026-01-05", **shown)
    ContractFactory.create(title="Latest", started_on="2026-02-05", **shown)
    ContractFactory.create(title="Closed", started_on="2026-03-05", closed_on="2026-03-06", **shown)
    ContractFactory.create(title="Of another practice", started_on="2026-03-05")
    page = words(client.get(LIST))
    assert "A short note about “Latest”" in page
    assert "Hi Anna," in page


# ── One of them ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path", ["sale/en/", "ping/de/", "ping/en/x/", "ping/", "PING/en/", "ping/en/reset/x/"]
)
def test_a_message_that_is_none(client: Browser, actor: Actor, path: str) -> None:
    assert client.get(LIST + path).status_code == 404


def test_the_words_and_how_they_read(client: Browser, actor: Actor) -> None:
    page = words(client.get(f"{LIST}ping/uk/"))
    assert "Пишу щодо проєкту «{{ title }}»" in page
    assert "Пишу щодо проєкту «Новий сайт»" in page
    assert 'lang="uk"' in page.partition("<textarea")[2].partition(">")[0]
    for name in ("greeting", "client_name", "title", "delivered", "my_name"):
        assert f"{{{{ {name} }}}}</code>" in page


def test_a_change_is_saved(client: Browser, actor: Actor) -> None:
    response = client.post(EDIT, {"body": "{{ greeting }}\r\nAll well?"}, follow=True)
    assert response.redirect_chain == [(EDIT, 302)]
    assert "The message is saved." in words(response)
    assert MessageTemplate.objects.get().body == "{{ greeting }}\nAll well?"
    assert newest().public_id in words(response)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "Write the words of the message"),
        ("Hi,\r\n{{ nme }}", "Line 2, column 1: there is no placeholder “nme”."),
        ("Hi {{ title", "Line 1, column 4: “{{” belongs to no placeholder."),
        ("x" * 5001, "at most 5000 characters"),
        ("\0", "Null characters are not allowed."),
    ],
)
def test_an_error_stands_beside_the_field(
    client: Browser, actor: Actor, body: str, message: str
) -> None:
    response = client.post(EDIT, {"body": body})
    page = words(response)
    assert response.status_code == 422
    assert message in page.partition('<div id="body-said"')[2].partition("</div>")[0]
    assert 'aria-describedby="body-said"' in page
    assert 'aria-invalid="true"' in page
    assert not MessageTemplate.objects.exists()


def test_all_problems_are_named_at_once(client: Browser, actor: Actor) -> None:
    page = words(client.post(EDIT, {"body": "{{ a }} {{ b }}\n}}"}))
    assert "placeholder “a”" in page
    assert "column 9: there is no placeholder “b”" in page
    assert "Line 2, column 1: “}}”" in page


def test_as_many_characters_as_the_browser_counts(client: Browser, actor: Actor) -> None:
    """A textarea counts a line's end once, and sends two characters for it."""
    client.post(EDIT, {"body": "x\r\n" * 2499 + "xx"})
    assert len(MessageTemplate.objects.get().body) == 5000


def test_another_tabs_words_are_noticed(client: Browser, actor: Actor) -> None:
    seen = client.get(EDIT).context["form"]["seen"].value()
    client.post(EDIT, {"body": "First", "seen": seen})
    response = client.post(EDIT, {"body": "Second", "seen": seen})
    assert response.status_code == 422
    assert "changed somewhere else" in words(response)
    assert MessageTemplate.objects.get().body == "First"
    again = response.context["form"]["seen"].value()
    client.post(EDIT, {"body": "Second", "seen": again})
    assert MessageTemplate.objects.get().body == "Second"


# ── The preview ──────────────────────────────────────────────────────────────────────────────────


def test_a_preview_saves_nothing(client: Browser, actor: Actor) -> None:
    response = client.post(EDIT, {"body": "About “{{ title }}”, {{ nme }}", "preview": "1"})
    page = words(response)
    assert response.status_code == 200
    assert "About “New website”, {{ nme }}" in page.partition('id="preview"')[2]
    assert "no placeholder “nme”" in page
    assert "Not saved yet" not in page
    assert not MessageTemplate.objects.exists()


def test_the_preview_alone_for_htmx(client: Browser, actor: Actor) -> None:
    data = {"body": "You must close “{{ title }}”, {{ nme }}", "preview": "1"}
    page = words(client.post(EDIT, data, headers={"HX-Request": "true"}))
    assert page.startswith('<section id="preview"')
    assert "<textarea" not in page
    assert "You must close “New website”" in page
    said = page.partition('<div id="body-said" role="status" hx-swap-oob="true"')[2]
    assert "no placeholder “nme”" in said
    assert "“must” may read as pressing" in said


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("Please.\nYou must close it.", "Line 2: “must” may read as pressing."),
        ("I beg you.", "Line 1: “I beg” may read as begging."),
        ("A discount for a review?", "Line 1: “discount”. Upwork allows nothing of value"),
        ("Hi {{ client_name }},", "Some contracts have no client's name."),
    ],
)
def test_c4_j18_hints_hold_nothing_up(client: Browser, actor: Actor, body: str, hint: str) -> None:
    assert hint in words(client.post(EDIT, {"body": body, "preview": "1"}))
    assert client.post(EDIT, {"body": body}).status_code == 302
    assert MessageTemplate.objects.get().body == body


def test_what_is_typed_is_never_markup(client: Browser, actor: Actor) -> None:
    response = client.post(EDIT, {"body": "<b>{{ title }}</b>{% now 'Y' %}", "preview": "1"})
    assert b"<b>" not in response.content
    assert "{% now 'Y' %}" in words(response).partition('id="preview"')[2]


# ── Back to the built-in words, and undo ─────────────────────────────────────────────────────────


def test_back_to_the_built_in_words_and_undone(client: Browser, own: AuditEvent) -> None:
    assert "Back to the built-in words" in words(client.get(EDIT))
    response = client.post(f"{EDIT}reset/", follow=True)
    assert "The built-in words hold again." in words(response)
    assert "Back to the built-in words" not in words(client.get(EDIT))
    undo = f"{LIST}undo/{newest().public_id}/"
    assert undo in words(response)
    assert "{{ greeting }} Well?" in words(client.get(undo))  # without JavaScript: a page that asks
    assert not MessageTemplate.objects.exists()
    client.post(undo)
    assert MessageTemplate.objects.get().body == "{{ greeting }} Well?"


def test_a_change_is_undone_at_once_by_htmx(client: Browser, own: AuditEvent) -> None:
    undo = f"{LIST}undo/{own.public_id}/"
    assert "A short note about" in words(client.get(undo))
    response = client.post(undo, headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == EDIT
    assert not MessageTemplate.objects.exists()


def test_what_was_changed_since_is_left_alone(
    client: Browser, actor: Actor, own: AuditEvent
) -> None:
    template_change(actor=actor, kind="ping", language="en", body="Newer")
    response = client.post(f"{LIST}undo/{own.public_id}/", follow=True)
    assert "changed again since then" in words(response)
    assert MessageTemplate.objects.get().body == "Newer"


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", ["member", "viewer"])
def test_members_and_viewers_read_and_are_told_why(
    actor: Actor, own: AuditEvent, sign_in: SignIn, role: str
) -> None:
    browser = sign_in(actor_with_role(role, practice=actor.practice))
    for path in (LIST, EDIT):
        page = words(browser.get(path))
        assert "only an owner or a manager changes them" in page
        assert "Well?" in page
        assert "Save the message" not in page
    assert "readonly" in page.partition("<textarea")[2].partition(">")[0]
    for path, data in ((EDIT, {"body": "Mine"}), (EDIT, {"preview": "1"}), (f"{EDIT}reset/", {})):
        assert browser.post(path, data).status_code == 403
    assert MessageTemplate.objects.get().body == "{{ greeting }} Well?"


def test_a_manager_changes_them(actor: Actor, own: AuditEvent, sign_in: SignIn) -> None:
    browser = sign_in(actor_with_role("manager", practice=actor.practice))
    assert browser.post(EDIT, {"body": "Ours"}).status_code == 302
    assert MessageTemplate.objects.get().body == "Ours"


def test_another_practice_neither_sees_nor_undoes_them(own: AuditEvent, sign_in: SignIn) -> None:
    browser = sign_in(solo_actor())
    assert "Well?" not in words(browser.get(LIST))
    assert "Well?" not in words(browser.get(EDIT))
    assert browser.get(f"{LIST}undo/{own.public_id}/").status_code == 404
    assert browser.post(f"{LIST}undo/{own.public_id}/").status_code == 404
    browser.post(f"{EDIT}reset/")
    assert MessageTemplate.objects.get().body == "{{ greeting }} Well?"


def test_resetting_needs_a_post(client: Browser, own: AuditEvent) -> None:
    assert client.get(f"{EDIT}reset/").status_code == 405
    assert MessageTemplate.objects.exists()


def test_a_reset_of_what_is_built_in_changes_nothing(client: Browser, actor: Actor) -> None:
    response = client.post(f"{EDIT}reset/", follow=True)
    assert "Nothing was different" in words(response)
    assert template_reset(actor=actor, kind="ping", language="en") is None
