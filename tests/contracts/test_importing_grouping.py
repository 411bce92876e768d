"""Contracts put together from rows, their money, a file's totals, and the closing date's guess."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.importing import (
    CLOSING_GAP_DAYS,
    Export,
    FoundContract,
    MoneySource,
    PaymentCategory,
    contract_money,
    found_contracts,
    plain_amount,
    practice_rows,
    proposed_closing_date,
    read_export,
    totals,
)
from tests.contracts.importing_samples import SAMPLES, UNHURRIED, decimals, report, understood


def sample(name: str) -> Export:
    return read_export((SAMPLES / name).read_bytes())


def contracts_of(export: Export) -> dict[str, FoundContract]:
    return {contract.title.strip(): contract for contract in found_contracts(export)}


def test_the_transaction_report_gives_contracts_by_freelancer_client_and_title() -> None:
    contracts = contracts_of(sample("a_2026_transaction_report.csv"))
    assert set(contracts) == {"Data pipeline", "Logo"}
    pipeline = contracts["Data pipeline"]
    assert (pipeline.client, pipeline.freelancer, pipeline.kind) == (
        "client one",
        "F. Lancer",
        "hourly",
    )
    assert (pipeline.first_paid_on, pipeline.last_paid_on) == (
        date(2026, 9, 25),
        date(2026, 9, 28),
    )
    assert (pipeline.gross, pipeline.bonuses) == (Decimal("329.17"), Decimal("100.00"))
    assert (pipeline.refunds, pipeline.fees) == (Decimal("50.00"), Decimal("27.92"))
    assert pipeline.lines == (7, 8, 9, 10, 11, 12, 13)


def test_case_and_blanks_do_not_make_another_contract() -> None:
    logo = contracts_of(sample("a_2026_transaction_report.csv"))["Logo"]
    assert logo.lines == (14, 15, 16, 17)
    assert logo.gross == 1200
    assert logo.longest_gap_days == 48


@pytest.mark.parametrize(
    "other",
    [
        "2026-01-05,8,Hourly,Two,F,C,2,10",
        "2026-01-05,8,Hourly,One,G,C,2,10",
        "2026-01-05,8,Hourly,One,F,D,2,10",
    ],
)
def test_another_title_freelancer_or_client_is_another_contract(other: str) -> None:
    export = report("2026-01-05,7,Hourly,One,F,C,1,10", other)
    assert len(found_contracts(export)) == 2


def test_kinds_that_do_not_agree_are_left_open() -> None:
    export = report("2026-01-05,7,Hourly,One,F,C,1,10", "2026-01-05,8,Milestone,One,F,C,2,10")
    assert [contract.kind for contract in found_contracts(export)] == [""]


def test_rows_of_no_contract_are_the_practices() -> None:
    rows = practice_rows(sample("a_2026_transaction_report.csv"))
    assert [row.type for row in rows] == ["Withdrawal", "Withdrawal Fee", "Connects", "VAT", "Hold"]


def test_the_transaction_history_gives_contracts_by_client_and_description() -> None:
    contracts = contracts_of(sample("b_statements.csv"))
    assert set(contracts) == {"Hourly work", "Logo"}
    assert (contracts["Logo"].gross, contracts["Logo"].fees) == decimals("1328 132.80")
    assert contracts["Hourly work"].hours == Decimal("14.33")
    assert contracts["Hourly work"].lines == (4, 5, 6)


def test_the_same_contract_has_the_same_key_in_the_report_and_in_the_history() -> None:
    in_a = found_contracts(report('"Dec 15, 2023",7,Fixed-price,LOGO,F. Lancer,client #1,1,1328'))
    in_b = contracts_of(sample("b_statements.csv"))["Logo"]
    assert in_a[0].key == in_b.key
    assert len(in_b.key) <= 80


def test_the_weekly_summary_gives_contracts_by_id() -> None:
    header = "Date,Contract,Hours,Amount"
    lines = "2026-09-16,Old name (34000001),5,50\n2026-09-23,New name (34000001),10,100"
    (contract,) = found_contracts(read_export(f"{header}\n{lines}".encode()))
    assert (contract.key, contract.upwork_contract_id) == ("id-34000001", "34000001")
    assert contract.title == "New name"
    assert (contract.gross, contract.hours) == decimals("150 15")
    assert (contract.kind, contract.longest_gap_days) == ("hourly", 7)


def test_the_contract_log_gives_one_contract_per_row() -> None:
    export = sample("d_contract_log.csv")
    contracts = found_contracts(export)
    assert [contract.log for contract in contracts] == list(export.log)
    assert len({contract.key for contract in contracts}) == 4
    assert contracts[0].gross == 1200
    assert contracts[0].last_paid_on is None


def test_keys_do_not_change_when_a_log_is_filled_in() -> None:
    before = read_export(b"title,client,closed_on,rating\nLogo,A,,\nLogo,B,,\n")
    after = read_export(b"title,client,closed_on,rating\nlogo,A,2026-10-02,5\nLogo ,B,,4\n")
    keys = [[contract.key for contract in found_contracts(export)] for export in (before, after)]
    assert keys[0] == keys[1]


def test_contracts_of_one_title_and_client_in_a_log_keep_keys_of_their_own() -> None:
    export = read_export(b"title,client,closed_on\nLogo,A,2026-10-02\nLogo,A,2026-10-03\n")
    assert len({contract.key for contract in found_contracts(export)}) == 2


def test_keys_are_the_same_in_every_run() -> None:
    (contract,) = found_contracts(report("2026-01-05,7,Hourly,One,F,C,1,10"))
    assert contract.key == "work-c04f88d8de290551266b50bc7b6dcb31"


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_every_row_is_in_one_contract_or_the_practices(path: Path) -> None:
    export = read_export(path.read_bytes())
    lines = [line for contract in found_contracts(export) for line in contract.lines]
    lines += [row.line for row in practice_rows(export)]
    assert sorted(lines) == sorted(row.line for row in understood(export))


# Totals


def test_totals_are_per_type_as_spelled_with_two_places() -> None:
    assert totals(sample("b_exchange_rate.csv")) == {
        "Fixed Price": "1328.00",
        "Service Fee": "-132.80",
    }


def test_totals_of_a_log_are_per_kind() -> None:
    log = b"title,kind,earned\na,hourly,10.5\nb,fixed,\nc,,3\nd,hourly,1\n"
    assert totals(read_export(log)) == {
        "Hourly": "11.50",
        "Fixed-price": "0.00",
        "Contract": "3.00",
    }


def test_totals_leave_out_what_was_not_understood() -> None:
    export = report("2026-01-05,7,Hourly,One,F,C,1,10", "2026-01-05,8,Hourly,One,F,C,2,ten")
    assert totals(export) == {"Hourly": "10.00"}


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1328", "1328.00"),
        ("-132.8", "-132.80"),
        ("1.234", "1.234"),
        ("1E+3", "1000.00"),
        ("0", "0.00"),
    ],
)
def test_an_amount_is_plain_and_whole(amount: str, text: str) -> None:
    assert plain_amount(Decimal(amount)) == text


# Money


@dataclass(frozen=True)
class Part:
    category: str
    amount: Decimal
    source: str = MoneySource.TRANSACTIONS
    hours: Decimal | None = None
    paid_on: date = date(2026, 3, 31)


def weekly(
    category: str, amount: int, hours: int | None = None, paid_on: date = date(2026, 3, 20)
) -> Part:
    time = None if hours is None else Decimal(hours)
    return Part(category, Decimal(amount), MoneySource.WEEKLY, time, paid_on)


def test_the_money_of_transactions() -> None:
    money = contract_money(
        [
            Part("earning", Decimal(100)),
            Part("bonus", Decimal(20)),
            Part("reimbursement", Decimal(5)),
            Part("service_fee", Decimal(-12)),
            Part("fee_refund", Decimal(2)),
            Part("refund", Decimal(-30)),
            Part("tax", Decimal(-3)),
            Part("adjustment", Decimal(-1)),
        ]
    )
    assert (money.gross, money.bonuses, money.fees, money.refunds) == decimals("125 20 10 30")
    assert (money.taxes, money.other, money.net) == decimals("3 -1 81")
    assert money.hours is None


@pytest.mark.parametrize(("weeks", "gross"), [(80, 100), (100, 100), (150, 150)])
def test_two_views_of_the_same_money_are_not_added_up(weeks: int, gross: int) -> None:
    rows = [Part("earning", Decimal(100)), Part("service_fee", Decimal(-10))]
    money = contract_money([*rows, weekly("earning", weeks, 8)])
    assert (money.gross, money.fees, money.net) == decimals(f"{gross} 10 {gross - 10}")
    assert money.hours == 8


@pytest.mark.parametrize("worked_on", [date(2026, 3, 16), date(2026, 4, 1)])
def test_weeks_outside_the_time_of_the_transactions_are_added(worked_on: date) -> None:
    paid = Part("earning", Decimal(1000))
    money = contract_money([paid, weekly("earning", 990, 9), weekly("earning", 500, 5, worked_on)])
    assert (money.gross, money.hours) == decimals("1500 14")


def test_hours_are_the_weeks_and_else_the_transactions() -> None:
    of_transaction = Part("earning", Decimal(10), hours=Decimal(7))
    assert contract_money([of_transaction]).hours == 7
    assert contract_money([of_transaction, weekly("earning", 10, 5)]).hours == 5
    assert contract_money([of_transaction, weekly("bonus", 10)]).hours == 7


def test_the_money_of_weeks_alone() -> None:
    money = contract_money([weekly("earning", 50, 5), weekly("bonus", 10), weekly("refund", -5)])
    assert (money.gross, money.bonuses, money.refunds, money.net) == decimals("60 10 5 55")


def test_no_rows_are_no_money() -> None:
    money = contract_money([])
    assert (money.gross, money.fees, money.net) == decimals("0 0 0")
    assert money.hours is None
    assert "-" not in str(money)


@given(
    st.lists(
        st.builds(
            Part,
            st.sampled_from([str(category) for category in PaymentCategory]),
            st.decimals(-(10**6), 10**6, places=2),
        ),
        min_size=1,
    )
)
@UNHURRIED
def test_the_net_of_transactions_is_the_plain_sum_of_their_amounts(rows: list[Part]) -> None:
    assert contract_money(rows).net == sum(row.amount for row in rows)


# Closing dates (C3)


def test_a_silent_contract_is_proposed_closed_a_month_after_the_last_payment() -> None:
    assert CLOSING_GAP_DAYS == 30
    assert proposed_closing_date(date(2026, 1, 1), date(2026, 3, 1)) == date(2026, 1, 31)


def test_no_closing_date_is_proposed_before_it_is_past() -> None:
    assert proposed_closing_date(date(2026, 1, 1), date(2026, 1, 31)) is None
    assert proposed_closing_date(date(2026, 1, 1), date(2026, 2, 1)) == date(2026, 1, 31)
    assert proposed_closing_date(date(2026, 1, 1), date(2026, 1, 12), gap_days=10) == date(
        2026, 1, 11
    )
