"""Where sentences wait for the next page: a signed cookie."""

from typing import Any

from django.contrib.messages.storage.base import BaseStorage
from django.contrib.messages.storage.cookie import CookieStorage
from django.core import signing
from django.utils.functional import cached_property


class LateSigning(CookieStorage):
    """Django's storage, which makes its signer only when there is something to sign or to read: seldom, on most requests."""

    key_salt = "django.contrib.messages"

    def __init__(self, request: Any, *args: Any, **kwargs: Any) -> None:
        BaseStorage.__init__(self, request, *args, **kwargs)

    @cached_property
    def signer(self) -> signing.Signer:
        """What signs the cookie."""
        return signing.get_cookie_signer(salt=self.key_salt)
