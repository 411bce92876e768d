"""`manage.py jss_report`: from a contract log to the score, without account or database."""

import io
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, assume, given, settings
from openpyxl import Workbook

from jss.engine import ClosedContract, report_document, report_of
from tests.jss.strategies import practices

ROOT = Path(__file__).parent.parent.parent
HEADER = (
    "title,client,kind,started_on,closed_on,earned,hours,rating,"
    "ended_by,under_agency,client_flagged,feedback_removed,notes"
)
LOG = f"""{HEADER}
Logo,Acme,fixed,2025-01-01,2025-02-01,100,,2,client,false,false,false,
Site,Acme,hourly,2025-10-01,2026-03-15,"1,000.50",20.5,4.85,client,,,,
Quiet,Beta,fixed,,2026-08-31,50,,,freelancer,true,,,
Flagged,Gamma,fixed,,2026-08-31,50,,1,client,,true,,
Removed,Gamma,fixed,,2026-08-31,50,,1,client,,,true,
Running,Beta,hourly,2026-01-01,,,,,,,,,
Later,Beta,hourly,2026-01-01,2026-11-22,,,1,,,,,
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "log.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def as_flags(options: dict[str, object]) -> list[str]:
    """As typed: what is given to `call_command` by name skips the parsing."""
    return [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]


def reported(path: Path, **options: object) -> str:
    out = io.StringIO()
    call_command("jss_report", str(path), *as_flags(options), stdout=out)
    return out.getvalue()


def refused(path: Path, **options: object) -> list[str]:
    """The messages on stderr of a command that ends with status 2 and prints nothing else."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("jss_report", str(path), *as_flags(options), stdout=out, stderr=err)
    assert (ended.value.code, out.getvalue()) == (2, "")
    return err.getvalue().splitlines()


def test_the_json_is_the_engines_document(tmp_path: Path) -> None:
    document = json.loads(reported(written(tmp_path, LOG), as_of="2026-11-21", format="json"))
    assert document == {
        "as_of": "2026-11-21",
        "rule_set": "classic",
        "windows": [
            {
                "months": 6,
                "positive": 0,
                "negative": 0,
                "no_feedback_counted": 0,
                "counted": 0,
                "score": None,
            },
            {
                "months": 12,
                "positive": 1,
                "negative": 0,
                "no_feedback_counted": 0,
                "counted": 1,
                "score": 100,
            },
            {
                "months": 24,
                "positive": 1,
                "negative": 1,
                "no_feedback_counted": 0,
                "counted": 2,
                "score": 0,
            },
        ],
        "shown": {"score": 100, "months": [12]},
        "publication": "none",
        "positives_needed": {"target": 90, "count": 0},
        "roadmap": [
            {
                "date": "2027-02-01",
                "months": 24,
                "left": ["Logo"],
                "score_before": 0,
                "score_after": 100,
                "shown_before": 100,
                "shown_after": 100,
            },
            {
                "date": "2027-03-15",
                "months": 12,
                "left": ["Site"],
                "score_before": 100,
                "score_after": None,
                "shown_before": 100,
                "shown_after": 100,
            },
            {
                "date": "2028-03-15",
                "months": 24,
                "left": ["Site"],
                "score_before": 100,
                "score_after": None,
                "shown_before": 100,
                "shown_after": None,
            },
        ],
    }


def as_row(contract: ClosedContract) -> str:
    return ",".join(
        [
            contract.title,
            "",
            "fixed",
            "",
            "" if contract.closed_on is None else contract.closed_on.isoformat(),
            "",
            "",
            "" if contract.rating is None else str(contract.rating),
            "",
            "",
            str(contract.client_flagged).lower(),
            "true" if contract.feedback_removed else "",
            "",
        ]
    )


@given(practices())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_written_log_is_read_as_it_was_meant(
    tmp_path: Path, practice: tuple[list[ClosedContract], date]
) -> None:
    contracts, as_of = practice
    assume(contracts)
    path = written(tmp_path, "\n".join([HEADER, *map(as_row, contracts)]))
    made = json.loads(reported(path, as_of=as_of.isoformat(), format="json", target=80))
    assert made == json.loads(json.dumps(report_document(report_of(contracts, as_of, target=80))))


def test_a_workbook_is_read_like_a_csv_file(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ("title,closed_on,rating", "Logo,2026-10-01,5", "Site,2026-10-02,1"):
        sheet.append(row.split(","))
    path = tmp_path / "log.xlsx"
    book.save(path)
    document = json.loads(reported(path, as_of="2026-11-21", format="json"))
    assert document["shown"] == {"score": 0, "months": [6, 12, 24]}


def test_the_table_says_what_the_json_says(tmp_path: Path) -> None:
    assert reported(written(tmp_path, LOG), as_of="2026-11-21") == (
        """\
Job Success Score on 2026-11-21: an estimate by the rules “classic”

window      positive   negative   no feedback, counted   all counted   score
6 months           0          0                      0             0       –
12 months          1          0                      0             1   100 %
24 months          1          1                      0             2     0 %

Shown: 100 %, the highest (months: 12).
Too few closed contracts for a first score.
Five-star contracts needed for 90 %: 0.

date         window            score           shown   left
2027-02-01   24 months   0 % → 100 %   100 % → 100 %   Logo
2027-03-15   12 months     100 % → –   100 % → 100 %   Site
2028-03-15   24 months     100 % → –       100 % → –   Site
"""
    )


def test_the_table_of_a_log_in_which_nothing_counts(tmp_path: Path) -> None:
    table = reported(written(tmp_path, "title,closed_on\nOpen,\n"), as_of="2026-11-21")
    assert "no score, as nothing is counted" in table
    assert "No score changes from here on" in table


def test_the_table_says_that_a_target_is_out_of_reach(tmp_path: Path) -> None:
    path = written(tmp_path, "title,closed_on,rating\nBad,2026-11-01,1\n")
    assert "No number of five-star contracts reaches 100 %" in reported(
        path, as_of="2026-11-21", target=100
    )


WEIGHED = """\
title,client,kind,started_on,closed_on,earned,rating
Long,Acme,hourly,2026-01-01,2026-06-30,5000,5
Small,Acme,fixed,2026-08-01,2026-09-01,300,5
Bad,Bolt,fixed,2026-08-01,2026-10-01,100,3.5
Unpaid,Core,fixed,2026-08-01,2026-10-02,0,
"""


@pytest.mark.parametrize(
    ("rules", "shown"),
    [
        ("classic", 33),
        ("weighted-2024", 58),  # J17: 1.5 + 1 and 1.25 less 1, of 4.75
        ("classic+share", 67),  # J1
        ("classic+refined", 77),  # J11
    ],
)
def test_j17_another_rule_set_may_be_named(tmp_path: Path, rules: str, shown: int) -> None:
    path = written(tmp_path, WEIGHED)
    document = json.loads(reported(path, as_of="2026-11-21", rules=rules, format="json"))
    assert (document["rule_set"], document["shown"]["score"]) == (rules, shown)
    assert f"by the rules “{rules}”" in reported(path, as_of="2026-11-21", rules=rules)


def test_j17_the_trending_score_is_told_with_its_windows(tmp_path: Path) -> None:
    path = written(tmp_path, WEIGHED)
    table = reported(path, as_of="2026-11-21", rules="trending")
    assert "Trending: 17 %, the mean of 0 % and 33 % (months: 3, 6)." in table
    document = json.loads(reported(path, as_of="2026-11-21", rules="trending", format="json"))
    assert document["trending"] == 17


def test_an_unknown_rule_set_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="there are classic, trending, weighted-2024"):
        reported(written(tmp_path, WEIGHED), as_of="2026-11-21", rules="classic+nope")


def test_a_title_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = written(tmp_path, "title,closed_on,rating\nEvil \x1b[2Jtitle,2026-11-01,5\n")
    assert "\x1b" not in reported(path, as_of="2026-11-21")


@pytest.mark.parametrize(
    ("closed_contracts", "words"),
    [(4, "Too few"), (5, "may appear"), (8, "Enough")],
)
def test_the_table_says_whether_there_is_a_score_yet(
    tmp_path: Path, closed_contracts: int, words: str
) -> None:
    rows = "".join(f"Job {number},2026-11-01,5\n" for number in range(closed_contracts))
    path = written(tmp_path, f"title,closed_on,rating\n{rows}")
    assert words in reported(path, as_of="2026-11-21")


def test_without_a_day_it_is_today(tmp_path: Path) -> None:
    with time_machine.travel(datetime(2026, 5, 4, 12, tzinfo=UTC), tick=False):
        document = json.loads(reported(written(tmp_path, LOG), format="json"))
    assert document["as_of"] == "2026-05-04"


def test_each_bad_line_is_named_with_column_and_reason(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Title,closed_on,Stars\nGood,2026-01-01,5\nA,31/02/2026,5\nB,2026-01-01,6\nC\n",
    )
    messages = refused(path, as_of="2026-11-21")
    assert [message.split(":")[0] for message in messages] == [
        "line 3, column closed_on",
        "line 4, column Stars",
        "line 5",
    ]
    assert "“6” is not a rating from 1.00 to 5.00" in messages[1]


def test_identical_rows_are_so_many_contracts_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "title,closed_on,rating\n" + "Logo,2026-05-01,5\n" * 3)
    document = json.loads(reported(path, as_of="2026-05-04", format="json"))
    assert document["windows"][0]["positive"] == 3
    assert capsys.readouterr().err.splitlines() == [
        "line 3 is the same as line 2; both count",
        "line 4 is the same as line 2; both count",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (HEADER.encode(), "no rows"),
        (b"one,two\n1,2\n", "not the header"),
        (b"title,closed_on\n\xe9t\xe9,2026-01-01\n", "not UTF-8"),
        (b"\x00\x01\x02", "NUL"),
        (b"PK\x03\x04 not a workbook", "workbook"),
    ],
)
def test_a_file_that_is_no_contract_log_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, words: str
) -> None:
    (message,) = refused(written(tmp_path, content), as_of="2026-11-21")
    assert words in message


def test_an_export_of_upwork_is_told_from_a_contract_log(tmp_path: Path) -> None:
    weekly = '"Date","Contract","Hours","Amount","Payment type"\n"2026-09-16","X (3)","1","2",""'
    (message,) = refused(written(tmp_path, weekly), as_of="2026-11-21")
    assert message.startswith("This is an export of Upwork (format C), which has no ratings.")


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    (message,) = refused(tmp_path / "none.csv", as_of="2026-11-21")
    assert message.endswith("none.csv: No such file or directory")


def test_windows_own_encoding_is_read_when_it_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, b"title,closed_on,rating\n\xe9t\xe9,2026-11-01,5\n")
    document = json.loads(reported(path, as_of="2026-11-21", format="json", encoding="cp1252"))
    assert document["roadmap"][0]["left"] == ["été"]


@pytest.mark.parametrize(
    "target", ["0", "101", "-5", "90.5", "ninety", "", "1e2", "٩٠", "9" * 5000]
)
def test_a_target_that_is_no_whole_per_cent_is_refused(tmp_path: Path, target: str) -> None:
    with pytest.raises(CommandError, match="whole number from 1 to 100"):
        call_command("jss_report", str(written(tmp_path, LOG)), f"--target={target}")


@pytest.mark.parametrize("day", ["2026-02-30", "21.11.2026", "20261121", "2026-W47-6", "", "today"])
def test_a_day_that_is_no_date_is_refused(tmp_path: Path, day: str) -> None:
    with pytest.raises(CommandError, match="is not a date"):
        call_command("jss_report", str(written(tmp_path, LOG)), f"--as-of={day}")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_outside_the_calendar_is_refused(tmp_path: Path, day: str) -> None:
    with pytest.raises(CommandError, match="out of range"):
        call_command("jss_report", str(written(tmp_path, LOG)), f"--as-of={day}")


def from_the_terminal(*arguments: str, data: Path) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "freelance_ops.settings",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere",
        "FREELANCE_OPS_DATA": str(data),
    }
    return subprocess.run(
        [sys.executable, "manage.py", "jss_report", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_needs_neither_database_nor_account(tmp_path: Path) -> None:
    path = written(tmp_path, LOG)
    made = from_the_terminal(
        str(path), "--as-of", "2026-11-21", "--format", "json", data=tmp_path / "var"
    )
    assert (made.returncode, made.stderr) == (0, "")
    assert list(json.loads(made.stdout)) == [
        "as_of",
        "rule_set",
        "windows",
        "shown",
        "publication",
        "positives_needed",
        "roadmap",
    ]


def test_a_bad_file_ends_with_status_2(tmp_path: Path) -> None:
    path = written(tmp_path, "title,rating\nA,nine\n")
    made = from_the_terminal(str(path), "--as-of", "2026-11-21", data=tmp_path / "var")
    assert (made.returncode, made.stdout) == (2, "")
    assert made.stderr.startswith("line 2, column rating: “nine” is not a rating")


def test_a_bad_option_ends_with_status_2(tmp_path: Path) -> None:
    path = written(tmp_path, LOG)
    made = from_the_terminal(str(path), "--target", "101", data=tmp_path / "var")
    assert made.returncode == 2
    assert "write a whole number from 1 to 100" in made.stderr
