"""How often a caller may call: by key, by member, or by network for guests."""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from community.addresses import network_of
from community.errors import RateLimited
from community.integrations.limits import CALLS
from community.integrations.models import ApiKey
from community.limits import spend_key

if TYPE_CHECKING:
    from rest_framework.views import APIView


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of a rate, for the answer's headers."""

    name: str
    quota: int
    window: int
    remaining: int
    reset: int


class CallRate(BaseThrottle):
    """Spends one call. Redis holds the window; refusals carry `Retry-After`."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Count this call, or raise `RateLimited`."""
        if not settings.LIMITS_ENABLED:
            return True
        who, key = _caller(request)
        pace = "read" if request.method in SAFE_METHODS else "write"
        # Systems that tell what happened call as often as something happens.
        name = f"{who}_{getattr(view, 'pace', pace) if who == 'key' and pace == 'write' else pace}"
        rates = CALLS[name].rates()
        if not rates:
            return True
        first = rates[0]
        try:
            left = spend_key(f"api.{name}", key, rates)
        except RateLimited as refusal:
            request.rate_standing = Standing(  # type: ignore[attr-defined]
                name, first.count, first.seconds, 0, refusal.retry_after
            )
            raise
        reset = first.seconds - int(time.time()) % first.seconds
        request.rate_standing = Standing(  # type: ignore[attr-defined]
            name, first.count, first.seconds, left, reset
        )
        return True


def _caller(request: Request) -> tuple[str, str]:
    if isinstance(request.auth, ApiKey):
        return "key", str(request.auth.pk)
    if request.user is not None:
        return "member", str(request.user.pk)
    return "guest", network_of(request._request)
