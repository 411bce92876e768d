"""The pages of templates and blocks (B2)."""

import pytest
from django.test import Client

from accounts.actors import Actor
from proposals.models import Piece, PieceVersion, Placeholder
from proposals.piece_services import piece_change
from tests.proposals.samples import BODY, a_piece, a_placeholder

pytestmark = pytest.mark.django_db

TEXTS = "/proposals/texts/"


def typed(actor: Actor, **values: str) -> dict[str, str]:
    assert actor.freelancer
    given = {
        "kind": "template",
        "name": "Shops",
        "freelancer": actor.freelancer.public_id,
        "body": BODY,
    }
    return {**given, **values}


def test_an_empty_practice_is_told_how_to_begin(client: Client, actor: Actor) -> None:
    page = client.get(TEXTS).content.decode()
    assert "Begin with a letter that got an answer" in page
    assert "{{ client_name }}" in page


def test_a_template_is_written_and_stands_in_the_list(client: Client, actor: Actor) -> None:
    answer = client.post(f"{TEXTS}new/", typed(actor, skills="Shopify, page speed,, Shopify"))
    assert answer.status_code == 302
    piece = Piece.objects.get()
    assert (piece.name, piece.skills, piece.body) == ("Shops", ["Shopify", "page speed"], BODY)
    assert "Shopify · page speed" in client.get(TEXTS).content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"body": "Hi {{ nobody }}"}, "Line 1, column 4: there is no placeholder “nobody”."),
        ({"body": "{{ x.__class__ }}"}, "Line 1, column 1: “{{” belongs to no placeholder."),
        ({"body": ""}, "This field is required."),
        ({"name": ""}, "This field is required."),
        ({"freelancer": "other"}, "Select a valid choice."),
        ({"skills": "x" * 61}, "At most 30 skills"),
        ({"kind": "poem"}, "Select a valid choice."),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(
    client: Client, actor: Actor, values: dict[str, str], words: str
) -> None:
    answer = client.post(f"{TEXTS}new/", typed(actor, niche="tea shops", **values))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "tea shops" in page
    assert not Piece.objects.exists()


def test_a_million_braces_are_answered(client: Client, actor: Actor) -> None:
    answer = client.post(f"{TEXTS}new/", typed(actor, body="{" * 1_000_000))
    assert answer.status_code == 422
    assert "at most 20000 characters" in answer.content.decode()


def test_the_preview_is_filled_and_saves_nothing(client: Client, actor: Actor) -> None:
    a_placeholder(actor, name="deadline", label="Deadline")
    body = "Hi {{ client_name }}, by {{ deadline }}? {{ nobody }}"
    data = typed(actor, body=body, preview="1")
    answer = client.post(f"{TEXTS}new/", data, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "Hi Maria, by [Deadline]? {{ nobody }}" in page
    assert "there is no placeholder “nobody”" in page
    assert "<html" not in page
    assert not Piece.objects.exists()


def test_what_is_typed_is_never_run(client: Client, actor: Actor) -> None:
    """Never Django's template engine on what a user wrote."""
    piece = a_piece(actor, body="{% now 'Y' %} <b>{{ client_name }}</b>")
    page = client.get(f"{TEXTS}{piece.public_id}/").content.decode()
    assert "{% now &#x27;Y&#x27; %} &lt;b&gt;Maria&lt;/b&gt;" in page


def test_an_older_version_is_compared_and_taken_up(client: Client, actor: Actor) -> None:
    piece = a_piece(actor)
    piece_change(actor=actor, piece=piece, body="Hello {{ client_name }}")
    url = f"{TEXTS}{piece.public_id}/"
    compared = client.get(f"{url}?compare=1").content.decode()
    assert '<ins class="piece-added">Hello' in compared
    taken = client.get(f"{url}?version=1").content.decode()
    assert "your checkout loses orders because {{ problem }}.</textarea>" in taken
    many = "9" * 5_000
    for odd in ("compare=9", "compare=x", f"compare={many}", "version=-1", "version=²"):
        assert client.get(f"{url}?{odd}").status_code == 200
    assert PieceVersion.objects.filter(piece=piece).count() == 2


def test_a_second_person_is_told_and_loses_nothing(client: Client, actor: Actor) -> None:
    piece = a_piece(actor)
    url = f"{TEXTS}{piece.public_id}/"
    seen = client.get(url).context["form"]["seen"].value()
    piece_change(actor=actor, piece=piece, body="Theirs")
    answer = client.post(url, typed(actor, body="Mine", seen=seen))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Somebody saved this while you were writing" in page
    assert "Mine</textarea>" in page
    again = answer.context["form"]["seen"].value()
    assert client.post(url, typed(actor, body="Mine", seen=again)).status_code == 302
    assert Piece.objects.get().body == "Mine"


def test_removed_and_back_also_without_a_script(client: Client, actor: Actor) -> None:
    piece = a_piece(actor)
    url = f"{TEXTS}{piece.public_id}/"
    page = client.post(f"{url}remove/", follow=True).content.decode()
    assert "“Shops” is removed." in page
    assert f"{url}put-back/" in page
    assert "Put “Shops” back?" in client.get(f"{url}put-back/").content.decode()
    client.post(f"{url}put-back/")
    assert Piece.objects.kept().get() == piece


def test_a_placeholder_is_defined_changed_and_used(client: Client, actor: Actor) -> None:
    data = {"name": "tone", "label": "Tone", "entry": "choice", "choices": "warm\nplain"}
    assert client.post("/proposals/placeholders/new/", data).status_code == 302
    made = Placeholder.objects.get()
    assert (made.choices, made.is_required) == (["warm", "plain"], False)
    url = f"/proposals/placeholders/{made.public_id}/"
    assert "warm\nplain</textarea>" in client.get(url).content.decode()
    assert client.post(url, {**data, "label": "Voice"}).status_code == 302
    assert Placeholder.objects.get().label == "Voice"
    assert "Voice" in client.get(f"{TEXTS}new/").content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": "client_name"}, "There is a placeholder of this name already."),
        ({"name": "1st"}, "A name begins with a letter"),
        ({"entry": "choice", "choices": "one"}, "Give at least two choices"),
        (
            {"entry": "choice", "choices": "a\nb", "default": "c"},
            "The default must be one of the choices.",
        ),
    ],
)
def test_a_placeholder_that_cannot_be_is_refused(
    client: Client, actor: Actor, values: dict[str, str], words: str
) -> None:
    data = {"name": "tone", "label": "Tone", "entry": "line", **values}
    answer = client.post("/proposals/placeholders/new/", data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Placeholder.objects.exists()


@pytest.mark.parametrize("path", [TEXTS, f"{TEXTS}new/"])
def test_however_many_there_are_the_queries_are_the_same(
    client: Client, actor: Actor, path: str, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        a_piece(actor, name=f"Text {number}")
        a_placeholder(actor, name=f"name_{number}")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get(path)
