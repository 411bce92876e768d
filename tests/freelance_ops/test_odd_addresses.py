"""Whatever stands behind the question mark of an address, the answer is no error of ours."""

import pytest
from django.test import Client

from accounts.actors import Actor
from tests.factories import closed_contract

pytestmark = pytest.mark.django_db

PAGES = ("/", "/contracts/", "/contracts/grid/", "/contracts/import/", "/jss/", "/search/")
PARAMETERS = (
    *("page", "sort", "show", "q", "client", "freelancer", "closed_from", "closed_to"),
    *("as_of", "target", "per_month", "in_window", "rows", "dates", "open", "status"),
)
VALUES = (
    *("", "zzz", "-1", "0", "9" * 30, "__class__", "-title__x", "9999-99-99", "0001-01-01"),
    *("9999-12-31", "1e309", "NaN", "'\";--", "\x00", "\ud7ff\U0001f648", "%", "a" * 5_000),
)


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
@pytest.mark.parametrize("path", PAGES)
def test_odd_values_are_answered(client: Client, actor: Actor, path: str, value: str) -> None:
    assert actor.freelancer
    closed_contract(actor.freelancer, "2026-01-15", "5.00")
    together = client.get(path, dict.fromkeys(PARAMETERS, value))
    assert together.status_code in {200, 302, 404}
    if path in {"/contracts/", "/jss/"}:
        for parameter in PARAMETERS:
            alone = client.get(path, {parameter: value})
            assert alone.status_code in {200, 302, 404}, parameter


@pytest.mark.parametrize("part", ["%00", "x%00y", "%ff", "..", "0" * 14, "nobody", "%F0%9F%98%80"])
@pytest.mark.parametrize(
    "address", ["/contracts/{}/", "/jss/{}/", "/profiles/{}/", "/profiles/of/{}/rates/"]
)
def test_an_id_that_can_be_none_is_not_there(
    client: Client, actor: Actor, address: str, part: str
) -> None:
    """PostgreSQL takes no NUL: what cannot be an id is not looked for."""
    assert client.get(address.format(part)).status_code == 404
