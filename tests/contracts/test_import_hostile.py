"""Bad input through the whole import: an answer in words, never an exception, never half of it."""

import io
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.actors import Actor
from contracts.imports.claims import State
from contracts.models import Contract, ImportBatch, Payment
from tests.contracts.import_files import LOG_HEADER, apply, imported, log, paid, previewed, report
from tests.contracts.importing_samples import workbook
from tests.factories import solo_actor

ENDS = {State.PREVIEW, State.UNREADABLE, State.NEEDS_ENCODING}
LOGO = paid("2026-09-18", 9001, "1000.00")


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"%PDF-1.7\n1 0 obj", id="a PDF renamed"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe", id="a byte-order mark alone"),
        pytest.param(b"title\n" + b"x" * 10_000_000, id="10 MB in one cell"),
        pytest.param(report(), id="a header without rows"),
        pytest.param(zip_bomb(), id="a zip bomb"),
        pytest.param(b"PK\x03\x04 nonsense", id="a broken workbook"),
        pytest.param(b"\x00" * 1_000, id="NUL bytes"),
        pytest.param(b'title,notes\n"never closed,1\nLogo,2\n', id="an open quote"),
        pytest.param(b"<html><body>Sign in</body></html>", id="a web page"),
    ],
)
def test_bad_files_end_in_words(
    actor: Actor,
    client: Client,
    content: bytes,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[object]]],
) -> None:
    upload = SimpleUploadedFile("export.csv", content)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/contracts/import/", {"file": upload})
    assert client.get(answer["Location"]).status_code == 200
    assert ImportBatch.objects.get().state in ENDS
    assert not Contract.objects.exists()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Date", "31/02/2026"),
        ("Date", ""),
        ("Amount $", "1.2.3,4"),
        ("Amount $", "NaN"),
        ("Amount $", "1e999"),
        ("Amount $", "99999999999999999999"),
        ("Transaction type", ""),
        ("Transaction summary", "x" * 301),
        ("Ref ID", "9" * 200),
    ],
)
def test_a_bad_cell_costs_its_row_and_no_other(actor: Actor, cell: str, value: str) -> None:
    batch = imported(actor, report({**paid("2026-01-01", 9002, "5"), cell: value}, LOGO))
    assert batch.preview["bad_rows"] == 1
    assert batch.preview["bad"][0]["line"] == 2
    assert Payment.objects.get().external_id == "9001"


@pytest.mark.parametrize("amount", ["(12.00)", "−12", "-$12.00"])
def test_amounts_in_other_hands_are_understood(actor: Actor, amount: str) -> None:
    imported(actor, report(paid("2026-01-01", 9002, amount, type_="Service Fee"), LOGO))
    assert Payment.objects.get(external_id="9002").amount == -12


def test_a_duplicated_line_is_stored_once(actor: Actor) -> None:
    batch = imported(actor, report(LOGO, LOGO))
    assert Payment.objects.count() == 1
    assert batch.preview["bad"][0]["same_as"] == 2


def test_hours_beyond_the_database_cost_their_row(actor: Actor) -> None:
    imported(actor, log({"title": "Logo", "hours": "99999999"}, {"title": "Site"}))
    assert Contract.objects.get().title == "Site"


def test_a_workbook_goes_all_the_way(actor: Actor) -> None:
    imported(actor, workbook([["title", "client"], ["Logo", "=Client"]]))
    assert Contract.objects.get().title == "Logo"


@pytest.mark.parametrize("text", ["\u202e\u200b", "💸" * 100, "%s %(x)s {0}", "\ufeff", "<b>&amp;"])
def test_odd_letters_go_all_the_way(actor: Actor, client: Client, text: str) -> None:
    row = {**LOGO, "Transaction summary": text + "Logo", "Client team": text + "Client"}
    batch = imported(actor, report(row))
    assert client.get(reverse("contracts:import_page", args=[batch.public_id])).status_code == 200


def fuzzed(content: bytes) -> None:
    """Any bytes: they end in words, and what can be previewed can be shown, applied and undone."""
    actor = solo_actor()
    client = Client()
    client.force_login(actor.user)
    batch = previewed(actor, content)
    assert batch.state in ENDS, batch.problem
    url = reverse("contracts:import_page", args=[batch.public_id])
    assert client.get(url).status_code == 200
    if batch.state != State.PREVIEW:
        return
    batch = apply(actor, batch)
    assert batch.state == State.APPLIED or batch.problem["template"].startswith("The payments of")
    assert client.get(url).status_code == 200
    assert client.post(url + "undo/").status_code == 302
    if batch.state == State.APPLIED:
        assert not Payment.objects.filter(practice=actor.practice).exists()
        assert not Contract.objects.filter(practice=actor.practice).exists()


cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "2026-09-18",
            "Logo",
            "logo ",
            "5.00",
            "-1",
            "9999999999.99",
            "Hourly",
            "Service Fee",
            "true",
        ]
    ),
)


class TestAnything(TestCase):
    """Each example in a transaction of its own."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(max_size=400))
    def test_any_bytes(self, content: bytes) -> None:
        fuzzed(content)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(
            [
                LOG_HEADER,
                "Date,Transaction ID,Transaction type,Transaction summary,Freelancer,Client team,"
                "Ref ID,Amount $",
                "Date,Contract,Hours,Amount,Payment type",
                "Date,Ref ID,Type,Description,Freelancer,Team,Amount",
            ]
        ),
        st.data(),
    )
    def test_any_cells_under_a_known_header(self, header: str, data: st.DataObject) -> None:
        width = header.count(",") + 1
        rows = data.draw(st.lists(st.lists(cells, min_size=width, max_size=width), max_size=6))
        quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
        fuzzed("\n".join([header, *quoted]).encode("utf-8", "replace"))


def test_every_bad_cell_has_a_sentence_on_the_page(
    actor: Actor, sign_in: Callable[[Actor], Client]
) -> None:
    rows = [{**LOGO, "Ref ID": n, "Date": f"never {n}"} for n in range(300)]
    batch = previewed(actor, report(*rows))
    text = sign_in(actor).get(reverse("contracts:import_page", args=[batch.public_id]))
    assert "The first 200 are shown" in text.content.decode()
