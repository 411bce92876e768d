"""Contact details before a contract, and payment that goes round Upwork (B8, B11).

The heaviest that a letter can hold: an account may be lost over it. Addresses, numbers, links and
handles are found in any language, invitations in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from profiles.checks.findings import MOST_OF_A_CHECK, Finding, Place, Span, Weight
from profiles.checks.word_data import frequency_of
from proposals.checks.asked import Asked
from proposals.checks.payment import payment_spans

RARE: Final = 2.5
"""Zipf frequency below which a word may be somebody's handle [C]."""

_MAIL_HOST: Final = (
    r"(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|protonmail|proton|aol|gmx|live|msn|ukr"
    r"|yandex|mail|zoho)"
)
_EMAIL: Final = re.compile(
    r"(?<![\w.+@/-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[a-zA-Z]{2,12}(?![\w@]|:[\w/])"
)
_HIDDEN_EMAIL: Final = re.compile(
    r"(?<![\w.])[\w.+-]{2,64}\s{0,2}(?:"
    r"[(\[{<]\s?(?:at|@)\s?[)\]}>]\s{0,2}[\w-]{2,40}\s{0,2}"
    r"(?:[(\[{<]\s?(?:dot|\.)\s?[)\]}>]|\bdot\b|\.)\s{0,2}[a-z]{2,6}\b"
    r"|(?:\bat\b|@)\s{1,2}[\w-]{2,40}\s{1,2}(?:\bdot\b|[(\[{]\s?dot\s?[)\]}])\s{1,2}[a-z]{2,6}\b"
    rf"|\s{{1,2}}@\s{{0,2}}{_MAIL_HOST}\s{{0,2}}(?:\.|\bdot\b)\s{{0,2}}[a-z]{{2,4}}\b)",
    re.IGNORECASE,
)
_NAME_AT_HOST: Final = re.compile(
    r"(?:e-?mail|write|mail|reach|contact|message)[^.!?\n@]{0,30}?\b[\w+-]{2,40} at (?:gmail"
    r"|googlemail|hotmail|yahoo|outlook|icloud|protonmail)(?:\.com)?\b",
    re.IGNORECASE,
)
_NOT_MAIL: Final = re.compile(
    r"(?:git@|.{0,64}@(?:[\w-]{1,63}\.)?example\.|.{0,64}\.(?:png|jpe?g|svg|webp|gif|js|css)\Z)",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(
    r"(?<![\w.,$€£/#=+-])(?:\+ ?\d{1,3}(?:[ .()-]{0,2}\d{1,12}){1,6}"
    r"|(?:1[ .-]?)?\(?\d{3}\)?[ .-]{1,2}\d{3}[.-]\d{4}"
    r"|\(\d{2,5}\) ?\d{3,4}[ .-]?\d{3,4})(?![\w%]|[.,/-]\d)"
)
_CALLED: Final = re.compile(
    r"(?<!\w)(?:call(?: me)?|phone|tel|telephone|mobile|cell|whats ?app|text me|viber|signal|sms"
    r"|my number|reach me|імо|тел|телефон|вайбер|вотсап)\b[\s.:]{0,3}(?:(?:me|at|on|is|number"
    r"|no|nr|now|anytime|us)\b[\s.:]{0,3}){0,3}"
    r"(?P<number>\+?\(?\d(?:[ .()-]{0,2}\d){7,14})(?!\w|[.-]\d)",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:www\.)?(?:(?:t|telegram)\.me/\+?\w{3,40}|wa\.me/\+?\d{5,15}"
    r"|(?:api|chat)\.whatsapp\.com/\S{1,60}|join\.skype\.com/\S{1,60}|(?:\w{2,12}\.)?zoom\.us/"
    r"(?:j|my|s)/\S{1,60}|meet\.google\.com/\w[\w-]{2,40}|teams\.microsoft\.com/\S{1,60}"
    r"|calendly\.com/[\w./-]{2,60}|cal\.com/[\w./-]{2,60}|discord\.gg/\w{2,40}"
    r"|discord(?:app)?\.com/(?:invite|users)/\w{2,40}|viber\.com/\S{1,60}|m\.me/[\w.]{2,40}"
    r"|line\.me/\S{1,60})|(?<!\w)(?:skype|tg|viber|mailto|tel|whatsapp):(?://)?[\w.+@?=-]{3,60}"
    r"(?<![.?])(?<!:live)",
    re.IGNORECASE,
)
_APP: Final = (
    r"(?:skype|telegram|whats ?app|we ?chat|viber|discord|signal app|kik|imo|slack"
    r"|facebook messenger|фейсбук|телеграм+|вайбер[уі]?|вотсап|ватсап|вацап|скайп)"
)
_HANDLE: Final = re.compile(
    rf"(?<!\w){_APP}(?:[ -](?:id|handle|user ?name|user|name|nick(?:name)?|account|contact|me))?"
    r"\s{0,2}(?:(?:is|at)\b|[:=–—-])?\s{0,2}[(\[]?(?:@[\w.]{3,40}|live:[\w.]{2,40}"
    r"|(?<=[:= ])(?=[\w.]{0,30}[a-z][\d_])[a-z][\w.]{3,30}\b(?=[\s,.;!?)]|\Z))"
    rf"|(?<!\w)(?:my|мій|мой) {_APP} (?:(?:id|handle|user ?name|nick(?:name)?) )?(?:is|[:=–—-]) ?"
    r"@?(?P<loose>[\w.]{4,40})"
    rf"|(?<!\w){_APP} (?:id|handle|user ?name) ?(?:is|[:=–—-]) ?@?[\w.:]{{4,40}}"
    rf"|(?<![\w.@])@[\w.]{{3,40}} (?:on|in|at) {_APP}\b",
    re.IGNORECASE,
)
_VIA: Final = (
    r"(?:on|via|through|over|by|at|using|in) (?:my )?"
    rf"(?:{_APP}|e-?mail|phone|personal e-?mail|my (?:mobile|cell)|google chat|google meet)\b"
    r"(?! (?:bot|template|campaign|flow|api|integration|marketing|automation|channel|group|list))"
)
_INVITED: Final = re.compile(
    r"\b(?:add|contact|message|text|ping|reach|call|dm|find|ring|write(?: to)?|get in touch with"
    rf"|hit) (?:me|us)(?: up| back| directly| anytime| any time)? {_VIA}"
    r"|\b(?:let['’]?s|let us|(?:can|could|may|shall) (?:we|I)|we (?:can|could|should|may)"
    r"|I (?:would )?(?:prefer|like) to|(?:happy|prefer|like|love|glad|available"
    r"|free|easier|better|faster) to)"
    r" (?:\w{1,10} ){0,1}?(?:talk|chat|discuss|speak|connect|continue|move|communicate|switch)"
    rf"(?: (?:about it|this|it|further|more|details|the details|the project|to you|with you"
    rf"|together|directly|over|quickly|there))? (?:{_VIA}|to (?:{_APP}|e-?mail)\b)"
    r"|\b(?:e-?mail|whats ?app|skype) me\b|\bsend me (?:an )?e-?mail\b|\badd me (?:on|in|to) "
    rf"(?:your )?{_APP}|\b(?:what(?:['’]s| is)|(?:send|give|share|tell)(?: me)?) your (?:{_APP}"
    r"|e-?mail(?: address)?|phone(?: number)?|mobile(?: number)?)(?: (?:id|number|handle|contact))?"
    r"(?=\s?[?.,!;\n]|\s(?:and|so|please|to (?:discuss|talk|chat))\b|\s?\Z)",
    re.IGNORECASE,
)
_OFF_PLATFORM: Final = re.compile(
    r"\b(?:talk|chat|speak|communicate|discuss|meet|connect|continue|contact me|reach me"
    r"|message me)(?: \w{1,12}){0,3}? (?:outside|off)(?: of)? (?:upwork|the platform"
    r"|this (?:platform|site))\b",
    re.IGNORECASE,
)
_FROM_WORK: Final = re.compile(r"(?:\b(?:their|your|his|her|users?|customers?)\s)\Z", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d")
_DATE: Final = re.compile(r"(?:19|20)\d\d[.-](?:0?[1-9]|1[0-2])[.-]\d{1,2}|\d{1,2}[.-]\d{1,2}[.-]")


def contact_findings(letter: Place, asked: Asked) -> Iterator[Finding]:
    """B11: contact details are for after the contract, payment outside for never (24 months)."""
    if not asked.has_contract:
        spans = _merged(_contact_spans(letter.text, asked.text))
        yield from letter.each(spans, "contact-details", "B11", Weight.MUST)
        invited = _merged(_invitations(letter.text), beside=spans)
        yield from letter.each(invited, "contact-elsewhere", "B11", Weight.MUST)
    yield from letter.each(
        _merged(payment_spans(letter.text)), "payment-outside", "B8", Weight.MUST
    )


def _contact_spans(text: str, post: str) -> Iterator[Span]:
    """What the post itself holds is the client's own, and part of the task."""
    for pattern in (_EMAIL, _HIDDEN_EMAIL, _NAME_AT_HOST, _LINK, _HANDLE):
        for found in pattern.finditer(text):
            is_none = pattern is _EMAIL and _NOT_MAIL.match(found[0])
            is_word = pattern is _HANDLE and _is_word(found["loose"])
            if not is_none and not is_word and found[0] not in post:
                yield found.span()
    for found in _PHONE.finditer(text):
        if _is_phone(found[0]) and found[0] not in post:
            yield found.span()
    for found in _CALLED.finditer(text):
        if not _DATE.match(found["number"]) and found["number"] not in post:
            yield found.span("number")


def _is_word(handle: str | None) -> bool:
    """“My Skype is broken” gives no handle away."""
    return handle is not None and frequency_of(handle.strip(".").casefold()) >= RARE


def _is_phone(number: str) -> bool:
    digits = len(_DIGITS.findall(number))
    return 9 <= digits <= 15 and not number.endswith("000 000") and not _DATE.match(number)


def _invitations(text: str) -> Iterator[Span]:
    """“Talk to your customers on WhatsApp” is work; “let's talk on WhatsApp” is not."""
    for pattern in (_INVITED, _OFF_PLATFORM):
        for found in pattern.finditer(text):
            if not _FROM_WORK.search(text[max(0, found.start() - 12) : found.start()]):
                yield found.span()


def _merged(spans: Iterator[Span], beside: list[Span] | None = None) -> list[Span]:
    """In the order of the text, what overlaps as one; nothing that overlaps with `beside`."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif not any(start < other[1] and other[0] < end for other in (beside or [])[:_MOST]):
            merged.append((start, end))
    return merged


_MOST: Final = 5 * MOST_OF_A_CHECK
