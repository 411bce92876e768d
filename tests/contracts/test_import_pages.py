"""The pages of the import, with and without htmx, for every role."""

import csv
import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from contracts import import_forms
from contracts.imports.claims import State
from contracts.imports.decisions import decision_of
from contracts.models import Contract, ImportBatch, Payment
from tests.contracts.import_files import (
    connects,
    fresh,
    imported,
    item,
    log,
    paid,
    previewed,
    report,
    statuses,
    weekly,
)
from tests.factories import ContractFactory, FreelancerFactory, actor_with_role, solo_actor

LOGO = paid("2026-09-18", 9001, "1000.00")
SITE = paid("2026-01-01", 9002, "5.00", title="Site")
START = "/contracts/import/"
HTMX = {"HX-Request": "true"}
SignIn = Callable[[Actor], Client]


def upload(client: Client, content: bytes = report(LOGO), name: str = "export.csv") -> ImportBatch:
    answer = client.post(START, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return ImportBatch.objects.for_page().get(public_id=answer["Location"].split("/")[-2])


def url(name: str, batch: ImportBatch, *more: str) -> str:
    return reverse(f"contracts:import_{name}", args=[batch.public_id, *more])


def page(client: Client, batch: ImportBatch, query: str = "") -> str:
    answer = client.get(url("page", batch) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


# ── Start ────────────────────────────────────────────────────────────────────────────────────────


def test_the_start_page_teaches_where_the_files_are(actor: Actor, client: Client) -> None:
    text = client.get(START).content.decode()
    for words in ("Manage finances", "Weekly summary", "feedback_removed", "up to 50 MB"):
        assert words in text


def test_a_small_file_is_previewed_at_once(actor: Actor, client: Client) -> None:
    batch = upload(client)
    assert batch.state == State.PREVIEW
    assert "Import 1 row" in page(client, batch)


def test_pasted_rows_are_read_like_a_file(actor: Actor, client: Client) -> None:
    answer = client.post(START, {"text": report(LOGO).decode()})
    assert answer.status_code == 302
    assert ImportBatch.objects.get().state == State.PREVIEW


def test_rows_pasted_from_a_spreadsheet_are_read(actor: Actor, client: Client) -> None:
    client.post(START, {"text": "title\tclient\nLogo\tClient Two\n"})
    assert ImportBatch.objects.get().items.get().client == "Client Two"


def test_nothing_chosen_is_said_beside_the_field(actor: Actor, client: Client) -> None:
    answer = client.post(START, {"text": "  "})
    assert answer.status_code == 422
    assert "Choose a file, drop it here" in answer.content.decode()


def test_a_file_and_pasted_rows_together_are_not_guessed_about(
    actor: Actor, client: Client
) -> None:
    answer = client.post(
        START, {"file": SimpleUploadedFile("a.csv", report(LOGO)), "text": "title\nTyped here\n"}
    )
    assert answer.status_code == 422
    assert "Typed here" in answer.content.decode()


def test_a_file_beyond_the_limit_is_refused_beside_the_field(
    actor: Actor, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_forms, "MAX_FILE_BYTES", 1024 * 1024)
    answer = client.post(START, {"file": SimpleUploadedFile("a.csv", b"x" * 1_100_000)})
    assert answer.status_code == 422
    assert "The file has 2 MB; up to 1 MB can be imported." in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_an_empty_file_is_explained(actor: Actor, client: Client) -> None:
    batch = upload(client, b"")
    assert "The file is empty." in page(client, batch)


@pytest.mark.parametrize("name", ["../../etc/passwd", "ї" * 400 + ".csv", "a\u202ecsv.exe", "<b>"])
def test_file_names_are_only_shown(actor: Actor, client: Client, name: str) -> None:
    text = page(client, upload(client, name=name))
    assert "<b>" not in text.replace("<b>x", "")


def test_it_asks_whose_contracts_they_are_only_where_there_are_several(
    actor: Actor, client: Client
) -> None:
    assert "Whose contracts are they?" not in client.get(START).content.decode()
    other = FreelancerFactory.create(practice=actor.practice, name="Other")
    assert "Whose contracts are they?" in client.get(START).content.decode()
    client.post(START, {"text": report(LOGO).decode(), "freelancer": other.public_id})
    assert ImportBatch.objects.get().freelancer_id == other.pk


def test_another_practices_freelancer_cannot_be_chosen(actor: Actor, client: Client) -> None:
    FreelancerFactory.create(practice=actor.practice)
    stranger = FreelancerFactory.create()
    answer = client.post(START, {"text": report(LOGO).decode(), "freelancer": stranger.public_id})
    assert answer.status_code == 422


def test_recent_imports_are_listed_with_their_undo(actor: Actor, client: Client) -> None:
    batch = imported(actor, report(LOGO))
    text = client.get(START).content.decode()
    assert url("page", batch) in text
    assert url("undo", batch) in text
    assert "1 new contract" in text


# ── States ───────────────────────────────────────────────────────────────────────────────────────


def test_a_large_file_waits_for_the_worker_with_a_progress_bar(
    actor: Actor, client: Client
) -> None:
    batch = previewed(actor, report(LOGO))
    ImportBatch.objects.update(state=State.READING, rows=100_000, rows_done=42_000)
    text = page(client, batch)
    assert "42,000 of 100,000 rows" in text
    assert 'hx-trigger="every 500ms"' in text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in text


def test_while_it_works_htmx_gets_the_progress_alone(actor: Actor, client: Client) -> None:
    batch = previewed(actor, report(LOGO))
    ImportBatch.objects.update(state=State.READING)
    headers = {**HTMX, "HX-Target": "import-progress"}
    text = client.get(url("page", batch), headers=headers).content.decode()
    assert "<h1" not in text
    assert 'id="import-progress"' in text


def test_when_it_is_done_htmx_gets_the_whole_body(actor: Actor, client: Client) -> None:
    batch = previewed(actor, report(LOGO))
    headers = {**HTMX, "HX-Target": "import-progress"}
    answer = client.get(url("page", batch), headers=headers)
    assert answer["HX-Retarget"] == "#import"
    assert "Import 1 row" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_silent_import_can_be_taken_up_again(actor: Actor, client: Client) -> None:
    batch = previewed(actor, report(LOGO))
    ImportBatch.objects.update(state=State.READING, progress_at="2026-01-01T00:00Z")
    assert "Read it again" in page(client, batch)
    client.post(url("again", batch))
    assert fresh(batch).state == State.PREVIEW


def test_a_silent_application_can_be_taken_up_again(actor: Actor, client: Client) -> None:
    batch = previewed(actor, report(LOGO))
    ImportBatch.objects.update(state=State.APPLYING, claim="dead", progress_at="2026-01-01T00:00Z")
    assert "Import it again" in page(client, batch)
    client.post(url("again", batch))
    assert fresh(batch).state == State.APPLIED


def test_another_encoding_is_asked_for_with_a_look_at_the_lines(
    actor: Actor, client: Client
) -> None:
    batch = upload(client, "title,client\nCafé,Müller\n".encode("cp1252"))
    assert "Café,Müller" in page(client, batch)
    client.post(url("encoding", batch), {"encoding": "cp1252"})
    assert fresh(batch).items.get().title == "Café"


def test_an_encoding_that_was_not_offered_changes_nothing(actor: Actor, client: Client) -> None:
    batch = upload(client, "title,client\nCafé,Müller\n".encode("cp1252"))
    client.post(url("encoding", batch), {"encoding": "utf-7"})
    assert fresh(batch).state == State.NEEDS_ENCODING


def test_an_import_can_be_dropped_and_looked_at_again(actor: Actor, client: Client) -> None:
    batch = upload(client)
    client.post(url("cancel", batch))
    assert "This import was dropped." in page(client, batch)
    client.post(url("again", batch))
    assert fresh(batch).state == State.PREVIEW


# ── Preview ──────────────────────────────────────────────────────────────────────────────────────


def test_the_sums_are_those_of_the_file(actor: Actor, client: Client) -> None:
    imported(actor, report(LOGO))
    batch = previewed(
        actor,
        report(LOGO, SITE, connects("2026-01-01", 9003), {**SITE, "Date": "31/02/2026"}),
    )
    decided = item(batch, "Site")
    client.post(url("decide", batch, decided.key), {"action": "leave_out"})
    shares = client.get(url("page", batch)).context["page"].shares
    assert [(share.rows, share.amount) for share in shares] == [
        (1, -12),
        (1, 1000),
        (1, 5),
        (1, None),
    ]


def test_rows_not_understood_are_shown_with_line_column_and_reason(
    actor: Actor, client: Client
) -> None:
    text = page(client, previewed(actor, report({**LOGO, "Date": "31/02/2026"})))
    for words in ("line 2", "Date", "“31/02/2026” is a day that does not exist."):
        assert words in text


def test_an_unknown_type_is_shown_as_one(actor: Actor, client: Client) -> None:
    row = paid("2026-01-01", 9002, "5.00", title="x", type_="Hold")
    assert "unknown type, kept" in page(client, previewed(actor, report(LOGO, row)))


def test_titles_from_the_file_are_escaped(actor: Actor, client: Client) -> None:
    title = "<script>alert(1)</script>"
    text = page(client, previewed(actor, report({**LOGO, "Transaction summary": title})))
    assert title not in text


def test_contracts_can_be_filtered_by_status(actor: Actor, client: Client) -> None:
    imported(actor, report(LOGO))
    batch = previewed(actor, report(LOGO, SITE))
    text = page(client, batch, "?show=new")
    assert "Site" in text
    assert "Nothing new" not in text


def test_a_filter_that_does_not_exist_shows_all(actor: Actor, client: Client) -> None:
    assert "Logo" in page(client, previewed(actor, report(LOGO)), "?show=nonsense&page=many")


def test_many_contracts_are_paged(actor: Actor, client: Client) -> None:
    rows = [paid("2026-01-01", 9000 + n, "1", title=f"Contract {n:03}") for n in range(60)]
    batch = previewed(actor, report(*rows))
    assert "Contract 049" in page(client, batch)
    assert "Contract 050" not in page(client, batch)
    assert "Contract 050" in page(client, batch, "?page=2")


def test_the_page_asks_as_often_for_many_contracts_as_for_few(actor: Actor, client: Client) -> None:
    counts = []
    for number in (2, 40):
        rows = [paid("2026-01-01", 9000 + n, "1", title=f"Contract {n}") for n in range(number)]
        batch = previewed(actor, report(*rows))
        for one in batch.items.all()[: number // 2]:
            client.post(url("decide", batch, one.key), {"action": "leave_out"})
        with CaptureQueriesContext(connection) as queries:
            page(client, batch)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_file_of_several_freelancers_can_be_narrowed_to_one(actor: Actor, client: Client) -> None:
    other = {**SITE, "Freelancer": "G. Dev"}
    batch = previewed(actor, report(LOGO, other))
    assert "This file names several freelancers" in page(client, batch)
    assert "everybody's rows become contracts of" in page(client, batch)
    client.post(url("freelancer", batch), {"name": "G. Dev"})
    assert [found.title for found in fresh(batch).items.all()] == ["Site"]
    client.post(url("apply", batch))
    assert list(Contract.objects.values_list("title", flat=True)) == ["Site"]
    assert fresh(batch).outcome["counts"]["rows_left_out"] == 1


# ── Decisions ────────────────────────────────────────────────────────────────────────────────────


def test_a_decision_answers_htmx_with_the_body_and_survives_a_reload(
    actor: Actor, client: Client
) -> None:
    batch = previewed(actor, report(LOGO))
    answer = client.post(
        url("decide", batch, item(batch).key), {"action": "leave_out"}, headers=HTMX
    )
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "Left out" in answer.content.decode()
    assert "Left out" in page(client, batch)


def test_without_javascript_a_decision_leads_back_to_the_row(actor: Actor, client: Client) -> None:
    batch = previewed(actor, report(LOGO))
    answer = client.post(
        url("decide", batch, item(batch).key) + "?show=new", {"action": "leave_out"}
    )
    assert answer["Location"] == url("page", batch) + "?show=new#item-1"


def test_a_decision_can_be_undone(actor: Actor, client: Client) -> None:
    batch = previewed(actor, report(LOGO))
    decide = url("decide", batch, item(batch).key)
    client.post(decide, {"action": "leave_out"})
    client.post(decide, {"action": "reset"})
    assert decision_of(fresh(batch), item(batch).key) is None


def test_the_form_of_one_contract_opens_in_its_place(actor: Actor, client: Client) -> None:
    batch = previewed(actor, report(LOGO))
    text = page(client, batch, f"?open={item(batch).key}")
    assert "What should happen to “Logo”?" in text
    assert 'type="date"' not in text  # one day of payments cannot be split


def test_a_contract_can_be_added_to_one_of_ones_own(actor: Actor, client: Client) -> None:
    own = ContractFactory.create(freelancer=actor.freelancer, title="Brand")
    batch = previewed(actor, report(LOGO))
    key = item(batch).key
    client.post(url("decide", batch, key), {"action": "add", "contract": own.public_id})
    client.post(url("apply", batch))
    own.refresh_from_db()
    assert own.earned == 1000


@pytest.mark.parametrize("own_practice", [True, False])
def test_a_contract_of_somebody_else_cannot_be_chosen(
    actor: Actor, client: Client, own_practice: bool
) -> None:
    practice = actor.practice if own_practice else solo_actor().practice
    other = ContractFactory.create(freelancer=FreelancerFactory.create(practice=practice))
    ContractFactory.create(freelancer=actor.freelancer)
    batch = previewed(actor, report(LOGO))
    answer = client.post(
        url("decide", batch, item(batch).key),
        {"action": "add", "contract": other.public_id},
    )
    assert answer.status_code == 422
    assert "Choose one of your contracts." in answer.content.decode()


def test_merging_in_a_circle_is_refused_in_words(actor: Actor, client: Client) -> None:
    batch = previewed(actor, report(LOGO, SITE))
    logo, site = item(batch), item(batch, "Site")
    client.post(url("decide", batch, logo.key), {"action": "merge", "into": site.key})
    answer = client.post(url("decide", batch, site.key), {"action": "merge", "into": logo.key})
    assert answer.status_code == 422
    assert "“Logo” is merged into this one already." in answer.content.decode()


def test_merging_into_one_that_is_left_out_is_refused_in_words(
    actor: Actor, client: Client
) -> None:
    batch = previewed(actor, report(LOGO, SITE))
    logo, site = item(batch), item(batch, "Site")
    client.post(url("decide", batch, logo.key), {"action": "leave_out"})
    answer = client.post(url("decide", batch, site.key), {"action": "merge", "into": logo.key})
    assert "“Logo” is left out. Bring it in first." in answer.content.decode()


def test_the_lists_can_be_narrowed_by_a_word(actor: Actor, client: Client) -> None:
    for title in ("Brand book", "Web shop"):
        ContractFactory.create(freelancer=actor.freelancer, title=title)
    batch = previewed(actor, report(LOGO))
    text = page(client, batch, f"?open={item(batch).key}&words=shop")
    assert "Web shop" in text
    assert "Brand book" not in text


class TestSplitting:
    CONTENT = report(LOGO, paid("2026-01-05", 9003, "300.00"))

    def split(self, client: Client, batch: ImportBatch, day: str) -> int:
        answer = client.post(
            url("decide", batch, batch.items.all()[0].key), {"action": "split", "day": day}
        )
        return int(answer.status_code)

    def test_payments_from_the_day_on_become_a_contract_of_their_own(
        self, actor: Actor, client: Client
    ) -> None:
        batch = previewed(actor, self.CONTENT)
        assert self.split(client, batch, "2026-06-01") == 302
        assert statuses(fresh(batch)) == {"new": 2}
        client.post(url("apply", batch))
        assert set(Contract.objects.values_list("earned", flat=True)) == {300, 1000}

    def test_parts_can_be_joined_again(self, actor: Actor, client: Client) -> None:
        batch = previewed(actor, self.CONTENT)
        self.split(client, batch, "2026-06-01")
        part = batch.items.get(part_from="2026-06-01")
        client.post(url("decide", batch, part.key), {"action": "join"})
        assert statuses(fresh(batch)) == {"new": 1}

    @pytest.mark.parametrize("day", ["2026-01-05", "2026-09-19", "", "31/02/2026"])
    def test_a_day_outside_is_refused(self, actor: Actor, client: Client, day: str) -> None:
        batch = previewed(actor, self.CONTENT)
        assert self.split(client, batch, day) == 422

    def test_the_same_file_after_a_split_is_known(self, actor: Actor, client: Client) -> None:
        batch = previewed(actor, self.CONTENT)
        self.split(client, batch, "2026-06-01")
        client.post(url("apply", batch))
        assert statuses(previewed(actor, self.CONTENT)) == {"known": 1}

    def test_a_decision_about_a_part_survives_reading_again(
        self, actor: Actor, client: Client
    ) -> None:
        batch = previewed(actor, self.CONTENT)
        self.split(client, batch, "2026-06-01")
        part = batch.items.get(part_from="2026-06-01")
        client.post(url("decide", batch, part.key), {"action": "leave_out"})
        client.post(url("again", batch))
        client.post(url("apply", batch))
        assert Contract.objects.get().earned == 300


def test_a_key_that_is_gone_shows_the_page_as_it_is(actor: Actor, client: Client) -> None:
    batch = previewed(actor, report(LOGO))
    answer = client.post(url("decide", batch, "work-gone"), {"action": "leave_out"})
    assert answer.status_code == 302


# ── Apply, undo ──────────────────────────────────────────────────────────────────────────────────


def test_apply_leads_to_the_summary_and_on_to_the_grid(actor: Actor, client: Client) -> None:
    batch = upload(client)
    answer = client.post(url("apply", batch), follow=True)
    text = answer.content.decode()
    assert "Add ratings and closing dates" in text
    assert reverse("contracts:grid") in text
    assert Payment.objects.count() == 1


def test_a_double_click_and_the_back_button_import_once(actor: Actor, client: Client) -> None:
    batch = upload(client)
    for _ in range(2):
        answer = client.post(url("apply", batch), follow=True)
        assert "Imported" in answer.content.decode()
    assert Payment.objects.count() == 1
    assert "Undo this import" in page(client, batch)


def test_deciding_after_it_is_applied_changes_nothing(actor: Actor, client: Client) -> None:
    batch = upload(client)
    key = item(batch).key
    client.post(url("apply", batch))
    answer = client.post(url("decide", batch, key), {"action": "leave_out"}, headers=HTMX)
    assert "Undo this import" in answer.content.decode()
    assert decision_of(fresh(batch), key) is None


def test_undo_says_what_stayed_and_why(actor: Actor, client: Client) -> None:
    batch = upload(client)
    client.post(url("apply", batch))
    Contract.objects.update(notes="typed")
    answer = client.post(url("undo", batch), follow=True)
    text = answer.content.decode()
    assert "This import is undone." in text
    assert "You changed since then: Notes." in text


def test_undo_of_what_is_not_applied_is_said(actor: Actor, client: Client) -> None:
    answer = client.post(url("undo", upload(client)), follow=True)
    assert "There was nothing to undo" in answer.content.decode()


def test_sample_data_offers_no_undo(actor: Actor, client: Client) -> None:
    assert actor.freelancer
    batch = ImportBatch.objects.create(
        practice=actor.practice,
        freelancer=actor.freelancer,
        content=b"",
        format="A",
        state=State.APPLIED,
    )
    assert "Undo this import" not in page(client, batch)
    assert url("undo", batch) not in client.get(START).content.decode()


@pytest.mark.parametrize(
    "content", [weekly(("2026-01-01", "Site (36000002)", "1", "5")), log({"title": "Logo"})]
)
def test_every_format_goes_all_the_way(actor: Actor, client: Client, content: bytes) -> None:
    batch = upload(client, content)
    client.post(url("apply", batch))
    assert "New contracts" in page(client, batch)


# ── The rows that were not understood ────────────────────────────────────────────────────────────


def bad_rows(client: Client, batch: ImportBatch) -> list[dict[str, str]]:
    answer = client.get(url("bad_rows", batch))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_they_come_back_with_reason_and_line(actor: Actor, client: Client) -> None:
    (row,) = bad_rows(client, upload(client, report(LOGO, {**SITE, "Date": "31/02/2026"})))
    assert row["Transaction summary"] == "Site"
    assert row["Line in the file"] == "3"
    assert row["Why it was not understood"] == "Date: “31/02/2026” is a day that does not exist."


def test_formulas_in_them_are_neutralised(actor: Actor, client: Client) -> None:
    evil = {**SITE, "Date": "never", "Transaction summary": "=cmd|' /C calc'!A0"}
    (row,) = bad_rows(client, upload(client, report(LOGO, evil)))
    assert row["Transaction summary"] == "'=cmd|' /C calc'!A0"


def test_corrected_they_can_be_imported(actor: Actor, client: Client) -> None:
    batch = upload(client, report(LOGO, {**SITE, "Date": "31/02/2026"}))
    answer = client.get(url("bad_rows", batch))
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    corrected = upload(client, text.replace("31/02/2026", "2026-02-28").encode())
    assert statuses(corrected) == {"new": 1}


def test_without_any_there_is_no_such_file(actor: Actor, client: Client) -> None:
    assert client.get(url("bad_rows", upload(client))).status_code == 404


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────

POSTS = ("again", "encoding", "cancel", "freelancer", "apply", "undo")


@pytest.mark.parametrize("name", [*POSTS, "decide"])
def test_a_viewer_changes_nothing(actor: Actor, sign_in: SignIn, name: str) -> None:
    batch = previewed(actor, report(LOGO))
    viewer = sign_in(actor_with_role("viewer", practice=actor.practice))
    more = (item(batch).key,) if name == "decide" else ()
    assert viewer.post(url(name, batch, *more)).status_code == 403
    assert viewer.post(START, {"text": "title\nLogo\n"}).status_code == 403


def test_a_viewer_sees_it_without_buttons(actor: Actor, sign_in: SignIn) -> None:
    batch = previewed(actor, report(LOGO))
    text = page(sign_in(actor_with_role("viewer", practice=actor.practice)), batch)
    assert "Logo" in text
    assert url("apply", batch) not in text
    assert url("decide", batch, item(batch).key) not in text


@pytest.mark.parametrize("name", [*POSTS, "decide", "page", "bad_rows"])
def test_another_practices_import_does_not_exist(actor: Actor, sign_in: SignIn, name: str) -> None:
    batch = previewed(actor, report(LOGO, {**SITE, "Date": "never"}))
    stranger = sign_in(solo_actor("Stranger"))
    more = (item(batch).key,) if name == "decide" else ()
    ask = stranger.get if name in ("page", "bad_rows") else stranger.post
    assert ask(url(name, batch, *more)).status_code == 404


def test_a_members_imports_are_not_another_members(actor: Actor, sign_in: SignIn) -> None:
    batch = previewed(actor, report(LOGO))
    member = sign_in(actor_with_role("member", practice=actor.practice))
    assert member.get(url("page", batch)).status_code == 404
    assert batch.public_id not in member.get(START).content.decode()


@pytest.mark.parametrize("name", POSTS)
def test_buttons_are_not_links(actor: Actor, client: Client, name: str) -> None:
    assert client.get(url(name, previewed(actor, report(LOGO)))).status_code == 405


def test_a_key_of_another_import_is_not_decided_on(actor: Actor, client: Client) -> None:
    other = previewed(actor, report(SITE))
    batch = previewed(actor, report(LOGO))
    client.post(url("decide", batch, item(other, "Site").key), {"action": "leave_out"})
    assert fresh(batch).decisions == {}
