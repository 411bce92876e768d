"""A message to a client for one contract: whose words, in which language, filled with what.

Words of a message hold `{{ name }}` with a name of `PLACEHOLDERS`. `practice_messages` reads what a
practice changed once; after that a message costs no query, for however many contracts (of which
`client` and `freelancer` are fetched).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from contracts.messages.originals import ENGLISH, RUSSIAN, SAMPLES, UKRAINIAN, original
from contracts.models import Contract, MessageTemplate
from proposals.placeholders import Rendered, problems_in, render
from proposals.template_problems import problem_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: What stands in the words of a message, and what it means.
PLACEHOLDERS: Final[Mapping[str, _StrPromise]] = {
    "greeting": gettext_lazy("“Hi” with the client's name; “Hello” for a contract without one."),
    "client_name": gettext_lazy(
        "The client, as Upwork's reports name it; some contracts have none."
    ),
    "title": gettext_lazy("The contract's title."),
    "delivered": gettext_lazy("What was delivered, as entered on the contract; else its title."),
    "my_name": gettext_lazy("The freelancer whose contract it is."),
}

_GREETINGS: Final[Mapping[str, tuple[str, str]]] = {  # with a name, and without
    ENGLISH: ("Hi {name},", "Hello,"),
    UKRAINIAN: ("Добрий день, {name}!", "Добрий день!"),
    RUSSIAN: ("Здравствуйте, {name}!", "Здравствуйте!"),
}
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")


def greeting(*, language: str, client_name: str) -> str:
    """The first line of a message. The client may be a company: its name is used whole.

    Ukrainian addresses people in the vocative, which a name alone does not tell; so a name in
    Cyrillic letters is left out there rather than got wrong.
    """
    with_name, without = _GREETINGS[language]
    name = client_name.strip()
    if not name or (language == UKRAINIAN and _CYRILLIC.search(name)):
        return without
    return with_name.replace("{name}", name)


def language_of(contract: Contract) -> str:
    """The client's language; English for a contract without a client."""
    return contract.client.language if contract.client else ENGLISH


def contract_values(contract: Contract, language: str) -> dict[str, str]:
    """What a contract puts in the place of each placeholder."""
    client_name = contract.client.name if contract.client else ""
    return {
        "greeting": greeting(language=language, client_name=client_name),
        "client_name": client_name,
        "title": contract.title,
        # A sentence goes on behind it, or ends there with a full stop of its own.
        "delivered": contract.delivered_what.strip().rstrip(".") or contract.title,
        "my_name": contract.freelancer.name,
    }


def sample_values(language: str, my_name: str) -> dict[str, str]:
    """What a message is shown with where there is no contract yet."""
    sample = SAMPLES[language]
    return {
        "greeting": greeting(language=language, client_name=sample.client_name),
        "client_name": sample.client_name,
        "title": sample.title,
        "delivered": sample.delivered,
        "my_name": my_name,
    }


def filled(body: str, values: Mapping[str, str]) -> Rendered:
    """The words with their placeholders filled; what cannot be filled stays visible."""
    return render(body, values, allowed=PLACEHOLDERS)


@dataclass(frozen=True, slots=True)
class PracticeMessages:
    """A practice's messages: its own words by kind and language, else the built-in ones."""

    own: Mapping[tuple[str, str], str]

    def is_own(self, kind: str, language: str) -> bool:
        return (kind, language) in self.own

    def body(self, kind: str, language: str) -> str:
        """The words with their placeholders."""
        return self.own.get((kind, language)) or original(kind, language)

    def rendered(self, kind: str, contract: Contract) -> Rendered:
        """The message for a contract in its client's language, and what could not be filled."""
        language = language_of(contract)
        return filled(self.body(kind, language), contract_values(contract, language))

    def text(self, kind: str, contract: Contract) -> str:
        """The message for a contract, ready to copy."""
        return self.rendered(kind, contract).text


def practice_messages(actor: Actor) -> PracticeMessages:
    """The messages of the actor's practice: one query."""
    rows = MessageTemplate.objects.for_actor(actor).values_list("kind", "language", "body")
    return PracticeMessages({(kind, language): body for kind, language, body in rows})


def message_for(*, kind: str, contract: Contract, messages: PracticeMessages) -> str:
    """The message for a contract, ready to copy; `messages` serves any number of contracts."""
    return messages.text(kind, contract)


def body_errors(body: str) -> list[str]:
    """What keeps words from being used, each with its place, in sentences for the writer."""
    found = problems_in(body, allowed=PLACEHOLDERS)
    return [problem_words(problem, example="title") for problem in found]
