"""The composer: from a pasted post to a letter that is ready to copy (B1, B2)."""

import datetime as dt

import pytest
from django.test import Client

from accounts.actors import Actor
from accounts.models import Freelancer
from proposals.composer_page import ComposerPage
from proposals.composer_services import proposal_begin, template_use
from proposals.models import Piece, Proposal, ScreeningAnswer, UsedBlock
from tests.factories import FreelancerFactory, closed_contract
from tests.profiles.samples import a_profile
from tests.proposals.samples import a_piece

pytestmark = pytest.mark.django_db

NEW = "/proposals/new/"
POST = """Faster checkout for our tea shop
Posted 2 hours ago
We sell tea in our Shopify shop and lose orders in the checkout.
Please begin your proposal with the word "oolong".
Thanks, Maria
You will be asked to answer the following questions when submitting a proposal:
Which Shopify shops have you made faster?
Skills and Expertise
Shopify
Page Speed Optimization
"""
BODY = "Hi {{ client_name }},\n\nyour checkout loses orders: {{ problem }}\n\nWho uses it most?"


def begun(actor: Actor, post: str = POST) -> Proposal:
    assert actor.freelancer
    made = proposal_begin(actor=actor, freelancer=actor.freelancer, text=post)
    rows = Proposal.objects.select_related("freelancer", "profile", "template__piece")
    return rows.get(pk=made.pk)


def url_of(proposal: Proposal, part: str = "") -> str:
    return f"/proposals/{proposal.public_id}/{part}"


def the_answer() -> str:
    """The name of the only question's field."""
    return f"answer-{ScreeningAnswer.objects.get().key}"


def test_a_pasted_post_becomes_a_draft_with_its_facts(client: Client, actor: Actor) -> None:
    a_profile(actor, title="Shopify speed", skills=["Shopify"])
    fits = a_piece(actor, name="Shops", body=BODY, skills=["Shopify"])
    a_piece(actor, name="Films", body="I cut films.", skills=["Film editing"])
    answer = client.post(NEW, {"post": POST})
    proposal = Proposal.objects.select_related("template", "profile").get()
    assert answer.headers["Location"] == url_of(proposal)
    assert proposal.title == "Faster checkout for our tea shop"
    assert proposal.client_name == "Maria"
    assert proposal.facts["skills"] == ["Shopify", "Page Speed Optimization"]
    assert proposal.facts["requests"][0]["word"] == "oolong"
    assert ScreeningAnswer.objects.get().question == "Which Shopify shops have you made faster?"
    assert proposal.template
    assert (proposal.template.piece_id, proposal.body) == (fits.pk, BODY)
    assert proposal.profile
    page = client.get(url_of(proposal)).content.decode()
    assert "Hi Maria," in page
    assert "{{ problem }}" in page


def test_the_same_post_again_leads_to_the_first_draft(client: Client, actor: Actor) -> None:
    first = begun(actor)
    again = POST.replace("2 hours", "3 days")
    answer = client.post(NEW, {"post": again})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "You have answered this post already" in page
    assert url_of(first) in page
    assert "lose orders in the checkout" in page
    assert client.post(NEW, {"post": again, "again": "1"}).status_code == 302
    assert Proposal.objects.count() == 2


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ("", "Paste the job post here."),
        ("screenshot.png", "Is it a picture?"),
        ("tea " * 20_000, "This has 79,999 characters, and 50,000 are read."),
        ("<script>alert(1)</script>", "Paste the job post here."),
    ],
)
def test_what_can_not_be_read_is_said_and_kept(
    client: Client, actor: Actor, post: str, words: str
) -> None:
    answer = client.post(NEW, {"post": post})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert post[:40].replace("<", "&lt;").replace(">", "&gt;") in page
    assert not Proposal.objects.exists()


def test_a_manager_chooses_for_whom(client: Client, actor: Actor) -> None:
    """A8: written from a member's profile, under the writer's own name."""
    member: Freelancer = FreelancerFactory.create(practice=actor.practice, name="Kim")
    client.post(NEW, {"post": POST, "freelancer": member.public_id})
    proposal = Proposal.objects.select_related("freelancer").get()
    assert (proposal.freelancer, proposal.who_name) == (member, str(actor.user))
    assert "written by" in client.get(url_of(proposal)).content.decode()


def saved(client: Client, proposal: Proposal, **values: str) -> str:
    """Type into the letter as the page's script sends it; hands back the answer."""
    seen = ComposerPage(actor_of(proposal), proposal).seen
    data = {"body": proposal.body, "seen": seen, **values}
    answer = client.post(url_of(proposal), data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def actor_of(proposal: Proposal) -> Actor:
    membership = proposal.practice.memberships.select_related("user", "practice").get()
    return Actor(membership.user, membership.practice, membership)


@pytest.fixture
def proposal(actor: Actor) -> Proposal:
    a_piece(actor, body=BODY)
    made = begun(actor)
    return Proposal.objects.select_related("freelancer", "practice", "profile", "template").get(
        pk=made.pk
    )


def test_what_is_filled_is_in_the_letter_at_once(client: Client, proposal: Proposal) -> None:
    answer = saved(client, proposal, **{"value-problem": "the address is asked for twice."})
    assert "your checkout loses orders: the address is asked for twice." in answer
    assert Proposal.objects.get().values["problem"] == "the address is asked for twice."
    assert 'data-finding="placeholder-empty"' not in answer
    assert 'data-finding="code-word-missing"' in answer


def test_what_fills_a_place_is_never_read_again(client: Client, proposal: Proposal) -> None:
    answer = saved(client, proposal, **{"value-problem": "{{ my_name }} <b>{% now 'Y' %}"})
    assert "loses orders: {{ my_name }} &lt;b&gt;{% now &#x27;Y&#x27; %}" in answer


def test_a_new_placeholder_in_the_text_gets_its_field(client: Client, proposal: Proposal) -> None:
    answer = saved(client, proposal, body="{{ first_step }} {{ nobody }}")
    assert 'name="value-first_step"' in answer
    assert 'data-finding="placeholder-unknown"' in answer


def test_too_much_text_is_said_and_the_rest_is_saved(client: Client, proposal: Proposal) -> None:
    answer = saved(client, proposal, body="x" * 20_001, **{"value-problem": "kept"}, bid="-5")
    assert "at most 20000 characters" in answer
    assert "This is not saved." in answer
    stored = Proposal.objects.get()
    assert (stored.body, stored.values["problem"], stored.bid) == (BODY, "kept", None)


def test_an_invitation_costs_no_connects(client: Client, proposal: Proposal) -> None:
    """B6."""
    saved(client, proposal, connects="12", is_invitation="on")
    stored = Proposal.objects.get()
    assert (stored.is_invitation, stored.connects) == (True, 0)


def test_two_people_do_not_overwrite_each_other(client: Client, proposal: Proposal) -> None:
    seen = ComposerPage(actor_of(proposal), proposal).seen
    client.post(url_of(proposal), {"body": "Theirs", "seen": seen})
    answer = client.post(url_of(proposal), {"body": "Mine", "seen": seen})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Somebody saved another text meanwhile" in page
    assert "Mine</textarea>" in page
    assert Proposal.objects.get().body == "Theirs"
    client.post(url_of(proposal), {"body": "Mine", "seen": seen, "keep": "1"})
    assert Proposal.objects.get().body == "Mine"


def test_another_template_and_the_way_back(client: Client, actor: Actor) -> None:
    a_piece(actor, body=BODY)
    other = a_piece(actor, name="Other", body="Quite another text.")
    made = begun(actor)
    answer = client.post(url_of(made, "template/"), {"template": other.public_id}, follow=True)
    assert "This is “Other” now." in answer.content.decode()
    assert Proposal.objects.get().body == "Quite another text."
    assert "Have the text back" in client.get(url_of(made, "text-back/")).content.decode()
    client.post(url_of(made, "text-back/"))
    assert Proposal.objects.get().body == BODY


def test_the_niche_is_the_templates(client: Client, actor: Actor) -> None:
    """So that what works is told by niche too (B1)."""
    a_piece(actor, body=BODY, niche="online shops")
    other = a_piece(actor, name="Films", body="I cut films.", niche="films")
    made = begun(actor)
    assert made.niche == "online shops"
    client.post(url_of(made, "template/"), {"template": other.public_id})
    assert Proposal.objects.get().niche == "films"


def test_no_text_is_lost_under_several_templates(client: Client, actor: Actor) -> None:
    first = a_piece(actor, name="First", body=BODY)
    other = a_piece(actor, name="Other", body="Quite another text.")
    made = begun(actor)
    client.post(url_of(made), {"body": "My own words."})
    for piece in (first, first, other, other):
        client.post(url_of(made, "template/"), {"template": piece.public_id})
    client.post(url_of(made, "text-back/"))
    stored = Proposal.objects.select_related("template").get()
    assert stored.body == BODY
    assert stored.template
    assert stored.template.piece_id == first.pk
    client.post(url_of(made, "text-back/"))
    assert Proposal.objects.get().body == "My own words."
    client.post(url_of(made, "text-back/"))
    assert Proposal.objects.get().body == "Quite another text."


def test_what_fills_mine_is_kept_where_theirs_has_no_such_place(
    client: Client, proposal: Proposal
) -> None:
    seen = ComposerPage(actor_of(proposal), proposal).seen
    client.post(url_of(proposal), {"body": "Theirs", "seen": seen})
    mine = {"body": BODY, "seen": seen, "value-problem": "it is slow"}
    assert "it is slow" in client.post(url_of(proposal), mine).content.decode()
    by_script = client.post(url_of(proposal), mine, headers={"HX-Request": "true"})
    assert 'id="fill"' not in by_script.content.decode()  # it stays as it is on the page
    client.post(url_of(proposal), mine | {"keep": "1"})
    assert Proposal.objects.get().values["problem"] == "it is slow"


def test_an_answer_of_another_tab_is_not_overwritten(client: Client, proposal: Proposal) -> None:
    seen = ComposerPage(actor_of(proposal), proposal).seen
    client.post(url_of(proposal), {"seen": seen, "body": BODY, the_answer(): "Three tea shops."})
    mine = {"seen": seen, "body": BODY, the_answer(): "One shop."}
    answer = client.post(url_of(proposal), mine)
    assert answer.status_code == 422
    assert ">One shop.</textarea>" in answer.content.decode()
    assert ScreeningAnswer.objects.get().answer == "Three tea shops."
    client.post(url_of(proposal), mine | {"keep": "1"})
    assert ScreeningAnswer.objects.get().answer == "One shop."


def test_an_invitation_with_odd_connects_is_no_error(client: Client, proposal: Proposal) -> None:
    Proposal.objects.update(connects=16)
    proposal.connects = 16
    page = saved(client, proposal, is_invitation="on", connects="many")
    assert "This is not saved." in page
    stored = Proposal.objects.get()
    assert (stored.is_invitation, stored.connects) == (True, 0)


@pytest.mark.parametrize("facts", [{"skills": None}, {"questions": "one"}, {"skills": [1]}])
def test_odd_facts_are_left_out(
    client: Client, proposal: Proposal, facts: dict[str, object]
) -> None:
    Proposal.objects.update(facts=facts)
    assert client.get(url_of(proposal)).status_code == 200


def test_what_was_removed_is_not_written_on(client: Client, proposal: Proposal) -> None:
    client.post(url_of(proposal, "remove/"))
    assert client.get(url_of(proposal)).status_code == 404
    assert client.post(url_of(proposal, "sent/")).status_code == 404
    assert Proposal.objects.get().stage == "draft"


def test_a_block_and_proof_from_the_log_are_added_once(client: Client, actor: Actor) -> None:
    assert actor.freelancer
    block = a_piece(actor, kind="case", name="Tea shop", body="For a tea shop I cut two steps.")
    day = dt.date(2026, 1, 31)
    good = closed_contract(actor.freelancer, day, "5.00", title="Shopify checkout")
    bad = closed_contract(actor.freelancer, day, "2.00", title="Shopify theme")
    made = begun(actor)
    page = client.get(url_of(made)).content.decode()
    assert "A similar job: Shopify checkout." in page
    assert "Shopify theme" not in page
    for _twice in range(2):
        client.post(url_of(made, "block/"), {"block": block.public_id})
        client.post(url_of(made, "block/"), {"log": good.public_id})
    assert Proposal.objects.get().body == (
        "For a tea shop I cut two steps.\n\nA similar job: Shopify checkout. "
        "The client rated it 5.0 of 5."
    )
    assert UsedBlock.objects.select_related("version").get().version.piece_id == block.pk
    assert client.post(url_of(made, "block/"), {"log": bad.public_id}).status_code == 404


def test_an_answer_is_offered_when_a_similar_question_comes(client: Client, actor: Actor) -> None:
    first = begun(actor)
    seen = ComposerPage(actor, first).seen
    answer = "Three of them, the last one in May."
    client.post(url_of(first), {"seen": seen, the_answer(): answer})
    assert ScreeningAnswer.objects.get().answer == answer
    other = POST.replace("We sell tea", "We sell coffee").replace(
        "Which Shopify shops have you made faster?", "Which Shopify shops did you make faster?"
    )
    page = client.get(url_of(begun(actor, other))).content.decode()
    assert "You answered “Which Shopify shops have you made faster?” before" in page
    assert answer in page


def test_facts_are_corrected_and_answers_stay(client: Client, proposal: Proposal) -> None:
    row = ScreeningAnswer.objects.get()
    ScreeningAnswer.objects.update(answer="Three.")
    data = {"title": "Tea", "client_name": "Mira", "kind": "fixed", "budget": "1500", "hires": "9"}
    assert client.post(url_of(proposal, "facts/"), data).status_code == 302
    stored = Proposal.objects.get()
    assert (stored.title, stored.client_name, stored.kind) == ("Tea", "Mira", "fixed")
    assert (stored.facts["budget"], stored.facts["hires"]) == ("1500", "9")
    assert ScreeningAnswer.objects.get().answer == "Three."
    client.post(url_of(proposal, "facts/"), {**data, "questions": f"New one?\n{row.question}"})
    kept = ScreeningAnswer.objects.in_order().values_list("question", "answer")
    assert list(kept) == [("New one?", ""), (row.question, "Three.")]


def test_facts_corrected_in_two_tabs_are_not_lost(client: Client, proposal: Proposal) -> None:
    seen = client.get(url_of(proposal)).context["facts_form"]["seen"].value()
    client.post(url_of(proposal, "facts/"), {"title": "Theirs", "seen": seen})
    answer = client.post(url_of(proposal, "facts/"), {"title": "Mine", "seen": seen})
    assert answer.status_code == 422
    assert "Somebody corrected these meanwhile." in answer.content.decode()
    assert Proposal.objects.get().title == "Theirs"
    again = {"title": "Mine", "seen": answer.context["facts_form"]["seen"].value()}
    assert client.post(url_of(proposal, "facts/"), again).status_code == 302
    assert Proposal.objects.get().title == "Mine"


def test_a_bid_of_another_tab_is_not_overwritten(client: Client, proposal: Proposal) -> None:
    page = ComposerPage(actor_of(proposal), proposal)
    for bid in ("40", "50"):
        client.post(url_of(proposal), {"bid": bid, "seen": page.seen})
    assert Proposal.objects.get().bid == 40


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": ""}, "This field is required."),
        ({"budget": "-5"}, "greater than or equal to 0"),
        ({"rate_low": "60", "rate_high": "40"}, "The higher rate is lower than the lower one."),
    ],
)
def test_wrong_facts_are_said(
    client: Client, proposal: Proposal, values: dict[str, str], words: str
) -> None:
    answer = client.post(url_of(proposal, "facts/"), {"title": "Tea", **values})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Proposal.objects.get().title == "Faster checkout for our tea shop"


def test_copied_is_kept_and_the_next_letter_is_held_against_it(
    client: Client, actor: Actor
) -> None:
    """B1: how much of a letter was sent before."""
    body = "I have read your post with great care. " * 8
    a_piece(actor, body=body)
    first = begun(actor)
    assert client.post(url_of(first, "copied/")).status_code == 204
    assert Proposal.objects.get().letter == body.strip()
    second = begun(actor, POST.replace("tea", "coffee"))
    page = client.get(url_of(second)).content.decode()
    assert 'data-finding="generic-and-shared"' in page


def test_sent_by_hand_it_is_in_the_funnel_and_can_be_taken_back(
    client: Client, proposal: Proposal
) -> None:
    """B5, B7."""
    page = client.post(url_of(proposal, "sent/"), follow=True).content.decode()
    stored = Proposal.objects.get()
    assert (stored.stage, bool(stored.sent_at)) == ("sent", True)
    assert stored.letter.startswith("Hi Maria,")
    assert "is sent." in page
    assert "/undo/" in page
    client.post(url_of(proposal), {"body": "Another text"})
    for act in ("sent/", "copied/"):  # from a tab that is older
        client.post(url_of(proposal, act))
    again = Proposal.objects.get()
    assert (again.moves.count(), again.letter) == (1, stored.letter)


def test_a_template_of_somebody_else_is_not_there(client: Client, actor: Actor) -> None:
    made = begun(actor)
    other: Freelancer = FreelancerFactory.create(practice=actor.practice)
    theirs = Piece.objects.create(
        practice=actor.practice, freelancer=other, kind="template", name="x", body="y"
    )
    answer = client.post(url_of(made, "template/"), {"template": theirs.public_id})
    assert answer.status_code == 404
    for odd in ("", "nobody", "\0"):
        assert client.post(url_of(made, "template/"), {"template": odd}).status_code == 404


def test_using_a_template_twice_loses_nothing(actor: Actor) -> None:
    piece = a_piece(actor, body=BODY)
    made = begun(actor)
    template_use(actor=actor, proposal=made, template=piece)
    assert not Proposal.objects.get().facts["body_before"]


def test_the_page_takes_the_same_queries_for_few_and_for_many(
    client: Client, actor: Actor, django_assert_max_num_queries: object
) -> None:
    for number in range(15):
        a_piece(actor, name=f"Text {number}", body=f"{BODY} {number}")
        begun(actor, POST.replace("tea", f"tea number {number}"))
    made = begun(actor)
    client.get(url_of(made))
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        client.get(url_of(made))
