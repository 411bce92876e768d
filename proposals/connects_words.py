"""The ledger of connects in words (B6)."""

import datetime as dt
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.formats import day as day_words
from accounts.formats import money, number
from proposals.connects import Ledger
from proposals.connects_reading import CONVENTION, Reading, Verdict
from proposals.connects_totals import Totals, totals_between

VERDICTS: Final[dict[Verdict, Promise]] = {
    Verdict.GROWS: gettext_lazy("Grows"),
    Verdict.HOLDS: gettext_lazy("Holds"),
    Verdict.FALLS: gettext_lazy("Falls"),
    Verdict.NOT_ENOUGH: gettext_lazy("Not enough yet"),
}


def connects_words(amount: int) -> str:
    """Such as “16 connects”."""
    words = ngettext("%(number)s connect", "%(number)s connects", amount)
    return words % {"number": number(amount)}


def signed(amount: int) -> str:
    """Such as +10 or −16, with a true minus."""
    if not amount:
        return "0"
    return f"{'+' if amount > 0 else '−'}{number(abs(amount))}"


def reading_sentences(reading: Reading) -> list[str]:
    """The verdict in sentences: what may be said, or what is missing (B6)."""
    totals = reading.totals
    if reading.verdict is Verdict.NOT_ENOUGH:
        return _what_is_missing(reading)
    params = {"gap": connects_words(abs(totals.net))}
    said = {
        Verdict.GROWS: _(
            "Your proposals bring in %(gap)s more than they take: a sign of good proposals."
        ),
        Verdict.HOLDS: _(
            "What you earn and get back makes up for what you spend: a sign of good proposals."
        ),
        Verdict.FALLS: _(
            "Your proposals take %(gap)s more than they bring in. Fewer and more personal ones get "
            "more answers, and answers earn connects back."
        ),
    }
    found = [said[reading.verdict] % params]
    if totals.bought and totals.net < 0:
        words = _("The balance stands as it does because you bought %(bought)s for %(paid)s.")
        found.append(words % {"bought": number(totals.bought), "paid": money(totals.paid)})
    return found


def _what_is_missing(reading: Reading) -> list[str]:
    lacks, found = reading.lacks, []
    if lacks.connects:
        words = _(
            "%(missing)s were spent that the ledger does not know of. Say how many you had, and "
            "it can be read."
        )
        found.append(words % {"missing": connects_words(lacks.connects)})
    if lacks.proposals:
        words = ngettext(
            "It takes %(number)s more proposal that cost connects.",
            "It takes %(number)s more proposals that cost connects.",
            lacks.proposals,
        )
        found.append(words % {"number": number(lacks.proposals)})
    if lacks.days:
        words = ngettext(
            "The ledger has to be kept for %(number)s more day.",
            "The ledger has to be kept for %(number)s more days.",
            lacks.days,
        )
        found.append(words % {"number": number(lacks.days)})
    return found


def cost_sentence(totals: Totals) -> str:
    """What the proposals of a stretch cost; "" without any."""
    if not totals.spent or not totals.proposals:
        return ""
    words = ngettext(
        "%(number)s proposal took %(spent)s, worth %(cost)s.",
        "%(number)s proposals took %(spent)s, worth %(cost)s.",
        totals.proposals,
    )
    return words % {
        "number": number(totals.proposals),
        "spent": connects_words(totals.spent),
        "cost": money(totals.cost),
    }


def week_words(ledger: Ledger, monday: dt.date) -> str:
    """What the chart says of a week, a line for each thing; the balance first."""
    sunday = min(monday + dt.timedelta(days=6), ledger.as_of)
    totals = totals_between(ledger, monday - dt.timedelta(days=1), sunday)
    lines = [
        _("Week of %(day)s") % {"day": day_words(monday)},
        _("Balance: %(number)s") % {"number": number(totals.after)},
    ]
    parts = (
        (_("Granted: %(number)s"), totals.earned),
        (_("Came back: %(number)s"), totals.came_back),
        (_("Bought: %(number)s"), totals.bought),
        (_("Corrected: %(number)s"), totals.corrected),
        (_("Spent: %(number)s"), -totals.spent),
        (_("Lapsed: %(number)s"), -totals.lapsed),
    )
    lines += [words % {"number": signed(amount)} for words, amount in parts if amount]
    return "\n".join(lines)


def how_words() -> list[str]:
    """How the figures are worked out, and which of it is our own convention."""
    params = {
        "days": CONVENTION.days,
        "per_cent": CONVENTION.holds_within,
        "proposals": CONVENTION.fewest_proposals,
        "fewest_days": CONVENTION.fewest_days,
    }
    return [
        _(
            "Connects are used in the order in which they came. What is left of them lapses a "
            "year after its day; nobody has to note that."
        ),
        _(
            "Connects that come back are counted as new ones of that day. Upwork does not say "
            "whether they keep their age, so what lapses may come a little earlier there."
        ),
        _(
            "A connect counts $0.15, and one that you bought what you paid for it. Which ones a "
            "proposal took follows from their order."
        ),
        _(
            "The balance is read over %(days)s days: what was granted, earned and came back "
            "against what was spent. What you bought, what lapsed and what was corrected says "
            "nothing about your proposals. Within %(per_cent)s%% of what was spent it holds."
        )
        % params,
        _(
            "A verdict takes at least %(proposals)s proposals and %(fewest_days)s days. These "
            "limits are a convention of this product."
        )
        % params,
    ]
