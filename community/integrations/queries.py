"""Reading keys and registered sites."""

from contextlib import suppress

from django.core.cache import cache
from redis.exceptions import RedisError

from community.errors import NotFound
from community.integrations.models import ApiKey, EmbedOrigin
from community.members.models import Member

_ORIGINS = "embed-origins"
_SECONDS = 60


def keys_of(actor: Member) -> list[ApiKey]:
    """Return the keys that act as `actor` or that `actor` made, the latest first."""
    mine = ApiKey.objects.filter(member=actor) | ApiKey.objects.filter(created_by=actor)
    return list(mine.select_related("member").order_by("-id")[:100])


def get_key_for(actor: Member, pk: int) -> ApiKey:
    """Return a key that `actor` may know of. Raises `NotFound` otherwise."""
    key = ApiKey.objects.select_related("member").filter(pk=pk).first()
    known = key is not None and (actor.pk in (key.member_id, key.created_by_id) or actor.is_at_least("admin"))
    if key is None or not known:
        raise NotFound()
    return key


def registered_origins() -> frozenset[str]:
    """Return the sites that may embed, remembered for a minute."""
    with suppress(RedisError, OSError):
        known = cache.get(_ORIGINS)
        if known is not None:
            return frozenset(known)
    found = frozenset(EmbedOrigin.objects.values_list("origin", flat=True))
    with suppress(RedisError, OSError):
        cache.set(_ORIGINS, found, _SECONDS)
    return found


def forget_origins() -> None:
    """Let the next question read the sites afresh."""
    with suppress(RedisError, OSError):
        cache.delete(_ORIGINS)
