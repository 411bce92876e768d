"""Every page in look.md's four variants, empty and full: axe finds nothing, nothing runs over the
edge, the console stays silent, no request leaves the host. The pictures are kept for looking at.

The pages of one's account and those before signing in are in `test_account_pages`.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Literal

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from accounts.actors import Actor
from accounts.calendar_feeds import feed_create
from accounts.models import Freelancer
from contracts.models import Contract
from freelance_ops.demo.build import sample_practice_create
from jss.services import reading_record
from profiles.models import Profile
from proposals.models import Piece, Proposal
from tests.browser.conftest import PHONE, WIDE, axe_findings, keep_picture
from tests.factories import solo_actor
from tests.profiles.samples import a_profile
from tests.proposals.samples import some_connects

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"wide": WIDE, "phone": PHONE}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

PAGES = {
    "today": "/",
    "contracts": "/contracts/",
    "contracts-filtered": "/contracts/?show=without-feedback",
    "contract-new": "/contracts/new/",
    "grid": "/contracts/grid/?show=all",
    "closeout": "/contracts/closeout/",
    "closeout-intervals": "/contracts/closeout/intervals/",
    "messages": "/contracts/messages/?language=uk",
    "message-edit": "/contracts/messages/ping/en/",
    "import": "/contracts/import/",
    "job-success": "/jss/",
    "job-success-bad-input": "/jss/?as_of=never&target=900",
    "agency": "/jss/agency/?good=3&own_bad=1&silent=x&moves=nobodys",
    "profiles": "/profiles/",
    "proposals": "/proposals/",
    "proposals-table": "/proposals/?view=table",
    "proposals-works": "/proposals/works/",
    "connects": "/proposals/connects/",
    "proposal-new": "/proposals/new/",
    "proposal-texts": "/proposals/texts/",
    "proposal-text-new": "/proposals/texts/new/?kind=question",
    "search": "/search/?q=a",
    "keys": "/keys/",
    "reminders": "/mail/reminders/",
    "mails": "/mail/",
    "calendar": "/settings/calendar/",
}
# Forms about a person or a practice: they look the same without contracts.
ALIKE = {"proposal-new", "contract-new", "closeout-intervals", "keys", "reminders"}
# The sentence beside a field is the same above two years of contracts; an agency is a team.
EMPTY_ONLY = {"job-success-bad-input", "agency"}
FULL_ONLY = {
    "job-success-trending": "/jss/{freelancer}/?rules=trending",
    "contract": "/contracts/{contract}/",
    "contract-effect": "/jss/contract/{contract}/",
    "what-if": "/jss/{freelancer}/what-if/?good=3&bad=1&monthly=2",
    "what-if-bad-input": "/jss/{freelancer}/what-if/?good=x&target=100&flip=nobodys",
    "why": "/jss/{freelancer}/why/",
    "why-year": "/jss/{freelancer}/why/?from=2025-06-30&to=2026-06-30",
    "lifts": "/jss/{freelancer}/lifts/",
    "lifts-plan": "/jss/{freelancer}/lifts/?target=99&by={today}&change=1",
    "top-rated": "/jss/{freelancer}/top-rated/",
    "history": "/jss/{freelancer}/history/",
    "recovery": "/jss/{freelancer}/recovery/",
    "recovery-answer": "/jss/{freelancer}/recovery/answer/",
    "readings": "/jss/{freelancer}/calibration/?fit=1&base=classic",
    "profile-figures": "/profiles/of/{freelancer}/figures/",
    "profile-checklists": "/profiles/of/{freelancer}/checklists/",
    "profile-draft": "/profiles/{profile}/",
    "profile-preview": "/profiles/{profile}/preview/",
    "profile-versions": "/profiles/{profile}/versions/",
    "proposals-forgotten": "/proposals/?view=table&show=forgotten",
    "proposals-bad-input": "/proposals/?view=table&show=married&q=zebra",
    "proposal-stage": "/proposals/{proposal}/stage/",
    "proposal-letter": "/proposals/{draft}/",
    "proposal-text": "/proposals/texts/{text}/",
    "placeholder-new": "/proposals/placeholders/new/",
    "contract-edit": "/contracts/{contract}/edit/",
    "contract-closeout": "/contracts/closeout/{talk}/",
    "contract-deliver": "/contracts/{talk}/deliver/",
    "profile-match-first": "/profiles/of/{freelancer}/match/",
    "profile-match": "/profiles/of/{freelancer}/match/?example=1",
    "profile-rates": "/profiles/of/{freelancer}/rates/?value=10000&hours=20&peers=60+75+90",
    "profile-rates-bad-input": "/profiles/of/{freelancer}/rates/?rate=-5&target=x&wage=0&peers=1",
}


def look_at(page: Page, name: str, path: str) -> None:
    """Open a page in the four variants; nothing may be wrong with any."""
    found = findings_at(page, name, path)
    assert not found, "\n".join(found)


def findings_at(page: Page, name: str, path: str) -> list[str]:
    """Open a page in the four variants, keep the pictures, and say what is wrong with any."""
    found = []
    for scheme in SCHEMES:
        # Loaded anew for each: Chromium repaints an open page piece by piece, and axe would measure
        # the colours of both schemes at once.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        answer = page.goto(path)
        assert answer
        assert answer.status == 200, path
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            over = page.evaluate("document.documentElement.scrollWidth") - width
            found += [f"{size}: {over} pixels wider than the screen"] if over > 0 else []
            keep_picture(page, f"{name}-{size}-{scheme}", full_page=True)
            # Contrast depends on the scheme and targets on the size: two runs see both of each.
            if (size, scheme) in {("wide", "light"), ("phone", "dark")}:
                found += [f"{size} {scheme}: {finding}" for finding in axe_findings(page)]
    return found


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ALIKE])
def test_an_empty_practice(name: str, page: Page, signed_in: Callable[[Page, Actor], Page]) -> None:
    look_at(signed_in(page, solo_actor()), f"{name}-empty", PAGES[name])


FULL = [name for name in (*PAGES, *FULL_ONLY) if name not in EMPTY_ONLY]
A_FEW = 7  # the sample takes seconds to make, and a page takes few


@pytest.mark.parametrize("first", range(0, len(FULL), A_FEW))
def test_two_years_of_contracts(
    first: int, page: Page, signed_in: Callable[[Page, Actor], Page]
) -> None:
    actor = with_sample()
    contract = Contract.objects.filter(practice=actor.practice, log_entries__isnull=False)[0]
    talk = Contract.objects.open().filter(closeout_events__practice=actor.practice)[0]
    assert actor.freelancer
    ids = {
        "contract": contract.public_id,
        "talk": talk.public_id,
        "freelancer": actor.freelancer.public_id,
        "profile": Profile.objects.filter(practice=actor.practice).general().get().public_id,
        "proposal": Proposal.objects.get(practice=actor.practice, stage="call").public_id,
        "draft": Proposal.objects.drafts().exclude(post="").get(practice=actor.practice).public_id,
        "text": Piece.objects.templates().filter(practice=actor.practice)[0].public_id,
        "today": timezone.localdate(),
    }
    signed_in(page, actor)
    found = []
    for name in FULL[first : first + A_FEW]:
        path = (PAGES | FULL_ONLY)[name].format(**ids)
        found += [f"{name}: {finding}" for finding in findings_at(page, f"{name}-full", path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("tab", ["", "preview/", "versions/"])
def test_a_profile_of_which_nothing_is_written(
    tab: str, page: Page, signed_in: Callable[[Page, Actor], Page]
) -> None:
    actor = solo_actor()
    path = f"/profiles/{a_profile(actor).public_id}/{tab}"
    look_at(signed_in(page, actor), f"profile-{tab.strip('/') or 'draft'}-empty", path)


@pytest.mark.parametrize("tab", ["match", "rates"])
def test_match_and_rates_of_somebody_who_begins(
    tab: str, page: Page, signed_in: Callable[[Page, Actor], Page]
) -> None:
    actor = solo_actor()
    path = f"/profiles/of/{a_profile(actor).freelancer.public_id}/{tab}/?example=1"
    look_at(signed_in(page, actor), f"profile-{tab}-begins", path)


@pytest.mark.parametrize("tab", ["figures", "checklists"])
def test_figures_and_checklists_of_somebody_who_begins(
    tab: str, page: Page, signed_in: Callable[[Page, Actor], Page]
) -> None:
    actor = solo_actor()
    a_profile(actor)
    assert actor.freelancer
    path = f"/profiles/of/{actor.freelancer.public_id}/{tab}/"
    look_at(signed_in(page, actor), f"profile-{tab}-empty", path)


@pytest.mark.parametrize(
    "names",
    [
        ("today", "job-success", "contracts"),
        ("closeout", "agency", "profiles", "proposals", "connects"),
    ],
)
def test_a_team(
    names: tuple[str, ...], page: Page, signed_in: Callable[[Page, Actor], Page]
) -> None:
    actor = with_sample()
    Freelancer.objects.create(practice=actor.practice, name="A colleague")
    Contract.objects.filter(practice=actor.practice).update(under_agency=True)
    signed_in(page, actor)
    found = []
    for name in names:
        found += [
            f"{name}: {finding}" for finding in findings_at(page, f"{name}-team", PAGES[name])
        ]
    assert not found, "\n".join(found)


def test_connects_that_lapse_soon_and_fell_short(
    page: Page, signed_in: Callable[[Page, Actor], Page]
) -> None:
    actor = solo_actor()
    today = timezone.localdate()
    for days, kind, amount in ((350, "grant", 30), (300, "spend", -44), (90, "purchase", 40)):
        some_connects(actor, kind=kind, amount=amount, happened_on=today - timedelta(days=days))
    some_connects(actor, amount=12, happened_on=today - timedelta(days=345))
    look_at(signed_in(page, actor), "connects-short", "/proposals/connects/?said=2026-01-01:999")


def with_sample() -> Actor:
    """Somebody who looks at the sample: two years of believable contracts, a calendar address."""
    user = solo_actor().user
    practice = sample_practice_create(user=user, today=timezone.localdate())
    freelancer = practice.freelancers.get()
    actor = Actor(user, practice, practice.memberships.get(), freelancer)
    feed_create(actor=actor)
    for fortnights, score in enumerate((84, 84, 82, 79, 79, 88, 90), start=1):
        day = timezone.localdate() - timedelta(weeks=2 * fortnights)
        reading_record(actor=actor, freelancer=freelancer, observed_on=day, score=score)
    return actor
