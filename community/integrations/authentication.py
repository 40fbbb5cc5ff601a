"""Who calls the API: a program by its key, or a member by their session."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils import timezone
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from community.integrations.models import ApiKey

if TYPE_CHECKING:
    from community.members.models import Member

SCHEME = "bearer"
NOTE_EVERY = timedelta(minutes=1)

# When this process last noted the use of a key. Bounded by the number of keys that exist.
_noted: dict[int, float] = {}


class ApiKeyAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer plk_<prefix>_<secret>`. Wrong, ended, revoked and closed look alike."""

    def authenticate(self, request: Request) -> "tuple[Member, ApiKey] | None":
        """Return whom the key acts as, and the key. None when there is no bearer header."""
        scheme, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != SCHEME:
            return None
        key = find_key(token.strip())
        if key is None or not key.member.is_active or key.member.is_suspended:
            raise AuthenticationFailed("This key does not open anything.", code="key_unknown")
        note_use(key)
        return key.member, key

    def authenticate_header(self, request: Request) -> str:
        """Say what to send instead of a bare 403."""
        return 'Bearer realm="api"'


class SessionAuthentication(authentication.SessionAuthentication):
    """The signed-in member, with Django's CSRF check on every unsafe method."""


def find_key(token: str) -> ApiKey | None:
    """Return the usable key a token names, or None."""
    kind, _underscore, rest = token.partition("_")
    prefix, _underscore, secret = rest.partition("_")
    if kind != "plk" or not secret or len(token) > 100 or not token.isascii():
        return None
    key = ApiKey.objects.select_related("member").filter(prefix=prefix).first()
    return key if key is not None and key.matches(secret) and key.is_usable else None


def note_use(key: ApiKey) -> None:
    """Remember that a key was used: in the cache, at most once a minute per process, written down by a task."""
    now = timezone.now()
    if now.timestamp() - _noted.get(key.pk, 0.0) < NOTE_EVERY.total_seconds():
        return
    _noted[key.pk] = now.timestamp()
    try:
        cache.set(used_mark(key.pk), now, timeout=3600)
    except Exception:  # noqa: BLE001 - the cache may be away; a missing note harms nobody
        _noted.pop(key.pk, None)


def used_mark(pk: int) -> str:
    """Return where the last use of a key is noted."""
    return f"api-key-used:{pk}"
