"""What the log says, put into a message to a client and into the answer about a score (C6, J15).

By rules of our own and nothing else: the log's sentences stay as they were written, in an honest
order (what happened, what was learned, what is done differently). Only entries that hold a lesson
or a change are used: what else was noted down on the way was not meant for a client's eyes. Pure:
no Django, no clock.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from contracts.messages.originals import ENGLISH, RUSSIAN, UKRAINIAN

THE_CLIENT: Final = "the client"
THE_PROJECT: Final = "the project"
SHORTEST_NAME: Final = 3
"""A name of fewer letters may be any word, so it is left to the reader (the page points at it)."""


@dataclass(frozen=True, slots=True)
class LogNote:
    """An entry of a contract's log (C6)."""

    happened_on: dt.date
    what: str
    lesson: str = ""
    differently: str = ""

    @property
    def is_lesson(self) -> bool:
        """Whether it says more than what happened."""
        return bool(self.lesson.strip() or self.differently.strip())


def lessons_of(notes: Iterable[LogNote]) -> list[LogNote]:
    """The entries that a draft draws on, oldest first."""
    return sorted((note for note in notes if note.is_lesson), key=lambda note: note.happened_on)


def sentence(text: str) -> str:
    """The text on one line, with an end."""
    words = " ".join(text.split())
    return words if not words or words[-1] in ".!?…" else f"{words}."


_HEADS: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        ENGLISH: (
            "Looking back, this is what happened:",
            "What I learned from it:",
            "What I do differently since then:",
        ),
        UKRAINIAN: (
            "Якщо озирнутися назад, сталося ось що:",
            "Чого мене це навчило:",
            "Що я відтоді роблю інакше:",
        ),
        RUSSIAN: (
            "Если оглянуться назад, произошло вот что:",
            "Чему меня это научило:",
            "Что я с тех пор делаю иначе:",
        ),
    }
)


def honest_sentences(notes: Sequence[LogNote], heads: Sequence[str]) -> list[str]:
    """What happened, what was learned, what is done differently: a line each, under its head."""
    lessons = lessons_of(notes)
    parts = (
        [note.what for note in lessons],
        [note.lesson for note in lessons],
        [note.differently for note in lessons],
    )
    lines = []
    for head, texts in zip(heads, parts, strict=True):
        if said := " ".join(filter(None, map(sentence, dict.fromkeys(texts)))):
            lines.append(f"{head} {said}")
    return lines


def own_up_with_log(message: str, notes: Sequence[LogNote], language: str) -> str:
    """The message that owns up, with what the log says behind its first words (J15.2).

    Its paragraphs are kept. As a practice may have changed them, the log comes after the second
    one (the greeting, and what one takes on oneself), and before the last one in any case.
    """
    said = "\n".join(honest_sentences(notes, _HEADS[language]))
    if not said:
        return message
    paragraphs = message.split("\n\n")
    place = max(0, min(2, len(paragraphs) - 1))
    return "\n\n".join([*paragraphs[:place], said, *paragraphs[place:]])


def _letter(*paragraphs: str, farewell: str) -> str:
    return "\n\n".join(("{{ greeting }}", *paragraphs, farewell + "\n{{ my_name }}"))


LATE_REQUEST: Final[Mapping[str, str]] = MappingProxyType(
    {
        ENGLISH: _letter(
            "“{{ title }}” ended a while ago, and I hope that the result serves you well.",
            "It has no feedback on Upwork yet. Should you find two minutes for it, a few honest "
            "words would help me, because future clients rely on the experience of those before "
            "them. Upwork takes feedback for 14 days after the end; if the form is no longer "
            "there, its support can be asked to open it again.",
            "If anything was not as it should be, please write to me, and I will gladly see what "
            "I can do.",
            farewell="Best regards,",
        ),
        UKRAINIAN: _letter(
            "Контракт «{{ title }}» завершився вже давно. Сподіваюся, результат Вам служить.",
            "Відгуку про нього на Upwork ще немає. Якщо знайдете дві хвилини, кілька щирих слів "
            "мені допоможуть: майбутні клієнти зважають на досвід тих, хто був до них. Upwork "
            "приймає відгуки 14 днів після завершення; якщо форми вже немає, можна попросити "
            "службу підтримки відкрити її знову.",
            "Якщо щось було не так, напишіть мені, будь ласка, і я охоче подивлюся, що можна "
            "зробити.",
            farewell="З повагою",
        ),
        RUSSIAN: _letter(
            "Контракт «{{ title }}» завершился уже давно. Надеюсь, результат Вам служит.",
            "Отзыва о нём на Upwork пока нет. Если найдёте две минуты, несколько искренних слов "
            "мне помогут: будущие клиенты ориентируются на опыт тех, кто был до них. Upwork "
            "принимает отзывы 14 дней после завершения; если формы уже нет, можно попросить "
            "службу поддержки открыть её снова.",
            "Если что-то было не так, напишите мне, пожалуйста, и я с удовольствием посмотрю, "
            "что можно сделать.",
            farewell="С уважением,",
        ),
    }
)
"""The request to rate once the 14 days of J18 are over: the usual one would promise a form that is
not there any more."""


def without_names(text: str, names: Collection[str], titles: Collection[str]) -> str:
    """The text without clients' names and contracts' titles, in any case.

    A title of one word (“Logo”) names nobody and stays.
    """
    found = [(name, THE_CLIENT) for name in names if len(name.strip()) >= SHORTEST_NAME]
    found += [(title, THE_PROJECT) for title in titles if len(title.split()) > 1]
    for name, instead in sorted(found, key=lambda pair: -len(pair[0])):
        words = r"\s+".join(map(re.escape, name.split()))
        bare = rf"(?<!\w){words}(?!\w)"
        text = re.sub(rf"[“«\"]{bare}[”»\"]|{bare}", instead, text, flags=re.IGNORECASE)
    text = re.sub(
        rf"\b(?:the|an?|my|our)\s+(?={THE_CLIENT}\b|{THE_PROJECT}\b)", "", text, flags=re.I
    )
    start = re.compile(rf"(^|[.?!]\s+)({THE_CLIENT}|{THE_PROJECT})\b")
    return start.sub(lambda match: match[1] + match[2].capitalize(), text)
