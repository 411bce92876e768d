"""For every check of an overview: texts that must and texts that must not set it off."""

from __future__ import annotations

from typing import Final

_START: Final = "Small shops hand me their receipts and know on Monday what they earned."
_SENTENCE: Final = "I read each receipt and ask when a figure looks odd. "
_BULLET: Final = "- a receipt\n"
_HEAVY: Final = (
    "Comprehensive organisational transformation necessitates interdisciplinary communication "
    "between administrative representatives, institutional stakeholders and international "
    "specialists, particularly regarding contractual responsibilities. "
)


def after(text: str) -> str:
    """The text as a second paragraph, where the checks of the opening don't look."""
    return f"{_START} {_SENTENCE * 5}\n\n{text}"


MUST: Final[dict[str, list[str]]] = {
    "weak-opening-greeting": [
        "Hi, thank you for visiting my profile. I keep books.",
        "Hello! My work is bookkeeping.",
        "Hi there, I keep books for shops.",
        "Welcome to my profile.",
        "Thanks for stopping by.",
        "My name is Ann and I keep books.",
        "Dear client, I keep books.",
        "Good day, I am at your service.",
    ],
    "weak-opening-years": [
        "I am a designer. I have 5 years of experience.",
        "As a seasoned developer with over a decade of experience, I build sites.",
        "I am a web developer with 10 years of experience.",
        "I'm a passionate bookkeeper with over 12 years of experience.",
        "With more than five years of experience, I keep books.",
        "Experienced bookkeeper with 7+ years of experience in retail.",
        "I have 8 years of experience in bookkeeping.",
        "Hello, I am a developer having several years of expertise.",
        "I'm a virtual assistant and have 7 years experience helping coaches.",
        "I am a developer and I bring over 10 years of experience.",
        "10+ years of experience in bookkeeping.",
        "Ten years' experience in retail books.",
        "I have been a bookkeeper for 12 years.",
        "I've been working as a web developer for more than ten years.",
    ],
    "weak-opening-question": [
        "Do you want to grow your business?",
        "Searching for the right freelancer? Look no further.",
        "Are you looking for a developer?",
        "Looking for a reliable bookkeeper?",
        "Do you need a professional website for your business? I can help.",
        "Need help with your books?",
        "Are you tired of searching for a good bookkeeper?",
        "Struggling to find a reliable developer?",
    ],
    "opening-line-long": [
        "I keep books for " + "small and friendly shops, " * 8 + "and more.",
        "a " * 120,
    ],
    "opening-paragraph-long": [_SENTENCE * 13, f"{_START}\n\n{_SENTENCE * 13}"],
    "opening-says-nothing": [
        "My mother used to say that a promise is a debt, and she never owed anybody a penny. I try "
        "to live by it, and most days I do.",
        "Some things can't be hurried and some can't wait. Over time I have learned to tell one "
        "from the other, mostly by getting it wrong.",
    ],
    "repeats-badge": [
        after("I have a 5-star rating from every client."),
        after("I am a top rated plus freelancer."),
        after("I am Top Rated on this platform."),
        after("I hold a 100% job success score."),
        after("I have 150+ completed jobs behind me."),
        after("My JSS never fell."),
        after("You can read 60 five-star reviews."),
        after("I worked 2,000 hours on Upwork."),
    ],
    "repeats-quotes": [
        after(
            "“She found the hole in our till on the very first day.”\n\n“We sleep better since she "
            "looks after our books.”"
        ),
        after(
            '"She found the hole in our till on the very first day." and "We sleep better since '
            'she looks after our books."'
        ),
    ],
    "bullet-wall": [after(_BULLET * 6), after(f"• one thing\n\n{'• another thing' + chr(10)}" * 4)],
    "date-range": [
        after("Feb 2012 to Mar 2015: clerk"),
        after("Developer (2012-2015)"),
        after("Clerk at a mill, 2015–2019"),
        after("Jan 2018 - Present"),
        after("03/2016 - 11/2020: clerk"),
        after("2019 to present"),
    ],
    "early-jargon": [
        "I bring omnichannel planning with psychographic depth to shops.",
        "Small shops get hreflang and canonicalization from me.",
        "I make the checkouts of small shops idempotent and containerized.",
    ],
    "early-acronym": [
        "I raise the CRO of small shops.",
        "Small shops hand me their KPIs on Friday.",
        "I read your LTV and tell you on Monday what it means.",
    ],
    "hard-to-read": [_HEAVY * 2, _HEAVY * 5],
    "promise": [
        after("You'll get #1 rankings."),
        after("I can get you 10x more leads."),
        after("Satisfaction guaranteed."),
        after("I guarantee more sales."),
        after("You will be #1 on Google."),
        after("We 10x your sales."),
        after("You get 100% satisfaction."),
        after("I double your revenue in a month."),
        after("My plan will increase your traffic by 300%."),
        after("First page on Google in a month."),
        after("I bring your shop to the top of Google."),
        after("Your sales will double in a month."),
        after("You will see a 300% increase in revenue."),
    ],
    "exclamation-marks": [after("Call me today!"), after("Books done right!!! Ask me.")],
    "words-in-capitals": [
        after("I do the BEST work."),
        after("Books are ALWAYS READY on Monday."),
        after("This is NOT a hobby."),
    ],
    "emoji": [after("Books done 🚀"), after("📞 Call me"), after("Shops ❤️ me")],
    "decoration": [
        after("~*~ Books ~*~"),
        after("--- Books ---"),
        after("★★★ Books"),
        after("✔ Books"),
        after("~~~ Books ~~~"),
        after("==== Books"),
        after(">>> Books"),
        after("*** Books ***"),
    ],
    "paragraph-long": [after(_SENTENCE * 20), after(f"{_SENTENCE * 30}\n\nThe end.")],
    "paragraph-leans": [
        after("They all came back."),
        after("But that is not all."),
        after("This is done every week."),
        after("It also holds for the payroll."),
        after("In addition, I run the payroll."),
        after("As mentioned above, I run the payroll."),
        after("However, the payroll comes first."),
    ],
    "pasted-html": [
        after("<b>Books</b>"),
        after("Books&nbsp;done"),
        after('<a href="x">Books</a>'),
    ],
    "invisible-characters": [after("Boo\u200bks"), after("Books\ufeff done"), after("Bo\u00adoks")],
    "direction-override": [after("Books \u202edone"), after("\u2067Books\u2069")],
    "overview-limit": ["x " * 2_501, "word " * 2_000],
    "overview-empty": ["", " \n "],
}

MUST_NOT: Final[dict[str, list[str]]] = {
    "weak-opening-greeting": [
        "Hi-fi shops hand me their receipts.",
        "Hello Kitty collectors hand me their receipts.",
        "Welcome mails that people read are what I write.",
        "Thanks to a good system your books are ready on Monday.",
        "Dear old shops have old books, and I keep them.",
    ],
    "weak-opening-years": [
        "I am a bookkeeper for shops that have no time.",
        "A shop in Ghent has kept its books with me for nine years.",
        "Your books should last ten years in a box, and mine do.",
        "I am a bookkeeper for bakers and I have ten years of their receipts in my cellar.",
        "Ten years of receipts in a box are no trouble.",
        after("I am a bookkeeper with 10 years of experience."),
    ],
    "weak-opening-question": [
        "Do your figures arrive three weeks late?",
        "Need your 2024 books cleaned up before the end of January?",
        "What would you do with two free evenings a week?",
        after("Are you looking for a developer?"),
    ],
    "opening-line-long": [_START, _SENTENCE * 8, "Dr. Ann Low keeps books. " * 12],
    "opening-paragraph-long": [f"{_START}\n\n{_SENTENCE * 8}", f"{_START}\n\n{_START}\n\n" * 12],
    "opening-says-nothing": [
        "Shops that are small get what big ones have. " * 4,
        "Begun.",
        "Bookkeepers are said to be dull, and I do my best to live up to it. " * 3,
    ],
    "repeats-badge": [
        after("I write for top-rated restaurants in Lyon."),
        after("A hotel collects five-star reviews with my letters."),
        after("I have delivered 40 projects for mills."),
        after("Your success at a new job begins with the letter."),
    ],
    "repeats-quotes": [
        after("“She found the hole in our till on the very first day.”"),
        after('I call it a "till" and a "book" and a "box" and never anything else in my letters.'),
        "“One short word.” “And one more.”",
    ],
    "bullet-wall": [
        after(_BULLET * 4),
        after("- one\n- two\n\nI pause here.\n\n- three\n- four\n- five"),
    ],
    "date-range": [
        after("Since 2019 I have kept books."),
        after("I plan the 2023–2024 season with you."),
        after("Between 2015 and 2019 I lived in Ghent."),
        after("We met ISO 9001-2015 and paid $2000-2500."),
    ],
    "early-jargon": [
        "Bookkeepers and freelancers hand me spreadsheets, invoices and timesheets.",
        "Omnichannel (one shop, many doors) planning is what I do.",
        after("Omnichannel, psychographic and idempotent."),
        "Hola, soy ilustradora y dibujo cuentos para pequeñas editoriales.",
        "Houseplants, sketchbooks and storefronts are photographed by me.",
        "A rescue for plumbers, two breweries and one very patient cattery.",
    ],
    "early-acronym": [
        "I do conversion rate optimisation (CRO) for shops.",
        "CRO (conversion rate optimisation) for shops is what I do.",
        "I raise the CRO, that is the share of visitors who buy.",
        "PDF files, SEO and AI for a CEO in the USA or the UK.",
        after("CRO and LTV and KPI."),
    ],
    "hard-to-read": [_SENTENCE * 10, _HEAVY],
    "promise": [
        after("Nobody can guarantee a place in the results, and I don't."),
        after("I can't promise that you will be #1 on Google."),
        after("I translate bank guarantees and leases."),
        after("A shop doubled its sales with me."),
        after("I don't know whether your sales will double."),
        after("The crumbs go to the top of the page."),
    ],
    "exclamation-marks": [after("Call me today."), after("In code != means not equal.")],
    "words-in-capitals": [
        after("I read HTML, CSS and JSON for NASA and NATO."),
        after("The WHO and the BBC pay me in USD or EUR."),
        after("I work from the USA, and A B testing is fine."),
    ],
    "emoji": [after("Books © 2020, Till™ and 20 °C → done"), after("It's 3 × 4 – “fine” …")],
    "decoration": [
        after("- one\n- two"),
        after("Books & tills | receipts … done -- mostly"),
        after("C++, C# and 2 > 1"),
    ],
    "paragraph-long": [after(_SENTENCE * 15), after(_BULLET * 90)],
    "paragraph-leans": [
        after("This is how I work: first I listen."),
        after("This year I take two more shops."),
        after("It takes a week to read a year of receipts."),
        after("Thistles and thorns are what I draw."),
        after("These days I live in Ghent."),
        "This is my first paragraph and it may begin so.",
    ],
    "pasted-html": [
        after("R&D; AT&T and 2 < 3 > 1"),
        after("I <3 books & tills"),
        after("List<T>"),
    ],
    "invisible-characters": [
        after("A family 👨\u200d👩\u200d👧 of three"),
        after("می\u200cخواهم"),
        after("Tab\there, and a no-break\u00a0space"),
    ],
    "direction-override": [after("שלום and مرحبا"), after("Books")],
    "overview-limit": ["x" * 5_000, "word"],
    "overview-empty": ["x", _START],
}
