"""Made-up posts and profiles for `benchmarks/profiles.py`: words of trades among everyday ones."""

from random import Random

from profiles.content import LONGEST_OVERVIEW, Content, PortfolioItem

TRADE_WORDS = """
Shopify checkout Klaviyo Figma Webflow PostgreSQL Golang JavaScript copywriting bookkeeping
reconciliation QuickBooks storyboard retouching translation subtitling onboarding invoices
analytics dashboard scraping pipeline Terraform Kubernetes branding illustration packaging
typography localization transcription forecasting spreadsheet Photoshop podcast voiceover
"""
EVERYDAY_WORDS = """
the and for with that this from people work make need time good find clear small every want show
tell people ask week long short write build read know keep many first
"""
TRADE = TRADE_WORDS.split()
EVERYDAY = EVERYDAY_WORDS.split()


def text_of(random: Random, characters: int, share: float = 0.2) -> str:
    """Made-up sentences; `share` of the words are of a trade."""
    said: list[str] = []
    length = 0
    while length < characters:
        words = [
            random.choice(TRADE if random.random() < share else EVERYDAY)
            for _ in range(random.randint(5, 14))
        ]
        said.append(" ".join(words).capitalize() + random.choice([". ", ".\n"]))
        length += len(said[-1])
    return "".join(said)[:characters]


def made_up_profile(random: Random) -> Content:
    return Content(
        title=text_of(random, 70),
        overview=text_of(random, LONGEST_OVERVIEW),
        skills=tuple(random.sample(TRADE, 15)),
        portfolio=tuple(PortfolioItem(text_of(random, 60), text_of(random, 400)) for _ in range(6)),
    )
