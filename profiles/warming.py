"""Loading the libraries that the checks, the match and the figures stand on.

Together they take two to three seconds, so they are loaded when they are first needed. A server
does that in the background as it starts, and the first person to open a draft need not wait.
"""

from threading import Thread
from typing import Final

from profiles.checks import findings_of
from profiles.content import Content
from profiles.conversion import chance_better, rate_of
from profiles.matching import match_of, terms_of

SAMPLE: Final = Content(
    title="Bookkeeper for small breweries",
    overview="Your books are three months behind, and the tax office does not wait. " * 5,
)


def libraries_load() -> None:
    """Check, match and compare a sample: whatever that needs is loaded afterwards."""
    findings_of(SAMPLE)
    match_of(terms_of("Looking for a bookkeeper who knows breweries."), SAMPLE)
    chance_better(rate_of(1, 20), rate_of(2, 20))


def libraries_load_in_background() -> None:
    Thread(target=libraries_load, name="profile-libraries", daemon=True).start()
