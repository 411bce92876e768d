"""What the sample's profiles say, version by version, and the weeks they earned. All made up."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Final

from profiles.content import (
    Availability,
    CatalogueProject,
    Content,
    Education,
    Employment,
    Experience,
    Kind,
    Language,
    Level,
    PortfolioItem,
    Testimonial,
)

OVERVIEW: Final = """\
Your customers find what they came for and pay before they change their mind.

I rebuild online shops for small makers in Europe: up to two thousand products, and a handful of \
people in the office. You tell me where orders get lost. I look for the reason, change one thing \
at a time, and show you the orders before and after.

Checkout: most lost orders are lost on the last two pages. I shorten forms, add the ways of paying \
that your customers know, and try every step on an old phone with a slow line.

Speed: a page that takes five seconds has lost half of its readers. I look for what makes it slow, \
and begin with what costs you least. For a coffee roaster, smaller pictures alone were enough.

Moving house: when your shop outgrows its system, I carry products, customers and orders over. \
Old addresses keep working, and we practise the move twice before the real day.

Care: after the launch I stay for a month. You get a short note every Friday about what was done, \
what it brought, and what I would do next.

We start with a call of half an hour. Afterwards you get a list of what I would change first, with \
a price for each, and you choose."""

FIRST_OVERVIEW: Final = """\
Hello! I am a web developer with 6 years of experience in websites, shops, landing pages and e-mail.

I work with many technologies and love to learn new ones. I am a fast learner and a team player. \
My clients are always happy with my work.

Contact me to talk about your project."""

SECOND_OVERVIEW: Final = """\
I build websites and shops that are quick and easy to use.

You get clean pages that work on every phone, texts that you can change yourself, and an answer \
from me on the same working day. I have done landing pages, shops, booking forms and newsletters.

Tell me what your site has to do for you, and I will say what it takes."""

SPECIALISED_OVERVIEW: Final = """\
A checkout that asks for less sells more!

I look at the last three pages of your shop, where most orders get lost. First I watch what people \
do there, then I change one step, and after two weeks you see in numbers whether it helped.

Forms: every field that nobody needs goes out. Addresses complete themselves, and a mistake is \
explained beside the field where it was made.

Payment: customers pay the way they know. I add wallets, bank transfer and invoices, and take care \
that a payment that fails is easy to try again."""

PORTFOLIO: Final = (
    PortfolioItem(
        "A shop for a coffee roaster",
        "The start page had grown slow and the roast dates stood in a picture. I made the pages "
        "lighter and put the dates beside each coffee. Orders from phones went up by a third.",
    ),
    PortfolioItem(
        "Bookings for a yoga studio",
        "Three forms became one. Members book and pay in a minute, and the studio no longer keeps "
        "a second list on paper.",
    ),
    PortfolioItem(
        "A potter's shop moved to a new system",
        "Four hundred products and nine years of orders came along. Every old address still leads "
        "to its piece.",
    ),
)

SKILLS: Final = (
    *("Ecommerce", "Checkout optimization", "Web development", "Website redesign"),
    *("Page speed optimization", "Django", "JavaScript", "Payment integration"),
    *("Accessibility", "Web analytics"),
)

GENERAL: Final = Content(
    title="Online shops for small makers: faster pages, fewer lost orders",
    rate=Decimal("55.00"),
    overview=OVERVIEW,
    skills=SKILLS,
    market="Small makers who sell online in Europe",
    service="Rebuilding shops so that fewer orders get lost",
    availability=Availability.MORE_THAN_30,
    portfolio=PORTFOLIO,
    languages=(
        Language("Ukrainian", Level.NATIVE),
        Language("English", Level.FLUENT),
        Language("Polish", Level.CONVERSATIONAL),
    ),
    education=(Education("Lviv Polytechnic", "Master, computer engineering", "2010 to 2015"),),
    employment=(
        Employment(
            "Web developer",
            "A printing house in Lviv",
            "2015 to 2019",
            "I came to mend one order form and stayed for four years. I learned there that the "
            "people who pack the parcels know best what is wrong with a shop.",
        ),
    ),
    testimonials=(
        Testimonial(
            "Olena asked better questions about our orders than we did ourselves.",
            "Head of sales at the printing house",
        ),
    ),
    experience=(
        Experience(
            "A stall at the Christmas market",
            "I have sold my sister's ceramics every December since 2017, and know how it feels "
            "when the card reader fails with six people waiting.",
        ),
    ),
    catalogue=(
        CatalogueProject(
            "A second look at your checkout",
            "180",
            "I go through your checkout as a customer, on a phone and on a computer, and send you "
            "a list of what to change, the most important first.",
        ),
    ),
)
"""The draft: since the newest version only the rate was raised."""

SPECIALISED: Final = Content(
    kind=Kind.SPECIALISED,
    title="Checkout optimization for online shops",
    rate=Decimal("65.00"),
    overview=SPECIALISED_OVERVIEW,
    skills=("Checkout optimization", "Payment integration", "Ecommerce", "Web analytics"),
    market="Shops with more than a hundred orders a week",
    service="Checkouts that lose fewer orders",
    portfolio=PORTFOLIO[:2],
)

THIRD: Final = replace(GENERAL, rate=Decimal("50.00"))
SECOND: Final = replace(
    THIRD,
    title="Web developer: websites, shops and landing pages",
    rate=Decimal("45.00"),
    overview=SECOND_OVERVIEW,
    market="",
    service="",
    catalogue=(),
    portfolio=PORTFOLIO[:2],
)
FIRST: Final = replace(
    SECOND,
    title="Web developer",
    rate=Decimal("38.00"),
    overview=FIRST_OVERVIEW,
    skills=SKILLS[2:8],
    portfolio=PORTFOLIO[:1],
    experience=(),
    testimonials=(),
)

VERSIONS: Final = (
    (FIRST, dt.timedelta(weeks=24), "What stood on Upwork before"),
    (SECOND, dt.timedelta(weeks=16, days=-2), "A calmer opening, and a higher rate"),
    (THIRD, dt.timedelta(weeks=8, days=-2), "One market: small makers. All about lost orders"),
)
"""What was published, how long before this week's Monday, and what was new."""

WEEKS: Final = (
    *((38, 0, 1, 6), (44, 1, 0, 7)),
    *((41, 1, 0, 6), (52, 0, 1, 8), (47, 1, 1, 7), (39, 0, 0, 5)),
    *((50, 2, 1, 8), (55, 0, 1, 7), (43, 1, 0, 6), (46, 1, 1, 7)),
    *((61, 1, 1, 7), (58, 2, 1, 6), (49, 0, 1, 7), (63, 2, 0, 8)),
    *((57, 1, 2, 6), (66, 2, 1, 7), (52, 1, 1, 5), (60, 2, 1, 7)),
    *((64, 3, 2, 8), (71, 4, 2, 9), (78, 5, 3, 8), (69, 3, 2, 9)),
    *((83, 6, 3, 8), (76, 4, 2, 8), (88, 6, 3, 9), (81, 5, 3, 8)),
)
"""Views, invitations, replies and proposals sent, the oldest of 26 whole weeks first."""

NOT_FOR_ME: Final = (
    "video-empty",
    "My clients judge the shops I built. Nobody needs to see me speak.",
)
"""A finding that was set aside, and why."""
