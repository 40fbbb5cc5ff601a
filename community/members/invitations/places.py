"""Where an invitation may lead. Upper features say what stands at an address, as its inviter may see it."""

from collections.abc import Callable

from django.utils.http import url_has_allowed_host_and_scheme

from community.errors import NotFound
from community.members.models import Member

# Given who invites and a path, return what is there; None when the path is not theirs. Raises `NotFound` when it is hidden.
Resolve = Callable[[Member, str], str | None]
_resolvers: dict[str, Resolve] = {}


def add_place(key: str, resolve: Resolve) -> None:
    """Let a feature name its places; called from its `AppConfig.ready()`."""
    _resolvers[key] = resolve


def name_of_place(inviter: Member, path: str) -> str | None:
    """Return what stands at a path of this site, or None when there is nothing that the inviter may see."""
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return None
    try:
        return next((name for resolve in _resolvers.values() if (name := resolve(inviter, path))), None)
    except NotFound:
        return None
