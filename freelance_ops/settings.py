"""Settings, all from the environment; `.env.example` explains each one.

Without any, the product runs on one laptop: SQLite, a file cache and Celery's filesystem broker,
all under one data directory. `DATABASE_URL` and `REDIS_URL` switch to PostgreSQL and Redis.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import django_stubs_ext
from celery.schedules import crontab
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from freelance_ops.email_settings import mailers

# Lets `forms.ModelForm[Contract]` and the like stand in the code, as the type checker wants it.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("FREELANCE_OPS_DATA", BASE_DIR / "var")).resolve()
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # clients and money: not for others


def env_flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "")
    return value.strip().lower() in {"1", "true", "yes", "on"} if value else default


def secret_key() -> str:
    """The key from the environment, else one made on first start and kept beside the data."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = DATA_DIR / "secret_key"
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = secret_key()
DEBUG = env_flag("DEBUG", default=False)

# Where people reach the product: links in e-mails, the allowed host and HTTPS all follow from it.
SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000").rstrip("/")
_site = urlsplit(SITE_URL)
HTTPS = _site.scheme == "https"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, [_site.hostname])]
ALLOWED_HOSTS += [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "freelance_ops",
    "jss",
    "retainers",
    "contracts",
    "proposals",
    "profiles",
    "outbox",
    "accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_cotton",
    "heroicons",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "accounts.middleware.refuse_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "freelance_ops.urls"
WSGI_APPLICATION = "freelance_ops.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "freelance_ops.frame.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "heroicons.templatetags.heroicons",
                "accounts.templatetags.formats",
                "jss.templatetags.score_lines",
            ],
        },
    },
]
COTTON_DIR = "components"

# ── Data ─────────────────────────────────────────────────────────────────────────────────────────
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}", conn_max_age=None, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock at BEGIN: a transaction that reads first and writes later waits
    # for its turn instead of failing with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;"
            "PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364;"
        ),
    }
else:
    # A pool keeps its own connections open; Django wants no persistent ones beside it.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
    # A server that is gone is an error within seconds, not a page that hangs for half a minute.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": int(os.environ.get("DATABASE_POOL_SIZE", "8")),
        "timeout": 5,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A related object that nobody asked for costs a query a row: the tests turn this on, and a lazy
# fetch becomes an error there instead of a slow page later.
RAISE_ON_LAZY_FETCH = False

REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "freelance_ops",
        "OPTIONS": {"socket_connect_timeout": 3, "socket_timeout": 5},
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        # A full file cache throws entries out at random, and the heartbeats live here too.
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# ── Celery ───────────────────────────────────────────────────────────────────────────────────────
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
else:
    _broker = DATA_DIR / "broker"
    for _folder in ("queue", "control"):
        (_broker / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT = "freelance_ops.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_broker / "queue"),
        "data_folder_out": str(_broker / "queue"),
        "control_folder": str(_broker / "control"),
        "polling_interval": 0.1,
    }
    # Nobody asks a laptop's worker how it is; listening for that would double the looks at disk.
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True  # Redis delivers them again
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "freelance_ops.beat:HeartbeatScheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 4  # seconds between two heartbeats, freelance_ops.health
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
# Every entry expires: what a worker that was off did not see is not done twice over afterwards.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "sessions-clear": {
        "task": "freelance_ops.tasks.sessions_clear",
        "schedule": crontab(hour=4, minute=20),
        "options": {"expires": 3600},
    },
    "outbox-wake": {
        "task": "outbox.tasks.wake",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "outbox-purge": {
        "task": "outbox.tasks.purge",
        "schedule": crontab(hour=4, minute=40),
        "options": {"expires": 3600},
    },
    # Every hour it is past midnight somewhere, and a laptop may have slept at its own.
    "scores-keep": {
        "task": "jss.tasks.scores_keep",
        "schedule": crontab(minute=10),
        "options": {"expires": 3600},
    },
}

# ── People ───────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers give passkeys to http://localhost too, though to no other plain-HTTP host.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Freelance Ops"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_ADAPTER = "accounts.adapter.MFAAdapter"

# ── E-mail ───────────────────────────────────────────────────────────────────────────────────────
EMAIL_URL = os.environ.get("EMAIL_URL", "").strip()
EMAIL_IS_SENT = bool(EMAIL_URL)
MAILERS = mailers(EMAIL_URL, DATA_DIR)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Freelance Ops <freelance-ops@localhost>")
# A sender that died holds its mail for so long; then another takes it up.
OUTBOX_LEASE_SECONDS = int(os.environ.get("OUTBOX_LEASE_SECONDS", "120"))
# Waits between the attempts of one mail, give or take a fifth; after three days it is given up.
# Many and not few of them: a server that refuses a third of its commands wears out nine.
OUTBOX_RETRY_SECONDS: tuple[float, ...] = (60, 300, 900, 1800, *[3600] * 72)
OUTBOX_KEEP_DAYS = int(os.environ.get("OUTBOX_KEEP_DAYS", "90"))
# Asking for a confirmation that cannot arrive would lock a laptop's owner out.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if EMAIL_IS_SENT else "none"
MFA_ALLOW_UNVERIFIED_EMAIL = not EMAIL_IS_SENT
ACCOUNT_EMAIL_NOTIFICATIONS = EMAIL_IS_SENT  # "your password was changed", and so on
# What a digest is made of, in this order: see outbox/digest_parts.py.
DIGEST_PARTS = [
    "contracts.closeout.digest.closeout_part",
    "proposals.digest.follow_ups_part",
    "profiles.digest.profiles_part",
]
# Where profiles get the contract log and the score from: see profiles/known_record.py.
PROFILE_RECORD = "freelance_ops.profile_record.record_of"
# What makes a contract of a won proposal; the rooms below the log ask by this name.
CONTRACT_OF_WON_PROPOSAL = "contracts.won_proposals.contract_of_won"
# What the log says of the contracts that proposals brought: see proposals/outcomes.py.
PROPOSAL_OUTCOMES = "contracts.proposal_outcomes.outcomes_of"
PROPOSAL_OUTCOME_TOTALS = "contracts.proposal_outcomes.totals_of"
# What the log's transactions say of connects that were bought: see proposals/connects_import.py.
CONNECTS_PURCHASES = "contracts.connects_purchases.purchases_of"

# ── Words ────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# ── Files ────────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
CSS_BUILD_DIR = DATA_DIR / "build"
CSS_BUILD_DIR.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static", CSS_BUILD_DIR]
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", DATA_DIR / "static"))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024  # a pasted export travels in the form itself
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# ── Safety ───────────────────────────────────────────────────────────────────────────────────────
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if env_flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # rate limits count the visitor's address, not the proxy's

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}
