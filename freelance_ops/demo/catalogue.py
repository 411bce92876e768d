"""The sample's people, clients and contracts. All names are made up."""

from dataclasses import dataclass
from decimal import Decimal

SOLO = "Olena Marchenko"
AGENCY = "Northlight Studio"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the sample agency."""

    name: str
    time_zone: str
    rate: Decimal
    skills: tuple[str, ...]
    contracts: int
    bad: tuple[int, ...]
    """Which of them ended badly, counted from the newest, which is 0."""
    silent: tuple[int, ...]
    """Which of them ended without feedback."""


TEAM = (
    Person(
        "Marta Lindqvist",
        "Europe/Stockholm",
        Decimal(85),
        ("Brand identity",),
        26,
        (19,),
        (4, 9, 15),
    ),
    Person(
        "Daniel Okafor",
        "Africa/Lagos",
        Decimal(60),
        ("Django backend", "API"),
        31,
        (6, 27),
        (2, 11, 12, 20),
    ),
    Person(
        "Priya Raman",
        "Asia/Kolkata",
        Decimal(55),
        ("Data pipeline", "Dashboard"),
        22,
        (1, 9),
        (3, 14),
    ),
    Person(
        "Tomás Herrera",
        "America/Bogota",
        Decimal(48),
        ("Webflow site",),
        18,
        (2, 5, 11),
        (1, 3, 4, 7, 8),
    ),
    Person("Iryna Kovalenko", "Europe/Kyiv", Decimal(52), ("UX audit", "Prototype"), 11, (), (2,)),
    Person("Ben Whitlock", "Europe/London", Decimal(40), ("Copywriting",), 4, (), ()),
)

CLIENTS = (
    "Alder & Finch", "Baltic Freight", "Brightwater Clinic", "Caldera Coffee", "Copperline Tools",
    "Dovetail Homes", "Eastgate Legal", "Fernhill Farms", "Greyling Media", "Harbour Yoga",
    "Ironbark Fitness", "Juniper Labs", "Kestrel Travel", "Larkspur Events", "Meridian Dental",
    "Nightjar Games", "Oakhaven School", "Pinecrest Realty", "Quillon Books", "Rosewood Bakery",
    "Saltmarsh Surf", "Tamarack Outdoor", "Umber Ceramics", "Vantage Solar", "Willow & Wren",
)  # fmt: skip

WORK = (
    "Landing page for {client}", "Shop redesign", "Product pages and checkout",
    "Email templates", "Speed and Core Web Vitals fixes", "Blog migration to Django",
    "Monthly site care", "Booking form with payments", "Icon set and style guide",
    "Analytics clean-up", "Onboarding screens", "Accessibility audit",
    "Admin dashboard", "Search for the help centre", "Newsletter archive",
)  # fmt: skip

GOOD_WORDS = (
    "Clear, quick and careful. We will be back.",
    "Understood what we needed before we did.",
    "Delivered early and explained every choice.",
    "A pleasure to work with; the result speaks for itself.",
    "",
)
BAD_WORDS = (
    "The result was fine in the end, but we lost two weeks waiting for answers.",
    "Good skills, but the scope was misunderstood from the start.",
)
LOGS = (
    (
        "The client wanted the first draft a week before we had the texts.",
        "A start date means little while the inputs are missing.",
        "Ask for all inputs before naming a date.",
    ),
    (
        "Two revision rounds turned into five.",
        "I never said how many were included.",
        "Name two rounds in the first message, and the price of a third.",
    ),
)
