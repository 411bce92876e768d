"""Which contract of the practice a contract of a file is."""

from decimal import Decimal

import pytest

from accounts.actors import Actor
from contracts.imports.sentences import sentence
from contracts.models import Contract, Payment
from tests.contracts.import_files import (
    contract,
    imported,
    item,
    paid,
    previewed,
    report,
    statuses,
    weekly,
)
from tests.factories import ClientFactory, ContractFactory, FreelancerFactory

LOGO = paid("2026-09-18", 9001, "1000.00")


def stored(actor: Actor, client: str = "Client Two", **fields: object) -> Contract:
    fields = {"title": "Logo", **fields}
    made = ClientFactory.create(practice=actor.practice, name=client) if client else None
    return ContractFactory.create(freelancer=actor.freelancer, client=made, **fields)


def test_nothing_stored_means_new(actor: Actor) -> None:
    assert statuses(previewed(actor, report(LOGO))) == {"new": 1}


def test_client_and_title_tell_a_contract_in_any_case_and_spacing(actor: Actor) -> None:
    own = stored(actor, client="client  TWO", title="  LOGO ")
    batch = previewed(actor, report(LOGO))
    assert statuses(batch) == {"changed": 1}
    assert item(batch).match == own


def test_another_client_means_another_contract(actor: Actor) -> None:
    stored(actor, client="Client Three")
    assert statuses(previewed(actor, report(LOGO))) == {"new": 1}


def test_another_freelancers_contract_is_never_matched(actor: Actor) -> None:
    other = FreelancerFactory.create(practice=actor.practice)
    client = ClientFactory.create(practice=actor.practice, name="Client Two")
    ContractFactory.create(freelancer=other, client=client, title="Logo")
    assert statuses(previewed(actor, report(LOGO))) == {"new": 1}


def test_the_same_file_again_is_known(actor: Actor) -> None:
    imported(actor, report(LOGO))
    assert statuses(previewed(actor, report(LOGO))) == {"known": 1}


def test_a_file_that_adds_a_payment_changes_the_contract(actor: Actor) -> None:
    imported(actor, report(LOGO))
    batch = previewed(actor, report(LOGO, paid("2026-10-01", 9002, "10.00")))
    assert statuses(batch) == {"changed": 1}
    assert (item(batch).rows, item(batch).rows_known) == (2, 1)


def test_a_renamed_contract_is_recognised_by_its_payments(actor: Actor) -> None:
    imported(actor, report(LOGO))
    Contract.objects.update(title="Brand identity")
    batch = previewed(actor, report(LOGO, paid("2026-10-01", 9002, "10.00")))
    assert statuses(batch) == {"changed": 1}
    assert item(batch).match == contract(actor, "Brand identity")


def test_a_contract_without_client_is_in_doubt_and_proposed(actor: Actor) -> None:
    own = stored(actor, client="")
    batch = previewed(actor, report(LOGO))
    assert statuses(batch) == {"doubtful": 1}
    assert item(batch).match == own
    assert item(batch).facts["default"] == "add"


def test_of_several_contracts_the_nearest_in_time_is_proposed(actor: Actor) -> None:
    client = ClientFactory.create(practice=actor.practice, name="Client Two")
    common = {"freelancer": actor.freelancer, "client": client, "title": "Logo"}
    ContractFactory.create(**common, started_on="2023-01-01", closed_on="2023-02-01")
    near = ContractFactory.create(**common, started_on="2026-09-01", closed_on="2026-10-01")
    ContractFactory.create(**common, started_on="2024-01-01", closed_on="2024-02-01")
    batch = previewed(actor, report(LOGO))
    assert statuses(batch) == {"doubtful": 1}
    assert item(batch).match == near
    assert sentence(item(batch).facts["reason"]).startswith("You have 3 contracts")


def test_weeks_are_matched_by_upwork_id_whatever_the_title(actor: Actor) -> None:
    own = stored(actor, title="Renamed since", upwork_contract_id="36000002")
    batch = previewed(actor, weekly(("2026-09-24", "Small site (36000002)", "", "250")))
    assert statuses(batch) == {"changed": 1}
    assert item(batch, "Small site").match == own


def test_weeks_with_only_the_title_in_common_are_in_doubt(actor: Actor) -> None:
    own = stored(actor, title="Small site")
    batch = previewed(actor, weekly(("2026-09-24", "Small site (36000002)", "", "250")))
    assert statuses(batch) == {"doubtful": 1}
    assert item(batch, "Small site").match == own


def test_weeks_of_another_id_are_another_contract(actor: Actor) -> None:
    stored(actor, title="Small site", upwork_contract_id="11111111")
    batch = previewed(actor, weekly(("2026-09-24", "Small site (36000002)", "", "250")))
    assert statuses(batch) == {"new": 1}


def test_two_ids_of_one_title_do_not_share_a_contract(actor: Actor) -> None:
    own = stored(actor, title="Small site")
    batch = previewed(
        actor,
        weekly(
            ("2026-09-24", "Small site (36000002)", "", "250"),
            ("2026-09-24", "Small site (36000003)", "", "100"),
        ),
    )
    first, second = batch.items.select_related("match").order_by("number")
    assert (first.match, second.match) == (own, None)
    assert second.facts["default"] == "new"
    assert statuses(batch) == {"doubtful": 2}


def test_weeks_put_on_a_contract_once_are_certain_the_next_time(actor: Actor) -> None:
    stored(actor, title="Small site")
    row = ("2026-09-24", "Small site (36000002)", "", "250")
    imported(actor, weekly(row))
    assert contract(actor, "Small site").upwork_contract_id == "36000002"
    batch = previewed(actor, weekly(row, ("2026-10-01", "Small site (36000002)", "", "10")))
    assert statuses(batch) == {"changed": 1}


def test_the_history_and_the_report_hold_the_same_payments(actor: Actor) -> None:
    history = (
        b"Date,Ref ID,Type,Description,Agency,Freelancer,Team,Account Name,PO,Amount,"
        b"Amount in local currency,Currency,Balance\n"
        b'"Sep 18, 2026",9001,Fixed Price,Invoice for Logo,,F. Lancer,Client Two,F. Lancer,,'
        b"1000,,,1\n"
    )
    imported(actor, report(LOGO))
    assert statuses(previewed(actor, history)) == {"known": 1}


class TestWeeksThatWentOn:
    """A weekly row has no id of Upwork's: a week that grew must not be counted twice."""

    def test_a_week_that_grew_replaces_the_stored_one(self, actor: Actor) -> None:
        imported(actor, weekly(("2026-09-16", "Site (34000001)", "3", "30")))
        imported(actor, weekly(("2026-09-16", "Site (34000001)", "5.5", "55")))
        assert Payment.objects.count() == 1
        assert contract(actor, "Site").hours == Decimal("5.5")
        assert contract(actor, "Site").earned == 55

    def test_after_that_the_same_file_is_known(self, actor: Actor) -> None:
        imported(actor, weekly(("2026-09-16", "Site (34000001)", "3", "30")))
        grown = weekly(("2026-09-16", "Site (34000001)", "5.5", "55"))
        imported(actor, grown)
        assert statuses(previewed(actor, grown)) == {"known": 1}

    def test_a_part_of_a_stored_week_adds_nothing(self, actor: Actor) -> None:
        imported(actor, weekly(("2026-09-16", "Site (34000001)", "5.5", "55")))
        batch = previewed(actor, weekly(("2026-09-16", "Site (34000001)", "2", "20")))
        assert statuses(batch) == {"known": 1}

    def test_weeks_divided_otherwise_are_left_out_unless_wanted(self, actor: Actor) -> None:
        imported(actor, weekly(("2026-09-16", "Site (34000001)", "5.5", "55")))
        batch = previewed(
            actor,
            weekly(
                ("2026-09-16", "Site (34000001)", "3", "30"),
                ("2026-09-16", "Site (34000001)", "2.5", "25"),
            ),
        )
        assert statuses(batch) == {"doubtful": 1}
        assert item(batch, "Site").facts["default"] == "leave_out"

    def test_two_bonuses_of_one_day_are_two(self, actor: Actor) -> None:
        imported(actor, weekly(("2026-09-16", "Site (34000001)", "", "30")))
        imported(actor, weekly(("2026-09-16", "Site (34000001)", "", "55")))
        assert contract(actor, "Site").earned == 85


@pytest.mark.parametrize("title", ["İSTANBUL Straße", "ЛОГО для сайта", "Ünïcode"])
def test_titles_and_clients_of_any_script_are_matched(actor: Actor, title: str) -> None:
    imported(actor, report(paid("2026-09-18", 9001, "1", title=title, client=title)))
    swapped = report(paid("2026-10-18", 9002, "1", title=title.upper(), client=title.upper()))
    imported(actor, swapped)
    assert Contract.objects.count() == 1
