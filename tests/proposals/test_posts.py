"""What a pasted job post says, and nothing that it does not say (issue 6, “Shown by”)."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.posts import Between, Facts, Kind, Level, Read, Request, facts_of, text_of
from tests.proposals.post_cases import Case, cases, outcome_of

CASES = cases()

PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "Title",
                "Posted 2 hours ago",
                "Worldwide",
                "Summary",
                "\n",
                "\n\n",
                " ",
                "- ",
                "1. ",
            ),
            *("$500", "$1.5K", "-", "Fixed-price", "Hourly", "Expert", "Experience Level", "€"),
            *("Skills and Expertise", "Django", "About the client", "United States", "3:15 PM"),
            *(
                "Thanks,",
                "Maria",
                "I'm Tom from Acme",
                "To apply:",
                "What is your rate?",
                "«слово»",
            ),
            *("start your proposal with the word ", '"kiwi"', "Proposals:", "5 to 10", "Connects"),
            *("12 jobs posted", "80% hire rate", "$3M total spent", "4.9 of 7 reviews", ":", "."),
            *("You will be asked to answer the following questions", "9" * 30, "\u2028", "\r\n"),
            *("Member since Feb 31, 2019", "Budget: ", "999999999 jobs posted", "İ", "ß", "\x85"),
        ]
    ),
    max_size=40,
).map("".join)
ANYTHING = st.one_of(st.text(st.characters(), max_size=300), PIECES)


def _name(case: Case) -> str:
    return case.name


def test_the_set_is_as_large_and_as_mixed_as_it_claims() -> None:
    assert len({case.pasted for case in CASES}) == 25
    assert sum("</" in case.pasted for case in CASES) >= 6
    assert len({case.expected["language"] for case in CASES}) >= 5
    assert {bool(case.expected.get("client_name")) for case in CASES} == {True, False}


def test_at_least_95_per_cent_of_the_facts_are_right_and_none_is_invented(
    capsys: pytest.CaptureFixture[str],
) -> None:
    outcomes = [outcome_of(case) for case in CASES]
    right = sum(len(each.right) for each in outcomes)
    missing = [fact for each in outcomes for fact in each.missing]
    invented = [fact for each in outcomes for fact in each.invented]
    expected = right + len(missing)
    with capsys.disabled():
        share = f"{100 * right / expected:.1f} %"
        print(  # noqa: T201 - the figures are what the set is for
            f"\njob posts: {right} of {expected} facts right ({share}), {len(invented)} invented"
        )

    assert right >= 0.95 * expected, missing
    assert invented == []


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_each_fact_can_be_found_where_it_was_read(case: Case) -> None:
    text = text_of(case.pasted)
    facts = facts_of(text)

    for name, start, end in facts.passages():
        assert text[start:end].strip() == text[start:end] != "", name
    for read in (*facts.skills, facts.title, facts.client_name, facts.country, facts.posted):
        assert read is None or text[read.start : read.end] == read.value
    for request in facts.requests:
        assert text[request.start : request.end] == request.text


# ── One rule at a time ───────────────────────────────────────────────────────────────────────────

AROUND = "A thing to make\nPosted yesterday\nSummary\nWe make things.\n{}\nFixed-price\n$50.00\n"


def facts_around(words: str) -> Facts:
    return facts_of(AROUND.format(words))


def asked(words: str) -> list[str]:
    facts = facts_around(words)
    return [*(each.value for each in facts.questions), *(each.text for each in facts.requests)]


@pytest.mark.parametrize(
    "words",
    [
        "Thanks, Maria",
        "Thank you!\nMaria",
        "That is all. Cheers, Maria",
        "Best regards,\n\nMaria",
        "- Maria",
        "I'm Maria from Acme.",
        "I’m Maria, the owner of a shop.",
        "Hi, my name is Maria.",
        "Hi, Maria here, from Acme.",
        "This is Maria, founder of Acme.",
        "З повагою,\nMaria",
        "Mit freundlichen Grüßen\nMaria",
        "Un saludo, Maria",
        "That is all.\n\nDiolch,\nMaria",
    ],
)
def test_a_client_who_signs_or_says_their_name_has_one(words: str) -> None:
    name = facts_around(words).client_name

    assert name
    assert name.value == "Maria"


@pytest.mark.parametrize(
    "words",
    [
        "Hi Maria,",
        "Thanks, Team",
        "Thanks in advance",
        "Thank You",
        "Best,\nThe Acme Team",
        "Our editor is Maria. She decides.",
        'The script says: "Hello, my name is Maria".',
        "I'm Italian and I talk fast.",
        "I am Looking For a Developer",
        "“A joy to work with. Thanks, Maria”",
        "You will report to Maria from Acme.",
        "Regards",
        "Tools:\nPhotoshop,\nIllustrator",
        "Ask our lawyer, Dr. Maria Weiss, first.",
        "Thanks!\nWe reply within a day.",
        "Tasks:\n- Figma\n- Maria",
    ],
)
def test_no_name_is_made_of_other_people_and_other_words(words: str) -> None:
    assert facts_around(words).client_name is None


def test_names_in_reviews_and_other_jobs_are_nobody_s() -> None:
    text = AROUND.format("") + "Client's recent history (2)\nThanks, Maria\nI'm Maria from Acme."

    assert facts_of(text).client_name is None


@pytest.mark.parametrize(
    "words",
    [
        "What is your hourly rate?",
        "Which tools do you use?",
        "Have you worked with Xero before?",
        "Are you available in May?",
        "Can you start on Monday?",
        "If you have done this before, say so.",
        "Otherwise let me know how many hours you can give.",
        "Tell us about a shop that you built.",
        "Please attach two samples.",
        "Include links to your portfolio.",
        "In your proposal, describe how you would begin.",
        "Let me know when you could start.",
        "Please share your hourly rate and availability.",
        'Begin your application with the word "kiwi".',
    ],
)
def test_what_is_asked_of_who_applies_is_found(words: str) -> None:
    assert asked(words) == [words]


@pytest.mark.parametrize(
    "words",
    [
        "Why now? Because the lease ends.",
        "Who are we? A bakery.",
        "What will you do? Bake.",
        "What's in it for you? Bread.",
        "Do you love bread? Then join us.",
        "Are you a wizard with dough?",
        "Sound good?",
        "Do you speak Welsh? No need.",
        "What do you think?",
        "Do you have questions?",
        "Please send your proposal by Friday.",
        "Interested?",
        "- provide weekly reports",
        "- share the files with the printer",
        "Deliverables include two banners.",
        "You will send invoices to clients.",
        "Our users tell us that it is slow.",
        "We write grant proposals.",
        "The app should mention the word limit.",
        "Please note that we close in May.",
    ],
)
def test_rhetorical_questions_and_duties_ask_nothing(words: str) -> None:
    assert asked(words) == []


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ('Start your proposal with the word "kiwi".', "kiwi"),
        ("Start your proposal with “I read it all”.", "I read it all"),
        ("Please write the word kiwi at the top of your proposal.", "kiwi"),
        ("Begin your cover letter with KIWI so we know.", "KIWI"),
        ("Include the code word 'kiwi' in your bid.", "kiwi"),
        ("The secret word is “kiwi”: put it in your application.", "kiwi"),
        ("Почніть відгук зі слова «ківі».", "ківі"),
        ("Beginnen Sie Ihre Bewerbung mit dem Wort „Kiwi“.", "Kiwi"),
    ],
)
def test_a_word_to_write_is_told_letter_by_letter(words: str, word: str) -> None:
    (request,) = facts_around(words).requests

    assert isinstance(request, Request)
    assert request.word
    assert request.word.value == word
    assert AROUND.format(words)[request.word.start : request.word.end] == word


def test_a_list_of_what_to_send_is_taken_apart() -> None:
    facts = facts_around("When applying, please include:\n1. your rate\n2. Where do you live?")

    assert [each.text for each in facts.requests] == ["your rate"]
    assert [each.value for each in facts.questions] == ["Where do you live?"]


def test_the_page_s_budget_counts_more_than_the_text_s() -> None:
    facts = facts_around("Budget: $900")

    assert facts.budget
    assert facts.budget.value == 50
    assert facts.kind
    assert facts.kind.value == Kind.FIXED


@pytest.mark.parametrize(
    ("words", "sum_"),
    [
        ("Budget: $900", "900"),
        ("Budget: $1.5k", "1500"),
        ("Our budget for this is about $2,400.", "2400"),
        ("Бюджет: 500 $", "500"),
        ("Presupuesto: 1.500 €", "1500"),
    ],
)
def test_a_budget_in_the_text_counts_where_the_page_has_none(words: str, sum_: str) -> None:
    budget = facts_of(f"A thing to make\nWe make things.\n{words}").budget

    assert budget
    assert budget.value == Decimal(sum_)


@pytest.mark.parametrize(
    "words",
    [
        "Our ads cost $900.",
        "Our ad budget is $4,000.",
        "Budget: $900 per month",
        "Budget: $25/hr",
        "Budget: $300 - $500",
        "My budget is $300 to $500.",
        "The last one asked for $900.",
        "Call 555-0199, room 400.",
        "Budget: 5+ years",
    ],
)
def test_other_sums_are_no_budget(words: str) -> None:
    facts = facts_of(f"A thing to make\nWe make things.\n{words}")

    assert facts.budget is None
    assert facts.rate is None
    assert facts.kind is None


def test_a_rate_alone_is_a_range_of_one() -> None:
    facts = facts_of("A thing to make\nWe make things.\nHourly: $25.00\nIntermediate\n")

    assert facts.rate
    assert facts.rate.value == Between(Decimal(25), Decimal(25))


def test_skills_are_those_of_the_list_only() -> None:
    text = (
        "A thing\nWe use Django and need Figma.\nSkills and Expertise\nPython\nPython\n"
        "Activity on this job\nHTML\n"
    )

    assert [each.value for each in facts_of(text).skills] == ["Python"]


def test_what_a_post_does_not_say_is_not_there() -> None:
    post = "We need someone who paints a long garden fence and the gate beside it in May."

    assert facts_of(post) == Facts(description=Read(post, 0, len(post)), language="en")


def test_a_client_s_own_headings_are_no_part_of_the_page() -> None:
    text = (
        "A thing to make\nPosted\n2 days ago\nWorldwide\nSummary\nWe make things.\n"
        "About us\nA shop in Leeds.\nPreferred qualifications\n- Expert in Figma\n"
        "About the client\nWe act for a bank.\nHow it works\nYou write, we call.\nCheers, Sam\n"
        "Fixed-price\n$50.00\nIntermediate\nExperience Level\n"
    )
    facts = facts_of(text)

    assert facts.description
    assert facts.description.value.endswith("Cheers, Sam")
    assert facts.client_name
    assert facts.client_name.value == "Sam"
    assert facts.level
    assert facts.level.value == Level.INTERMEDIATE
    assert facts.country is None


def test_a_figure_and_its_words_may_stand_on_two_lines() -> None:
    text = (
        "A thing\nPosted\n2 days ago\nWe make things.\nProposals:\n5 to 10\nSend a proposal for:\n"
        "16 Connects\nAbout the client\nPayment method verified\nCanada\nToronto\n4:15 PM\n"
        "4\njobs posted\n$1.2K\ntotal spent\n$19.00 /hr\navg hourly rate paid\n"
    )
    facts = facts_of(text)
    read = (facts.posted, facts.proposals, facts.connects, facts.city, facts.jobs_posted)

    assert [each.value for each in read if each] == ["2 days ago", Between(5, 10), 16, "Toronto", 4]
    assert facts.total_spent
    assert facts.total_spent.value == 1_200
    assert facts.average_rate
    assert facts.average_rate.value == 19


@pytest.mark.parametrize(
    "text",
    [
        "Find Work\nElena K.\nA slow shop, find out why\nPosted yesterday\nOur shop is slow.",
        "A slow shop, find out why\nWeb\nPosted yesterday\nOur shop is slow.",
        "Posted yesterday\nA slow shop, find out why\nOur shop is slow.",
        "Jobs > Web > Speed\nA slow shop, find out why\nOur shop is slow.",
        "Title: A slow shop, find out why\nOur shop is slow.",
    ],
)
def test_the_title_is_neither_menu_nor_trade(text: str) -> None:
    title = facts_of(text).title

    assert title
    assert title.value == "A slow shop, find out why"


def test_a_post_that_begins_with_a_sentence_has_no_title() -> None:
    assert facts_of("We need a fence painted.\nThe gate too.").title is None


# ── Bad input ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        " \n ",
        "IMG_2034.jpg",
        "Screenshot 2026-11-22 at 10.15.03.png",
        "[image]",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg" + "A" * 5_000,
        "blob:https://example.com/6f1c",
        '<img src="post.png" alt="post">',
        "\x89PNG\r\n\x1a\n\x00\x00 some words that are none",
        "https://example.com/jobs/~0123456789",
        "{" * 1_000,
    ],
    ids=range(11),
)
def test_a_picture_is_not_readable(pasted: str) -> None:
    assert facts_of(text_of(pasted)) == Facts(is_readable=False)


@given(text=ANYTHING)
@settings(deadline=None, max_examples=300)
def test_any_text_has_an_answer_and_passages_lie_inside_it(text: str) -> None:
    facts = facts_of(text)

    for _, start, end in facts.passages():
        assert 0 <= start < end <= len(text)
    for read in (*facts.skills, facts.title, facts.client_name, facts.country, facts.city):
        assert read is None or text[read.start : read.end] == read.value


HOSTILE = [
    *(
        "{",
        "<",
        "a",
        " ",
        "\n",
        "\n\n",
        "$",
        "$5",
        "$5 - ",
        "9",
        "9,",
        "9 999",
        ".",
        "?",
        "a? ",
        "a. ",
    ),
    *(
        "Thanks, Maria ",
        "Thanks,\nMaria\n",
        "I'm Tom ",
        "I'm Tom from Acme. ",
        "A ",
        "Aa-",
        "Maria ",
    ),
    *(
        "Fixed-price\n",
        "$5\n-\n",
        "Hourly\n$5\n",
        "- a\n",
        "1. a\n",
        "To apply:\n- a\n",
        "Skills:\n",
    ),
    *("start with the word ", 'word "', '"', "please ", "and ", "tell us ", "your ", "what you? "),
    *("To apply, ", "Skills and Expertise\na\n", "a, ", "12 jobs posted\n", "United States\n"),
    *("Posted ago\n", "Proposals:\n", "You will be asked to answer the following questions\n"),
    *("budget ", "our budget is ", "located in ", "Budget: $", "best ", "how you ", "for a "),
]


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_hostile_texts_take_no_longer_than_others(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    facts_of("Some words to begin with")  # loads what tells languages
    began = time.process_time()
    facts_of(text)

    # Quadratic time would be minutes.
    assert time.process_time() - began < 3
