"""The product's settings, made strict and quick for tests."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Before the product's settings are read: a test run writes nothing under var/.
os.environ["FREELANCE_OPS_DATA"] = tempfile.mkdtemp(prefix="freelance-ops-tests-")
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.pop("EMAIL_URL", None)

from freelance_ops.settings import *  # noqa: F403  # settings are a module to take over
from freelance_ops.settings import CACHES, DATA_DIR, DATABASES, REDIS_URL

atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
RAISE_ON_LAZY_FETCH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # no warning about a STATIC_ROOT that nobody collected
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
LOGGING = {"version": 1, "disable_existing_loggers": False}
if REDIS_URL:
    # Each test process has its own keys; `tests.run` removes them afterwards.
    CACHES["default"]["KEY_PREFIX"] = f"{os.environ.get('TEST_RUN', 'tests')}_{os.getpid()}"
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file and not memory: the browser tests' server threads share it under real locking.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Nothing of a test has to outlive a power cut, and waiting for the disk is most of its time.
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
