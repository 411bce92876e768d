"""Ids that stand in URLs."""

import re

import pytest
from django.http import Http404, HttpResponse
from django.urls import path, register_converter

from accounts.actors import Actor
from accounts.models import Freelancer
from accounts.public_ids import (
    ALPHABET,
    LENGTH,
    PATTERN,
    PublicIdConverter,
    get_by_public_id,
    new_public_id,
)


def test_an_id_carries_eighty_bits() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert len(ALPHABET) ** LENGTH >= 2**80


def test_an_id_has_no_letters_that_look_alike() -> None:
    assert not set("0O1Ilio") & set(ALPHABET)
    assert ALPHABET.isascii()
    assert ALPHABET.isalnum()


def test_ids_differ_and_use_the_whole_alphabet() -> None:
    ids = [new_public_id() for _ in range(2_000)]
    assert len(set(ids)) == len(ids)
    assert set("".join(ids)) == set(ALPHABET)
    assert all(re.fullmatch(PATTERN, one) for one in ids)


@pytest.mark.django_db
def test_a_row_is_found_by_its_id(actor: Actor) -> None:
    assert actor.freelancer
    rows = Freelancer.objects.for_actor(actor)
    assert get_by_public_id(rows, actor.freelancer.public_id) == actor.freelancer


@pytest.mark.django_db
@pytest.mark.parametrize(
    "public_id",
    ["", "short", "\0" * 14, new_public_id(), "x" * 10_000],
    ids=["empty", "short", "nulls", "unknown", "long"],  # the same in each of xdist's processes
)
def test_what_is_no_id_is_a_404(actor: Actor, public_id: str) -> None:
    with pytest.raises(Http404):
        get_by_public_id(Freelancer.objects.for_actor(actor), public_id)


def test_routes_take_ids_and_nothing_else() -> None:
    register_converter(PublicIdConverter, "public_id_in_this_test")
    route = path("<public_id_in_this_test:public_id>/", lambda request: HttpResponse())
    one = new_public_id()
    assert route.resolve(f"{one}/").kwargs == {"public_id": one}  # type: ignore[union-attr]
    assert route.resolve("0/") is None
    assert route.resolve("\0" * 14 + "/") is None
