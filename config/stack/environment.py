"""The values settings need from their surroundings, filled in for a copy that has set none.

`load()` starts nothing: it only says where this copy's database and queue listen once they run.
"""

import os
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from config.stack import paths, secrets

NAMES = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")
# What a site can do without: production leaves it off until somebody names it.
OPTIONAL = ("VAPID_PRIVATE_KEY",)


def load() -> dict[str, str]:
    """Put a default for each unset name into the environment, and return all of them.

    In production (`PORCHLIGHT_ENV=production`) nothing is invented: whoever deploys must say what to use.
    """
    missing = [name for name in (*NAMES, *OPTIONAL) if not os.environ.get(name)]
    if missing and os.environ.get("PORCHLIGHT_ENV") != "production":
        defaults = {
            "DATABASE_URL": embedded_database_url(),
            "REDIS_URL": embedded_redis_url(),
        }
        if not set(missing).isdisjoint(secrets.GENERATED):
            defaults |= secrets.ensure_secrets()
        for name, value in defaults.items():
            if not os.environ.get(name):
                os.environ[name] = value
    return {name: os.environ.get(name, "") for name in NAMES}


def embedded_database_url(database: str = "porchlight") -> str:
    """The address of this copy's own Postgres, in the form that libpq and Django both read."""
    return f"postgresql://porchlight@/{database}?" + urlencode({"host": str(paths.socket_folder())}, safe="/")


def embedded_redis_url() -> str:
    """The address of this copy's own Redis."""
    return f"unix://{paths.socket_folder() / 'redis.sock'}?db=0"


def owns_database() -> bool:
    """Whether Postgres is ours to start."""
    return os.environ.get("DATABASE_URL", "") in ("", embedded_database_url())


def owns_redis() -> bool:
    """Whether Redis is ours to start."""
    return os.environ.get("REDIS_URL", "") in ("", embedded_redis_url())


def redis_url(number: int = 0) -> str:
    """`REDIS_URL` with another logical database."""
    parts = urlsplit(os.environ.get("REDIS_URL") or embedded_redis_url())
    if parts.scheme == "unix":
        return f"unix://{parts.path}?" + urlencode({**_query(parts.query), "db": number})
    return urlunsplit(parts._replace(path=f"/{number}"))


def broker_url() -> str:
    """The queue's address as Celery writes it."""
    configured = os.environ.get("CELERY_BROKER_URL")
    if configured:
        return configured
    url = os.environ.get("REDIS_URL") or embedded_redis_url()
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    return f"redis+socket://{parts.path}?" + urlencode({"virtual_host": _query(parts.query).get("db", "0")})


def _query(text: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(text).items()}
