"""The built-in words (C2–C4, J15, J18): each kind in each language, filled without a gap."""

import re

import pytest

from contracts.messages.originals import LANGUAGES, ORIGINALS, SAMPLES, original
from contracts.messages.rendering import PLACEHOLDERS, filled, greeting, sample_values
from contracts.messages.tone import Hint, Tone, tone_hints
from contracts.models import MessageLanguage, MessageTemplate
from proposals.placeholders import placeholders_in

EACH = [(kind.value, language) for kind in MessageTemplate.Kind for language in LANGUAGES]
each = pytest.mark.parametrize(("kind", "language"), EACH)
# What each message must speak of, in each language.
SPEAKS_OF = {
    "five_star_question": ("five stars", "п’ять зірок", "пять звёзд"),
    "ping": ("no rush", "Поспішати не потрібно", "Торопиться не нужно"),
    "last_ping": ("after a while", "згодом", "спустя некоторое время"),
    "own_up": ("responsibility", "відповідальність", "ответственность"),
    "request_to_rate": ("14 days", "14 днів", "14 дней"),
}
SUCCESSFULLY = ("“successfully completed”", "«успішно завершений»", "«успешно завершённый»")
FEEDBACK = ("eedback", "ідгук", "тзыв")


def in_language(words: tuple[str, ...], language: str) -> str:
    return words[LANGUAGES.index(language)]


def test_there_is_each_kind_in_each_language_and_nothing_else() -> None:
    assert set(ORIGINALS) == set(SAMPLES) == {language.value for language in MessageLanguage}
    for letters in ORIGINALS.values():
        assert set(letters) == {kind.value for kind in MessageTemplate.Kind}


@each
def test_it_is_filled_without_a_gap(kind: str, language: str) -> None:
    rendered = filled(original(kind, language), sample_values(language, "Olena"))
    assert rendered.problems == ()
    assert "{" not in rendered.text
    assert "}" not in rendered.text
    assert rendered.text.startswith(greeting(language=language, client_name="Anna Keller") + "\n\n")
    assert rendered.text.endswith("\nOlena")


@each
def test_it_names_what_it_is_about(kind: str, language: str) -> None:
    used = {found.name for found in placeholders_in(original(kind, language))}
    about = "delivered" if kind == "five_star_question" else "title"
    assert used == {"greeting", about, "my_name"}
    assert used <= PLACEHOLDERS.keys()


@each
def test_it_says_what_its_kind_is_for(kind: str, language: str) -> None:
    assert in_language(SPEAKS_OF[kind], language) in original(kind, language)


@each
def test_c4_it_never_presses_and_j18_offers_nothing(kind: str, language: str) -> None:
    assert tone_hints(original(kind, language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["five_star_question", "ping", "last_ping"])
def test_c4_it_says_why_feedback_matters_and_how_closing_helps(kind: str, language: str) -> None:
    words = original(kind, language)
    assert in_language(SUCCESSFULLY, language) in words
    assert in_language(FEEDBACK, language) in words
    assert in_language(("future clients", "майбутн", "будущи"), language) in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_j15_owning_up_asks_for_no_rating(language: str) -> None:
    words = original("own_up", language)
    assert in_language(FEEDBACK, language) not in words
    assert in_language(SUCCESSFULLY, language) not in words


@pytest.mark.parametrize("kind", [kind.value for kind in MessageTemplate.Kind])
def test_each_language_has_its_own_letters(kind: str) -> None:
    """No Ukrainian letter in Russian words and the other way round, and the address is formal."""
    ukrainian, russian = original(kind, "uk"), original(kind, "ru")
    assert not re.search("[ыэёъ]", ukrainian, re.IGNORECASE)
    assert not re.search("[іїєґ’]", russian, re.IGNORECASE)
    for words in (ukrainian, russian):
        assert not re.search(r"\b(ты|ти|тебя|тебе|твой|твій|вы|ви|вам|вас|ваш\w*)\b", words)


@pytest.mark.parametrize("kind", [kind.value for kind in MessageTemplate.Kind])
def test_nobodys_gender_is_guessed(kind: str) -> None:
    """“я зробив”, “рада”, “обдумала”: the writer may be anybody."""
    first_person = r"\bя\s+(?:\w+\s+)?\w+(?:вши|ла|лась|лася|вся|лся|ил|ал|ел|ив|ав)\b"
    gendered = r"\b(рад|рада|радий|вдячн\w+|благодар\w+|готов|готова|готовий|винен|винна)\b"
    for language in ("uk", "ru"):
        assert not re.search(f"{first_person}|{gendered}", original(kind, language), re.IGNORECASE)


# ── The greeting ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "client_name", "expected"),
    [
        ("en", "Anna Keller", "Hi Anna Keller,"),
        ("en", "Keller & Sons GmbH", "Hi Keller & Sons GmbH,"),
        ("en", "", "Hello,"),
        ("en", "  ", "Hello,"),
        ("en", "{name}", "Hi {name},"),
        ("uk", "Anna Keller", "Добрий день, Anna Keller!"),
        ("uk", "Анна", "Добрий день!"),  # the vocative would be “Анно”
        ("uk", "", "Добрий день!"),
        ("ru", "Анна", "Здравствуйте, Анна!"),
        ("ru", "", "Здравствуйте!"),
    ],
)
def test_the_greeting(language: str, client_name: str, expected: str) -> None:
    assert greeting(language=language, client_name=client_name) == expected


# ── Tone ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "tone"),
    [
        ("You must close the contract.", Tone.PRESSES),
        ("Please close it immediately.", Tone.PRESSES),
        ("Please do it as soon as possible!", Tone.PRESSES),
        ("You have to leave feedback.", Tone.PRESSES),
        ("I need 5 stars from you.", Tone.PRESSES),
        ("I really want a good review.", Tone.PRESSES),
        ("Give me five stars.", Tone.PRESSES),
        ("Why haven’t you closed it?", Tone.PRESSES),
        ("Ви повинні закрити контракт.", Tone.PRESSES),
        ("Закрийте контракт негайно.", Tone.PRESSES),
        ("Мені потрібно п’ять зірок.", Tone.PRESSES),
        ("Поставте 5 зірок", Tone.PRESSES),
        ("Чому Ви досі не закрили контракт?", Tone.PRESSES),
        ("Вы должны закрыть контракт.", Tone.PRESSES),
        ("Срочно закройте контракт.", Tone.PRESSES),
        ("Мне нужно пять звезд.", Tone.PRESSES),
        ("Почему Вы до сих пор не ответили?", Tone.PRESSES),
        ("I beg you, leave feedback.", Tone.BEGS),
        ("Otherwise I will lose my badge.", Tone.BEGS),
        ("Благаю, залиште відгук.", Tone.BEGS),
        ("Умоляю, оставьте отзыв.", Tone.BEGS),
        ("You get a 10 % discount for a review.", Tone.OFFERS),
        ("For your feedback I offer two free hours.", Tone.OFFERS),
        ("A refund for five stars.", Tone.OFFERS),
        ("Дам знижку за відгук.", Tone.OFFERS),
        ("За відгук поверну кошти.", Tone.OFFERS),
        ("Бонус за відгук: година безкоштовно.", Tone.OFFERS),
        ("Сделаю скидку за отзыв.", Tone.OFFERS),
        ("За отзыв верну деньги.", Tone.OFFERS),
    ],
)
def test_words_that_press_beg_or_offer_are_hinted_at(words: str, tone: Tone) -> None:
    assert tone in {hint.tone for hint in tone_hints(words)}


@pytest.mark.parametrize(
    "words",
    [
        "You must be busy these days.",
        "Feel free to write to me.",
        "Was it a five-star experience? If not, tell me first.",
        "I would be glad of your feedback.",
        "Буду щасливий отримати відгук, коли матимете час.",
        "Оставьте, пожалуйста, отзыв, когда будет время.",
    ],
)
def test_friendly_words_are_left_alone(words: str) -> None:
    assert tone_hints(words) == []


def test_a_hint_names_the_line_and_the_same_words_once() -> None:
    found = tone_hints("Hello,\n\nyou MUST\nand you must. Immediately!")
    assert found == [Hint(Tone.PRESSES, "MUST", 3), Hint(Tone.PRESSES, "Immediately", 4)]
