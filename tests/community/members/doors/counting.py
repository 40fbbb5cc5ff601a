"""What sign-in counted so far, forgotten by this test alone: emptying the cache would empty it for tests beside it."""

import secrets

from django.core.cache import caches


def count_anew() -> None:
    """Count attempts from nothing again."""
    prefix = f"test-{secrets.token_hex(4)}"
    caches["default"].key_prefix = prefix
    # A server in this process answers in threads of its own, which open the cache for themselves.
    caches.settings["default"]["KEY_PREFIX"] = prefix
