"""`manage.py import_upwork`: an interface that others rely on."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.actors import Actor
from accounts.models import AuditEvent
from contracts.imports.undo import import_undo
from contracts.models import Contract, ImportBatch, ImportItem, Payment
from tests.contracts.import_files import connects, imported, log, paid, report
from tests.factories import FreelancerFactory, actor_with_role

SAMPLES = Path(__file__).parent.parent / "data" / "exports"
LOGO = paid("2026-09-18", 9001, "1000.00")
BAD = {**paid("2026-09-18", 9002, "5"), "Date": "31/02/2026"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_bytes(report(LOGO, connects("2026-09-19", 9003), BAD))
    return path


def run(file: Path | str, actor: Actor, *options: str) -> str:
    out = io.StringIO()
    call_command("import_upwork", str(file), "--owner", actor.user.email, *options, stdout=out)
    return out.getvalue()


def run_json(file: Path | str, actor: Actor, *options: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(file, actor, "--json", *options))
    return answer


def nothing_is_stored() -> bool:
    models = (Contract, Payment, ImportBatch, ImportItem, AuditEvent)
    return not any(model._default_manager.exists() for model in models)


def test_the_json_is_exactly_that_of_the_issue(actor: Actor, file: Path) -> None:
    assert run_json(file, actor, "--dry-run") == {
        "format": "A",
        "rows": 3,
        "not_understood": [
            {"line": 4, "reason": "Date: “31/02/2026” is a day that does not exist."}
        ],
        "contracts": {"new": 1, "known": 0, "changed": 0, "doubtful": 0},
        "totals": {"Fixed-price": "1000.00", "Connects": "-12.00"},
    }


def test_a_dry_run_stores_nothing_at_all(actor: Actor, file: Path) -> None:
    run(file, actor, "--dry-run")
    assert nothing_is_stored()


def test_without_dry_run_it_is_imported_and_prints_the_same(actor: Actor, file: Path) -> None:
    dry = run_json(file, actor, "--dry-run")
    assert run_json(file, actor) == dry
    assert (Contract.objects.count(), Payment.objects.count()) == (1, 2)


def test_the_second_time_everything_is_known(actor: Actor, file: Path) -> None:
    run(file, actor)
    assert run_json(file, actor)["contracts"] == {"new": 0, "known": 1, "changed": 0, "doubtful": 0}
    assert Payment.objects.count() == 2


def test_it_can_be_undone_on_its_page(actor: Actor, file: Path) -> None:
    run(file, actor)
    import_undo(actor=actor, batch=ImportBatch.objects.for_page().get())
    assert not Payment.objects.exists()


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir()))
def test_every_row_is_in_the_totals_or_not_understood(actor: Actor, name: str) -> None:
    found = run_json(SAMPLES / name, actor, "--dry-run")
    assert found["format"] == name[0].upper()
    batch = imported(actor, (SAMPLES / name).read_bytes())
    counts = batch.outcome["counts"]
    stored = sum(
        counts.get(kind, 0)
        for kind in ("payments", "practice_payments", "rows_known", "contracts_created")
        if found["format"] == "D" or kind != "contracts_created"
    )
    assert stored + len(found["not_understood"]) == found["rows"]


def test_the_table_says_the_same_in_words(actor: Actor, file: Path) -> None:
    text = run(file, actor, "--dry-run")
    for words in ("Format A, 3 rows", "1000.00", "line 4: Date", "nothing was stored"):
        assert words in text


def test_an_unknown_owner_ends_with_1(actor: Actor, file: Path) -> None:
    with pytest.raises(CommandError, match=r"nobody@example\.com") as error:
        call_command("import_upwork", str(file), "--owner", "nobody@example.com")
    assert error.value.returncode == 1


def test_somebody_who_owns_no_practice_is_no_owner(actor: Actor, file: Path) -> None:
    with pytest.raises(CommandError) as error:
        run(file, actor_with_role("manager", practice=actor.practice))
    assert error.value.returncode == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"a,b\n1,2\n", "Line 1"),
        (b"title\nM\xfcller\n", "cp1252"),
        (b"title\n", "no rows"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_2(
    actor: Actor, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words) as error:
        run(path, actor)
    assert error.value.returncode == 2
    assert nothing_is_stored()


def test_a_file_that_is_not_there_ends_with_2(actor: Actor, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file") as error:
        run(tmp_path / "none.csv", actor)
    assert error.value.returncode == 2


def test_what_cannot_be_stored_ends_with_2_and_stores_nothing(actor: Actor, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(report(*(paid("2026-01-01", n, "9999999999.99") for n in range(2))))
    with pytest.raises(CommandError, match="Logo") as error:
        run(path, actor)
    assert error.value.returncode == 2
    assert nothing_is_stored()


def test_the_encoding_can_be_named(actor: Actor, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"title\nM\xfcller\n")
    run(path, actor, "--encoding", "cp1252")
    assert Contract.objects.get().title == "Müller"


def test_standard_input_is_read(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    content = log({"title": "Logo"})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert run_json("-", actor)["contracts"]["new"] == 1


class TestWhose:
    def test_without_a_name_it_is_the_owners_own(self, actor: Actor, file: Path) -> None:
        FreelancerFactory.create(practice=actor.practice)
        run(file, actor)
        assert Contract.objects.get().freelancer_id == actor.freelancer.pk  # type: ignore[union-attr]

    def test_a_name_in_any_case(self, actor: Actor, file: Path) -> None:
        other = FreelancerFactory.create(practice=actor.practice, name="Ганна Dev")
        run(file, actor, "--freelancer", "ГАННА dev")
        assert Contract.objects.get().freelancer_id == other.pk

    def test_an_unknown_name_ends_with_1_and_says_who_there_is(
        self, actor: Actor, file: Path
    ) -> None:
        with pytest.raises(CommandError, match="Solo") as error:
            run(file, actor, "--freelancer", "Nobody")
        assert error.value.returncode == 1
