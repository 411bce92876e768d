"""The list of profiles: a first time that teaches, and a row for each member of an agency."""

import pytest
from django.test import Client

from tests.factories import actor_with_role, solo_actor

pytestmark = pytest.mark.django_db
TEACHES = "Start with one strong general profile."


def test_the_first_time_it_says_where_to_start(client: Client) -> None:
    client.force_login(solo_actor("Ada").user)

    page = client.get("/profiles/").content.decode()

    assert TEACHES in page
    assert page.count("Write the general profile") == 1


def test_several_without_a_profile_are_a_line_each(client: Client) -> None:
    owner = actor_with_role("owner", name="Anna")
    actor_with_role("member", practice=owner.practice, name="Boris")
    client.force_login(owner.user)

    page = client.get("/profiles/").content.decode()

    assert TEACHES not in page
    assert page.count("No profile yet") == 2
    assert 'Write the general profile<span class="sr-only">: Boris</span>' in page
