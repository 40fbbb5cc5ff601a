"""What sign-in counted so far, forgotten by this test alone: emptying the cache would empty it for tests beside it."""

import secrets

from django.core.cache import caches


def count_anew() -> None:
    """Count attempts from nothing again."""
    caches["default"].key_prefix = f"test-{secrets.token_hex(4)}"
