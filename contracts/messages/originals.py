"""The built-in words of the messages to clients, each language in its own (C2–C4, J15).

They ask politely, say why feedback matters and that closing as “successfully completed” helps; they
never press, and offer nothing for feedback (C4, J18). As nobody knows who writes, the Ukrainian and
Russian words of the first person carry no gender; and as titles and names cannot be declined, they
stand in quotes or after a colon.

Keys are values of `MessageTemplate.Kind` and `MessageLanguage`. No Django here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

ENGLISH, UKRAINIAN, RUSSIAN = "en", "uk", "ru"
LANGUAGES: Final = (ENGLISH, UKRAINIAN, RUSSIAN)

Letters = Mapping[str, str]


def _letter(*paragraphs: str, farewell: str) -> str:
    return "\n\n".join(("{{ greeting }}", *paragraphs, farewell + "\n{{ my_name }}"))


_ENGLISH: Final[Letters] = MappingProxyType(
    {
        "five_star_question": _letter(
            "I have just sent you the final delivery: {{ delivered }}.",
            "Before you close the contract, one question: have I done everything to earn five "
            "stars from you? If anything is missing or could be better, please tell me first, and "
            "I will take care of it.",
            "If all is well, you can close the contract as “successfully completed” whenever it "
            "suits you. Your feedback matters to me: it is the first thing that future clients "
            "look at, and it tells me what to keep doing.",
            farewell="Thank you for working with me,",
        ),
        "ping": _letter(
            "A short note about “{{ title }}”: is everything working as you expected? If "
            "something has come up, I am glad to help.",
            "Once all is done from your side, closing the contract as “successfully completed” "
            "with a few words of feedback would help me a lot, because future clients rely on it. "
            "There is no rush.",
            farewell="Best regards,",
        ),
        "last_ping": _letter(
            "I hope you are well. “{{ title }}” is still open on Upwork, so here is one last "
            "short note about it. I know that you are busy.",
            "If you would like anything changed, please tell me and I will take care of it. If "
            "you are happy with the result, you can close the contract as “successfully "
            "completed”. Your feedback would mean a lot to me, because it helps future clients to "
            "decide.",
            "Otherwise I will close the contract from my side after a while, simply so that it "
            "does not stay open. You can always write to me here, afterwards too.",
            farewell="Thank you for working with me,",
        ),
        "own_up": _letter(
            "I have been thinking about “{{ title }}”. The result was not what you had hoped for, "
            "and I take responsibility for my part in that.",
            "If you are willing to tell me what mattered most to you, I would like to learn from "
            "it. And if there is something that I can still put right, I am glad to do it.",
            "I am sorry for the trouble that it caused you.",
            farewell="Best regards,",
        ),
        "request_to_rate": _letter(
            "“{{ title }}” is closed now. Thank you for the project: I enjoyed working on it.",
            "Upwork lets both sides leave feedback for 14 days after a contract has ended. If you "
            "find two minutes for it, a few honest words would help me a lot: future clients rely "
            "on the experience of those before them.",
            "If anything was not as it should be, please write to me, and I will gladly see what "
            "I can do.",
            farewell="Best regards,",
        ),
    }
)

_UKRAINIAN: Final[Letters] = MappingProxyType(
    {
        "five_star_question": _letter(
            "Фінальна версія вже у Вас: {{ delivered }}.",
            "Перш ніж Ви закриєте контракт, хочу запитати: чи все зроблено так, щоб заслужити "
            "п’ять зірок? Якщо чогось бракує або щось можна покращити, напишіть, будь ласка, "
            "спершу мені, і я охоче все доопрацюю.",
            "Якщо все гаразд, контракт можна закрити як «успішно завершений» у зручний для Вас "
            "час. Ваш відгук для мене важливий: на відгуки насамперед дивляться майбутні клієнти, "
            "а мені він підказує, що я роблю добре.",
            farewell="Дякую за співпрацю!",
        ),
        "ping": _letter(
            "Пишу щодо проєкту «{{ title }}»: чи все працює так, як Ви очікували? Якщо виникли "
            "запитання, охоче допоможу.",
            "Коли з Вашого боку все буде готово, контракт можна закрити як «успішно завершений» і "
            "залишити кілька слів відгуку. Це дуже мені допоможе, адже на відгуки зважають "
            "майбутні клієнти. Поспішати не потрібно.",
            farewell="З повагою",
        ),
        "last_ping": _letter(
            "Сподіваюся, у Вас усе добре. Контракт «{{ title }}» на Upwork ще відкритий, тож "
            "нагадую востаннє, коротко: знаю, як мало буває часу.",
            "Якщо хочете щось змінити, дайте знати, і я про це подбаю. Якщо результат Вас "
            "влаштовує, контракт можна закрити як «успішно завершений». Ваш відгук дуже "
            "важливий для мене: він допомагає майбутнім клієнтам зробити вибір.",
            "Інакше згодом я закрию контракт зі свого боку, просто щоб він не залишався "
            "відкритим. Написати мені тут Ви зможете будь-коли, і після цього теж.",
            farewell="Дякую за співпрацю!",
        ),
        "own_up": _letter(
            "Думаю про наш проєкт «{{ title }}». Результат виявився не таким, на який Ви "
            "сподівалися, і я беру на себе відповідальність за те, що залежало від мене.",
            "Якщо Ви готові розповісти, що було для Вас найважливішим, я хочу зробити з цього "
            "висновки. А якщо я ще можу щось виправити, охоче це зроблю.",
            "Щиро перепрошую за завдані незручності.",
            farewell="З повагою",
        ),
        "request_to_rate": _letter(
            "Контракт «{{ title }}» закрито. Дякую за проєкт: працювати над ним було приємно.",
            "Upwork дає обом сторонам 14 днів після завершення контракту, щоб залишити відгук. "
            "Якщо знайдете дві хвилини, кілька щирих слів дуже мені допоможуть: майбутні клієнти "
            "зважають на досвід тих, хто був до них.",
            "Якщо щось було не так, напишіть мені, будь ласка, і я охоче подивлюся, що можна "
            "зробити.",
            farewell="З повагою",
        ),
    }
)

_RUSSIAN: Final[Letters] = MappingProxyType(
    {
        "five_star_question": _letter(
            "Итоговая версия уже у Вас: {{ delivered }}.",
            "Прежде чем Вы закроете контракт, хочу спросить: всё ли сделано так, чтобы заслужить "
            "пять звёзд? Если чего-то не хватает или что-то можно улучшить, напишите, пожалуйста, "
            "сначала мне, и я с удовольствием всё доработаю.",
            "Если всё хорошо, контракт можно закрыть как «успешно завершённый», когда Вам будет "
            "удобно. Ваш отзыв для меня важен: на отзывы прежде всего смотрят будущие клиенты, а "
            "мне он подсказывает, что я делаю хорошо.",
            farewell="Спасибо за сотрудничество!",
        ),
        "ping": _letter(
            "Пишу по поводу проекта «{{ title }}»: всё ли работает так, как Вы ожидали? Если "
            "появились вопросы, с удовольствием помогу.",
            "Когда с Вашей стороны всё будет готово, контракт можно закрыть как «успешно "
            "завершённый» и оставить несколько слов отзыва. Это очень мне поможет: будущие "
            "клиенты смотрят на отзывы. Торопиться не нужно.",
            farewell="С уважением,",
        ),
        "last_ping": _letter(
            "Надеюсь, у Вас всё хорошо. Контракт «{{ title }}» на Upwork ещё открыт, поэтому "
            "коротко напомню ещё раз: знаю, как мало бывает времени.",
            "Если хотите что-то изменить, дайте знать, и я этим займусь. Если результат Вас "
            "устраивает, контракт можно закрыть как «успешно завершённый». Ваш отзыв очень "
            "важен для меня: он помогает будущим клиентам сделать выбор.",
            "Иначе спустя некоторое время я закрою контракт со своей стороны, просто чтобы он не "
            "оставался открытым. Написать мне здесь Вы сможете в любое время, и после этого тоже.",
            farewell="Спасибо за сотрудничество!",
        ),
        "own_up": _letter(
            "Думаю о нашем проекте «{{ title }}». Результат оказался не таким, на который Вы "
            "надеялись, и я беру на себя ответственность за то, что зависело от меня.",
            "Если Вы готовы рассказать, что было для Вас самым важным, я хочу сделать из этого "
            "выводы. А если я ещё могу что-то исправить, с удовольствием это сделаю.",
            "Приношу искренние извинения за доставленные неудобства.",
            farewell="С уважением,",
        ),
        "request_to_rate": _letter(
            "Контракт «{{ title }}» закрыт. Спасибо за проект: работать над ним было приятно.",
            "Upwork даёт обеим сторонам 14 дней после завершения контракта, чтобы оставить отзыв. "
            "Если найдёте две минуты, несколько искренних слов очень мне помогут: будущие клиенты "
            "ориентируются на опыт тех, кто был до них.",
            "Если что-то было не так, напишите мне, пожалуйста, и я с удовольствием посмотрю, что "
            "можно сделать.",
            farewell="С уважением,",
        ),
    }
)

ORIGINALS: Final[Mapping[str, Letters]] = MappingProxyType(
    {ENGLISH: _ENGLISH, UKRAINIAN: _UKRAINIAN, RUSSIAN: _RUSSIAN}
)


def original(kind: str, language: str) -> str:
    """The built-in words of a message, with their placeholders."""
    return ORIGINALS[language][kind]


@dataclass(frozen=True, slots=True)
class Sample:
    """What a message is shown with where there is no contract to show it with."""

    client_name: str
    title: str
    delivered: str


SAMPLES: Final[Mapping[str, Sample]] = MappingProxyType(
    {
        ENGLISH: Sample("Anna Keller", "New website", "the home page and five subpages"),
        UKRAINIAN: Sample("Anna Keller", "Новий сайт", "головна та п’ять внутрішніх сторінок"),
        RUSSIAN: Sample("Anna Keller", "Новый сайт", "главная и пять внутренних страниц"),
    }
)
