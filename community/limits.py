"""Rate limits: a sliding window per member in Redis, spent as the first thing an action does after its permission.

Redis may be away. Then each process keeps its own window at a quarter of the rate, so that security
and money actions stay limited (security-and-reliability 5.6).
"""

import re
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

import redis
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.errors import RateLimited

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

UNITS = {"s": 1, "min": 60, "h": 3600, "day": 86400}
# More than one, at most millions: a slip of the finger must neither close the community nor fill Redis.
_RATE = re.compile(r"([1-9]\d{0,6})/([1-9]\d{0,2})?(s|min|h|day)", re.ASCII)

# One sorted set per (limit, key): members are unique ticks, scores their time in milliseconds.
# Above zero: seconds to wait. Otherwise allowed, and that many below zero are left.
_SPEND = """
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
local window = tonumber(ARGV[1]) * 1000
redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, ms - window)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then
  local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  return math.ceil((tonumber(oldest[2]) + window - ms) / 1000)
end
redis.call('ZADD', KEYS[1], ms, ms .. '-' .. now[2] .. '-' .. redis.call('ZCARD', KEYS[1]))
redis.call('PEXPIRE', KEYS[1], window)
return redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[2])
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` in any `seconds`."""

    count: int
    seconds: int


@cache
def parse_rates(text: str) -> tuple[Rate, ...]:
    """Read `"10/min,60/day"`. An empty text means no limit. Raises `ValueError` with the piece that is no rate."""
    rates = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        match = _RATE.fullmatch(part)
        if match is None:
            raise ValueError(part)
        rates.append(Rate(int(match[1]), int(match[2] or 1) * UNITS[match[3]]))
    return tuple(rates)


_names: dict[str, "Limit"] = {}


class _Chosen:
    """Who is asked for rate texts chosen by a manager. This module knows no feature, so one offers itself."""

    ask: "Callable[[str], tuple[str, ...] | None]" = staticmethod(lambda name: None)


def ask_for_rates(ask: "Callable[[str], tuple[str, ...] | None]") -> None:
    """Let a feature say which texts were chosen for a limit by name; None where nobody chose any."""
    _Chosen.ask = staticmethod(ask)


def all_limits() -> "Iterator[Limit]":
    """Return every limit that was declared."""
    return iter(_names.values())


@dataclass(frozen=True, slots=True)
class Limit:
    """A named limit. `by_trust` holds one rate text per trust level 0, 1, 2, 3 and above, or a single one for everybody;
    staff are exempt. `what` says in words what is counted, for managers who change it.
    """

    name: str
    by_trust: tuple[str, ...]
    exempt_staff: bool = True
    what: "_StrOrPromise" = ""

    def __post_init__(self) -> None:
        _names[self.name] = self

    @property
    def usual(self) -> tuple[str, ...]:
        """The texts in force while no manager chose others: the override of settings `LIMITS`, or our own."""
        override = settings.LIMITS.get(self.name)
        return self.by_trust if override is None else (override,) * len(self.by_trust)

    def rates_for(self, trust_level: int) -> tuple[Rate, ...]:
        """Return the rates in force for a trust level."""
        texts = _Chosen.ask(self.name) or self.usual
        return parse_rates(texts[min(max(trust_level, 0), len(texts) - 1)])

    def rates(self) -> tuple[Rate, ...]:
        """Return the rates in force of a limit that is the same for everybody."""
        return self.rates_for(0)

    def spend(self, actor: "Spender") -> None:
        """Count one use for `actor`, or raise `RateLimited` saying when to come back."""
        if not settings.LIMITS_ENABLED or (self.exempt_staff and actor.is_staff):
            return
        spend_key(self.name, str(actor.pk), self.rates_for(actor.trust_level))

    def give_back(self, actor: "Spender") -> None:
        """Take the latest use of `actor` back, because nothing came of it through no doing of theirs."""
        if not settings.LIMITS_ENABLED or (self.exempt_staff and actor.is_staff):
            return
        for rate in self.rates_for(actor.trust_level):
            _give_back(f"{settings.LIMITS_PREFIX}:{self.name}:{rate.seconds}:{actor.pk}")


class Spender(Protocol):
    """What a limit needs to know of the one who acts (a `Member`)."""

    @property
    def pk(self) -> Any:
        """Who it is."""

    @property
    def is_staff(self) -> bool:
        """Whether limits are lifted."""

    @property
    def trust_level(self) -> int:
        """Which rates are theirs."""


def spend_as_reader(limit: Limit, viewer: Spender | None, network: str, guests: Limit) -> None:
    """Count one use of what everyone may do: for a member, or at the rates of `guests` for a guest's network."""
    if viewer is not None:
        limit.spend(viewer)
    elif settings.LIMITS_ENABLED:
        spend_key(guests.name, network, guests.rates())


def spend_key(name: str, key: str, rates: tuple[Rate, ...]) -> int:
    """Count one use of `name` for `key` under every rate; raise `RateLimited` at the first that is full.

    Returns how many are left of the first rate.
    """
    left = []
    for rate in rates:
        wait = _wait_for(f"{settings.LIMITS_PREFIX}:{name}:{rate.seconds}:{key}", rate)
        if wait > 0:
            raise RateLimited("rate_limited", _say_wait(wait), retry_after=wait)
        left.append(-wait)
    return left[0] if left else 0


@cache
def _script() -> "redis.commands.core.Script":
    client = redis.Redis.from_url(settings.REDIS_LIMITS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
    return client.register_script(_SPEND)


_local: dict[str, deque[float]] = defaultdict(deque)


def _wait_for(key: str, rate: Rate) -> int:
    try:
        return int(_script()(keys=[key], args=[rate.seconds, rate.count]))
    except redis.RedisError:
        return _wait_locally(key, Rate(max(1, rate.count // 4), rate.seconds))


def _give_back(key: str) -> None:
    try:
        _script().registered_client.zpopmax(key)
    except redis.RedisError:
        if _local[key]:
            _local[key].pop()


def _wait_locally(key: str, rate: Rate) -> int:
    now, window = time.monotonic(), _local[key]
    while window and window[0] <= now - rate.seconds:
        window.popleft()
    if len(window) >= rate.count:
        return int(window[0] + rate.seconds - now) + 1
    window.append(now)
    return len(window) - rate.count


def _say_wait(seconds: int) -> str:
    if seconds < 90:
        wait = ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    elif seconds < 5400:
        wait = ngettext("%(n)s minute", "%(n)s minutes", round(seconds / 60)) % {"n": round(seconds / 60)}
    else:
        wait = ngettext("%(n)s hour", "%(n)s hours", round(seconds / 3600)) % {"n": round(seconds / 3600)}
    return _("That was a lot in a short time. You can go on in %(wait)s; what you typed is kept.") % {
        "wait": wait
    }
