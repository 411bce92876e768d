"""`EMAIL_URL`: which mail server, and what is said where it names none."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import mailers as django_mailers
from pytest_django import Settings

from freelance_ops.email_settings import EXPECTED, mailers

ROOT = Path(__file__).resolve().parents[2]
PLAIN = {"use_tls": False, "use_ssl": False}
STARTTLS = {"use_tls": True, "use_ssl": False}
TLS = {"use_tls": False, "use_ssl": True}


@pytest.mark.parametrize(
    ("url", "port", "encryption"),
    [
        ("smtp://mail.example.com", 25, PLAIN),
        ("smtp://mail.example.com:2525", 2525, PLAIN),
        ("smtp://mail.example.com:587/?tls=True", 587, STARTTLS),
        ("submission://mail.example.com", 587, STARTTLS),
        ("smtp+tls://mail.example.com", 587, STARTTLS),
        ("smtps://mail.example.com", 465, TLS),
        ("smtps://mail.example.com:8465", 8465, TLS),
    ],
)
def test_a_server_by_its_url(
    tmp_path: Path, settings: Settings, url: str, port: int, encryption: dict[str, bool]
) -> None:
    settings.MAILERS = mailers(url, tmp_path)

    server: Any = django_mailers.default

    assert (server.host, server.port, server.timeout) == ("mail.example.com", port, 10)
    assert {"use_tls": server.use_tls, "use_ssl": server.use_ssl} == encryption


def test_user_password_and_time_out(tmp_path: Path, settings: Settings) -> None:
    url = "submission://olena%40example.com:p%2Fw%23@mail.example.com?timeout=25"
    settings.MAILERS = mailers(url, tmp_path)

    server: Any = django_mailers.default

    assert (server.username, server.password) == ("olena@example.com", "p/w#")
    assert server.timeout == 25


def test_without_one_mails_are_files_beside_the_data(tmp_path: Path, settings: Settings) -> None:
    settings.MAILERS = mailers("", tmp_path)

    assert getattr(django_mailers.default, "folder", None) == tmp_path / "mail"


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.com",
        "mail.example.com:587",
        "https://mail.example.com",
        "smtp://",
        "smtp://:25",
        "smtp://mail.example.com:port",
        "smtp://mail.example.com:99999",
        "smtp://olena:secret/word@mail.example.com",
        "smtp://[mail.example.com",
        "smtp://mail.example.com?timeout=long",
    ],
)
def test_nonsense_ends_with_one_sentence_that_gives_nothing_away(tmp_path: Path, url: str) -> None:
    with pytest.raises(SystemExit) as ended:
        mailers(url, tmp_path)

    assert ended.value.code == EXPECTED
    assert "secret" not in EXPECTED


def test_a_command_says_it_without_a_traceback(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "FREELANCE_OPS_DATA": str(tmp_path),
            "EMAIL_URL": "nonsense",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert ended.stderr.strip() == EXPECTED
