"""What a mail server's answer means for a mail."""

import smtplib
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from outbox.models import LONGEST_ERROR

CLOSING: Final = 421  # the server ends the connection with this answer
# The server wants us to sign in, or does not like how we did: no fault of the mail.
SIGN_IN: Final = frozenset({530, 534, 535, 538})
# We and the server disagree about where the conversation stands; a new one settles that.
OUT_OF_ORDER: Final = 503
# It did not understand the command: that says nothing about an address.
NOT_UNDERSTOOD: Final = frozenset(range(500, 505))


class Fate(Enum):
    SENT = auto()
    LATER = auto()  # this mail is tried again after a while
    AWAY = auto()  # the server is unwell: no mail is tried for a while
    BOUNCED = auto()  # refused for good because of its address
    REFUSED = auto()  # refused for good for any other reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an attempt ended; `is_broken` where its connection cannot carry another mail."""

    fate: Fate
    reason: str = ""
    is_broken: bool = False


SENT: Final = Verdict(Fate.SENT)


def verdict_of(error: Exception) -> Verdict:
    """Of an attempt on an open connection that failed.

    4xx: later. 5xx to RCPT: the address is no good (500 to 504 only say that a command was not
    understood). Any other 5xx, and what no server would ever take: refused. A connection that
    breaks: later, on another one.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return _of_answer(code, words, Fate.BOUNCED)
    if isinstance(error, smtplib.SMTPResponseException):
        return _of_answer(error.smtp_code, error.smtp_error, Fate.REFUSED)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Verdict(Fate.REFUSED, reason_of(error))
    if isinstance(error, OSError):
        return Verdict(Fate.LATER, reason_of(error), is_broken=True)
    # The mail itself: an address that is none, a header of two lines.
    return Verdict(Fate.REFUSED, reason_of(error))


def reason_of(error: Exception) -> str:
    """A line about an error, short enough to be kept."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _line(error.smtp_code, error.smtp_error)
    return _plain(f"{type(error).__name__}: {error}")


def _of_answer(code: int, words: bytes | str, for_good: Fate) -> Verdict:
    reason = _line(code, words)
    if code in SIGN_IN:
        return Verdict(Fate.AWAY, reason, is_broken=True)
    if code == OUT_OF_ORDER:
        return Verdict(Fate.LATER, reason, is_broken=True)
    if 500 <= code <= 599:
        return Verdict(Fate.REFUSED if code in NOT_UNDERSTOOD else for_good, reason)
    # An answer that is none (-1) tells nothing about the mail, and the next would be as odd.
    return Verdict(Fate.LATER, reason, is_broken=code == CLOSING or not 400 <= code <= 499)


def _line(code: int, words: bytes | str) -> str:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    return _plain(f"{code} {said}")


def _plain(text: str) -> str:
    """One line without what a database refuses to keep, such as NUL."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:LONGEST_ERROR]
