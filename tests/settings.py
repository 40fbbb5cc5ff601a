"""Production's settings with what a test run needs: its own keys in Redis, quick hashing, plain static files."""

import os
import secrets

os.environ.setdefault("STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
os.environ.setdefault("LOG_LEVEL", "WARNING")
# Dropping a test database on a busy machine takes longer than any page may.
os.environ.setdefault("PG_STATEMENT_TIMEOUT", "120s")

from config.settings import *  # noqa: F403
from config.settings import CACHES, DATABASES, KNOWN_LANGUAGES, VAR_DIR
from config.stack import environment

os.environ["CELERY_BROKER_URL"] = (
    environment.redis_url(5).replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
)
RUN = secrets.token_hex(4)
CACHES["default"]["KEY_PREFIX"] = f"test-{RUN}"
LIMITS_ENABLED = False
# Tests that roll back would otherwise read the pages of one another.
GUEST_CACHE_SECONDS = 0
LIMITS_PREFIX = f"test-{RUN}"
LIVE_PREFIX = f"test-{RUN}"
# The team of most tests has no second step; those about the doors ask for one.
SECOND_FACTOR = "off"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Doors answer as soon as they can; those about their time say otherwise.
DOOR_STEP = 0.0
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = VAR_DIR / "test-files" / RUN
# A connection kept open would make the test database impossible to drop.
DATABASES["default"]["CONN_MAX_AGE"] = 0
ALLOWED_HOSTS = ["*"]
# Tests ask whether a commit took effect, not whether it survives a power cut.
DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"

# Pages are turned around and languages kept apart in tests, whatever has been translated by now.
LANGUAGES = KNOWN_LANGUAGES
