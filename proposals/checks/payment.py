"""Payment that goes round Upwork (B8): forbidden for 24 months, contract or not (B11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from profiles.checks.findings import Span
from proposals.checks.sentences import is_denied, sentence_around

_METHOD: Final = (
    r"(?:pay ?pal|payoneer|(?:transfer)?wise|venmo|zelle|cash ?app|western union|moneygram|revolut"
    r"|skrill|(?:bank|wire|direct|swift|sepa) transfer|bank account|crypto(?:currency)?|bitcoin"
    r"|btc|usdt|usdc|ethereum|apple pay|google pay|upi|a wire)"
)
_NOT_OURS: Final = (
    r"(?! (?:integrations?|apis?|checkouts?|buttons?|gateways?|plugins?|modules?|sdk|webhooks?"
    r"|payments? (?:in|into|to) your|processing|exchange|market|website|project|apps?|trading|fees?"
    r"|reports?|statements?|data|export|csv|reconciliation))"
)
_ASKS: Final = re.compile(
    rf"\bpay (?:me|us)\b[^.!?\n]{{0,40}}?\b(?:{_METHOD}|outside|directly\b(?! (?:on|through|via)"
    r" upwork))"
    r"|\b(?:I|we)(?: can| could| also| do| would| usually| only|['’]d| will)*"
    rf" (?:accept|take|prefer|receive|get paid)\b(?: \w{{1,12}}){{0,3}}? {_METHOD}\b{_NOT_OURS}"
    r"|\b(?:send|transfer|wire|deposit|pay|payment|paid)\b(?: \w{1,14}){0,4}? (?:to|into|through"
    rf"|via|by|on) (?:my|our) {_METHOD}\b{_NOT_OURS}"
    r"|\b(?:pay|payments?|paid|deposit|advance|upfront|half)(?: \w{1,14}){0,3}? (?:via|by|through"
    rf"|in|over|using|with) {_METHOD}\b{_NOT_OURS}"
    rf"|\b(?:send|transfer|wire)(?: me| us)(?: \w{{1,14}}){{0,4}}? (?:via|by|through|in|over|using"
    rf"|with|on) {_METHOD}\b"
    r"|\b(?:work|deal|contract|pay|paid|payments?|payment|continue|do (?:this|it)|go|move|hire me"
    r"|settle|arrange)(?: \w{1,12}){0,3}? (?:outside|off)(?: of)? (?:upwork|the platform|this"
    r" (?:platform|site))\b"
    r"|\b(?:avoid|save|skip|bypass|dodge|escape|get around|cut out)(?: \w{1,12}){0,3}?"
    r" (?:upwork(?:['’]s)?|platform(?:['’]s)?|service)(?: service)? (?:fees?|commissions?|cut)\b"
    r"|\b(?:off|outside)[- ](?:the[- ])?(?:platform|upwork) (?:payments?|deal|contract)\b",
    re.IGNORECASE,
)
_SURE: Final = re.compile(
    r"(?<![\w.])(?:https?://)?(?:www\.)?(?:paypal\.me/\w{2,40}|paypal\.com/paypalme/\w{2,40}"
    r"|revolut\.me/\w{2,40}|buymeacoffee\.com/\w{2,40}|wise\.com/pay/\S{2,40}|cash\.app/\$?\w{2,40}"
    r"|venmo\.com/(?:u/)?\w{2,40})|(?<!\w)0x[a-fA-F0-9]{40}(?!\w)"
    r"|(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?!\w)(?<=\d)"
)
_THEIR_WORK: Final = re.compile(
    r"\b(?:customers?|users?|visitors?|shoppers?|buyers?|donors?|guests?|members?|subscribers?"
    r"|check-?outs?|stores?|shops?|carts?|integrat\w{1,8}|gateways?|plug-?ins?|APIs?|apps?|stripe"
    r"|woocommerce|shopify|employees|suppliers?|vendors?|tenants?|freelancers|contractors)\b",
    re.IGNORECASE,
)
_OWN: Final = re.compile(r"\b(?:me|us|my|our|I|we)\b", re.IGNORECASE)
_UPWORK: Final = re.compile(r"upwork|platform|this site", re.IGNORECASE)
_DONE: Final = re.compile(
    r"\b(?:did|done|worked|completed|finished|clients?|experience|reviews?|testimonials?|projects?"
    r"|jobs?|portfolio|history|also work|mostly|full[- ]time|years?)\b[^.!?\n]{0,40}\Z",
    re.IGNORECASE,
)
_PROPOSED: Final = re.compile(
    r"\b(?:can|could|let['’]?s|let us|prefer|shall|may|might|if|happy|please|want|would|like|better"
    r"|cheaper|should|to)\b",
    re.IGNORECASE,
)
_WORK: Final = re.compile(r"work|go|continue|contract|deal|do ", re.IGNORECASE)


def payment_spans(text: str) -> Iterator[Span]:
    """Where money is asked for past Upwork; not the PayPal that is built into a client's shop."""
    for found in _SURE.finditer(text):
        yield found.span()
    for found in _ASKS.finditer(text):
        if not is_denied(text, found.start()) and not _is_work(text, found):
            yield found.span()


def _is_work(text: str, found: re.Match[str]) -> bool:
    first, last = sentence_around(text, found.span())
    if _UPWORK.search(found[0]):
        # “Much of my work was done outside of Upwork” tells of the past.
        before_end = text[first : found.end()].lower().rfind(" o")
        said = text[first : first + max(before_end, 0)]
        is_told = _DONE.search(said) or not _PROPOSED.search(said)
        return bool(_WORK.match(found[0]) and is_told)
    is_own = _OWN.search(found[0])
    return not is_own and bool(_THEIR_WORK.search(text[first:last]))
