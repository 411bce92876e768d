"""The mail server that `EMAIL_URL` names, as Django wants it; without one, a folder."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_email_url  # type: ignore[import-untyped]  # it ships no types

# Seconds that the server may take over one command.
SMTP_TIMEOUT = 10
# What people write, as dj-email-url understands it, and the port without one. By `smtps` that
# library means STARTTLS; everybody else means a connection that is encrypted from the start.
SCHEMES = {
    "smtp": ("smtp", {}, 25),
    "smtp+tls": ("submission", {}, 587),
    "submission": ("submission", {}, 587),
    "smtps": ("smtp", {"EMAIL_USE_SSL": True}, 465),
    "smtp+ssl": ("smtp", {"EMAIL_USE_SSL": True}, 465),
}
EXPECTED = (
    "EMAIL_URL must look like submission://user:password@mail.example.com:587 (or smtp:// without"
    " encryption, or smtps:// with it from the start), with %40 for an @ in the user's name."
)


def mailers(url: str, data: Path) -> dict[str, dict[str, Any]]:
    """Django's `MAILERS`; ends the process with a sentence where `url` is no mail server."""
    if not url:
        options: dict[str, Any] = {"folder": data / "mail"}
        return {"default": {"BACKEND": "outbox.backends.FileBackend", "OPTIONS": options}}
    try:
        options = smtp_options(url)
    except ValueError:
        # Not the error's own words: they quote pieces of the address, which holds a password.
        raise SystemExit(EXPECTED) from None
    return {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
    }


def smtp_options(url: str) -> dict[str, Any]:
    """What Django's SMTP backend wants to know; `ValueError` for an address that is none."""
    scheme = urlsplit(url).scheme
    if scheme not in SCHEMES or not urlsplit(url).hostname:
        raise ValueError
    known, ours, port = SCHEMES[scheme]
    found = {**dj_email_url.parse(known + url[len(scheme) :]), **ours}
    return {
        "host": found["EMAIL_HOST"],
        "port": urlsplit(url).port or port,
        "username": found["EMAIL_HOST_USER"] or "",
        "password": found["EMAIL_HOST_PASSWORD"] or "",
        "use_tls": found["EMAIL_USE_TLS"] and not found["EMAIL_USE_SSL"],
        "use_ssl": found["EMAIL_USE_SSL"],
        "timeout": found["EMAIL_TIMEOUT"] or SMTP_TIMEOUT,
    }
