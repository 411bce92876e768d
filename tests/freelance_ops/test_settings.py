"""The settings as each set-up sees them, read in a Python of their own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
SOURCE = "".join(
    (ROOT / "freelance_ops" / name).read_text() for name in ("settings.py", "email_settings.py")
)
READ = re.compile(r"""(?:environ(?:\.get\(|\[)|env_flag\()\s*"([A-Z_]+)\"""")


def read_settings(data: Path, expression: str, **environment: str) -> Any:
    """The value of `expression` in a fresh process with just this environment."""
    finished = subprocess.run(
        [
            sys.executable,
            "-c",
            "import json\nfrom freelance_ops import settings\n"
            f"print(json.dumps({expression}, default=str))",
        ],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "FREELANCE_OPS_DATA": str(data), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(finished.stdout)


def test_every_setting_is_explained_and_nothing_else() -> None:
    read = set(READ.findall(SOURCE)) | {"DATABASE_URL"}  # dj-database-url reads that one
    explained = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, flags=re.MULTILINE))
    for_compose = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))

    assert explained == read | for_compose | {"GRANIAN_WORKERS"}


def test_each_setting_has_words_above_it() -> None:
    for paragraph in EXAMPLE.split("\n\n"):
        if re.search(r"^#?[A-Z_]+=", paragraph, flags=re.MULTILINE):
            assert paragraph.startswith("# ")


def test_a_laptop_needs_no_setting_and_writes_to_one_folder(tmp_path: Path) -> None:
    seen = read_settings(
        tmp_path,
        "[settings.DATABASES, settings.CACHES, settings.CELERY_BROKER_URL,"
        " settings.CELERY_BROKER_TRANSPORT_OPTIONS, settings.STATIC_ROOT]",
    )

    database = seen[0]["default"]
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == str(tmp_path / "db.sqlite3")
    assert database["CONN_MAX_AGE"] is None
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert seen[1]["default"]["LOCATION"] == str(tmp_path / "cache")
    assert seen[2] == "filesystem://"
    assert seen[3] == {
        "data_folder_in": str(tmp_path / "broker" / "queue"),
        "data_folder_out": str(tmp_path / "broker" / "queue"),
        "control_folder": str(tmp_path / "broker" / "control"),
        "polling_interval": 0.1,
    }
    assert seen[4] == str(tmp_path / "static")


def test_two_addresses_switch_to_postgresql_with_a_pool_and_to_redis(tmp_path: Path) -> None:
    database, caches, broker = read_settings(
        tmp_path,
        "[settings.DATABASES['default'], settings.CACHES, settings.CELERY_BROKER_URL]",
        DATABASE_URL="postgres://someone:secret@db.example/ops",
        DATABASE_POOL_SIZE="3",
        REDIS_URL="redis://cache.example:6379/2",
    )

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["NAME"]) == ("db.example", "ops")
    assert database["OPTIONS"]["pool"]["max_size"] == 3
    assert database["CONN_MAX_AGE"] == 0
    assert caches["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    assert caches["default"]["LOCATION"] == broker == "redis://cache.example:6379/2"


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first = read_settings(tmp_path, "settings.SECRET_KEY")
    second = read_settings(tmp_path, "settings.SECRET_KEY")

    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert read_settings(tmp_path, "settings.SECRET_KEY", SECRET_KEY="given") == "given"


def test_only_its_owner_may_look_into_a_new_data_folder(tmp_path: Path) -> None:
    read_settings(tmp_path / "new", "1")

    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("address", "secure"), [("https://ops.example", True), ("", False)])
def test_https_follows_from_the_address(tmp_path: Path, address: str, secure: bool) -> None:
    environment = {"SITE_URL": address} if address else {}

    assert (
        read_settings(
            tmp_path,
            "[settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE,"
            " settings.CSRF_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS > 0]",
            **environment,
        )
        == [secure] * 4
    )


@pytest.mark.parametrize("name", sorted(settings.CELERY_BEAT_SCHEDULE))
def test_what_beat_sends_expires(name: str) -> None:
    """A worker that was off for a week must not find a week of messages."""
    entry = settings.CELERY_BEAT_SCHEDULE[name]

    assert 0 < entry["options"]["expires"] <= 24 * 3600  # type: ignore[index]


def test_the_package_list_names_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text()

    assert "://" not in lock
    assert lock.count("--hash=sha256:") > lock.count("==")


@pytest.mark.parametrize("name", ["uv.lock", ".python-version", "poetry.lock"])
def test_there_is_one_list_of_packages(name: str) -> None:
    assert not (ROOT / name).exists()
