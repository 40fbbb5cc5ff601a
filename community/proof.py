"""Proof of work as altcha speaks it: a browser does a small sum. It costs a person nothing, and a program that writes by the thousand a lot.

Nothing is kept of a challenge: it carries what it is for, whom, and when it runs out, signed. A solution counts once. While Redis
is away it might count twice, until it runs out; signature, purpose and time hold without it.
"""

import base64
import binascii
import hashlib
import json
import time
from enum import StrEnum
from functools import cache
from typing import Any

import redis
from django.conf import settings

# Long enough to think about a password, short enough that hoarding solutions is no trade.
LASTS = 20 * 60
ALGORITHM = "PBKDF2/SHA-256"
# One byte of zeros: 256 tries on average.
PREFIX = "00"
LONGEST = 2_000
FIELD = "altcha"


class Proof(StrEnum):
    """What a form brought along."""

    UNASKED = "unasked"
    MISSING = "missing"
    WRONG = "wrong"
    SOLVED = "solved"


def issue(purpose: str, who: int = 0, *, cost: int) -> dict[str, Any]:
    """Return a challenge for one purpose, and one member where there is one."""
    # Only needed by who is asked; the package reads in half of urllib.
    from altcha import create_challenge

    made = create_challenge(
        ALGORITHM,
        cost,
        key_prefix=PREFIX,
        expires_at=int(time.time()) + LASTS,
        data={"for": purpose, "who": who},
        hmac_secret=_secret(),
    )
    return dict(made.to_dict())


def check(payload: str, purpose: str, who: int = 0) -> Proof:
    """Return what a solution is worth. A good one is used up by asking."""
    if not payload.strip():
        return Proof.MISSING
    bound = _bound_to(payload)
    if bound is None or bound[:2] != (purpose, who) or not _is_solved(payload):
        return Proof.WRONG
    return Proof.SOLVED if _use_up(bound[2]) else Proof.WRONG


def _bound_to(payload: str) -> tuple[str, int, str] | None:
    """Return what a solution says it is for, whom, and the mark of its challenge; none of it is believed before its signature is."""
    try:
        challenge = json.loads(base64.b64decode(payload[: LONGEST + 1], validate=True))["challenge"]
        data = challenge["parameters"]["data"]
        if len(payload) > LONGEST or data["who"] is True:
            return None
        mark = hashlib.sha256(str(challenge["signature"]).encode("utf-8", "replace")).hexdigest()[:32]
        return str(data["for"]), int(data["who"]), mark
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error):
        return None


def _is_solved(payload: str) -> bool:
    from altcha import verify_solution

    try:
        return bool(verify_solution(payload, _secret()).verified)
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError):
        # Made up: the package expects the shape that browsers send.
        return False


def _use_up(mark: str) -> bool:
    """Return whether a challenge is used for the first time."""
    try:
        return bool(_redis().set(f"{settings.LIMITS_PREFIX}:proof:{mark}", 1, nx=True, ex=LASTS + 60))
    except redis.RedisError:
        return True


def _secret() -> str:
    return hashlib.sha256(f"community.proof:{settings.SECRET_KEY}".encode()).hexdigest()


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_LIMITS_URL, socket_timeout=0.3, socket_connect_timeout=0.3)
