"""The small sum of browsers: altcha's own package does it here, as its widget would."""

import base64
import json
import time
from typing import Any

import altcha
import pytest
import time_machine

from community import proof
from community.proof import Proof, check, issue


def solved(challenge: dict[str, Any]) -> str:
    """Do the sum of a challenge."""
    asked = altcha.Challenge.from_dict(challenge)
    found = altcha.solve_challenge(asked)
    assert found is not None
    return altcha.Payload(asked, found).to_base64()


def changed(payload: str, *path: str, to: Any) -> str:
    """Return a solution with one thing in it changed."""
    made = json.loads(base64.b64decode(payload))
    at = made
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = to
    return base64.b64encode(json.dumps(made).encode()).decode()


def test_a_solution_counts_once() -> None:
    payload = solved(issue("join", cost=1))

    assert check(payload, "join") == Proof.SOLVED
    assert check(payload, "join") == Proof.WRONG
    assert check("", "join") == check("  ", "join") == Proof.MISSING


def test_a_solution_counts_only_for_what_and_whom_it_was_asked() -> None:
    payload = solved(issue("post", 7, cost=1))

    assert check(payload, "join") == Proof.WRONG
    assert check(payload, "post") == Proof.WRONG
    assert check(payload, "post", 8) == Proof.WRONG
    # Being refused elsewhere does not use it up.
    assert check(payload, "post", 7) == Proof.SOLVED


def test_a_solution_runs_out() -> None:
    payload = solved(issue("join", cost=1))

    with time_machine.travel(time.time() + proof.LASTS + 2):
        assert check(payload, "join") == Proof.WRONG


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("challenge", "parameters", "cost"), 2),
        (("challenge", "parameters", "keyPrefix"), ""),
        (("challenge", "parameters", "expiresAt"), 9_999_999_999),
        (("challenge", "parameters", "data"), {"for": "join", "who": False}),
        (("challenge", "parameters", "algorithm"), "SHA-256"),
        (("challenge", "signature"), "00" * 32),
        (("challenge", "signature"), None),
        (("solution", "counter"), 4_294_967_295),
        (("solution", "counter"), "1"),
        (("solution", "counter"), -1),
        (("solution", "derivedKey"), "00" * 32),
        (("solution", "derivedKey"), None),
    ],
)
def test_a_changed_solution_is_wrong(path: tuple[str, ...], to: Any) -> None:
    payload = solved(issue("join", cost=1))

    assert check(changed(payload, *path, to=to), "join") == Proof.WRONG


@pytest.mark.parametrize(
    "made_up",
    [
        "x",
        "€",
        base64.b64encode(b"[]").decode(),
        base64.b64encode(b'{"challenge": "x", "solution": 1}').decode(),
        base64.b64encode(b'{"challenge": {"parameters": {"data": {"for": "join", "who": 0}}}}').decode(),
        base64.b64encode(b'{"challenge": {"parameters": [], "signature": "\\ud800"}}').decode(),
        base64.b64encode(b"[" * 900).decode(),
        "A" * 5_000_000,
    ],
)
def test_what_is_made_up_is_wrong_at_once(made_up: str) -> None:
    begun = time.monotonic()

    assert check(made_up, "join") == Proof.WRONG
    assert time.monotonic() - begun < 0.5


def test_without_redis_signature_and_time_still_hold(settings: Any) -> None:
    payload = solved(issue("join", cost=1))
    settings.REDIS_LIMITS_URL = "redis://127.0.0.1:1/0"
    proof._redis.cache_clear()
    try:
        assert check(payload, "join") == Proof.SOLVED
        assert check(payload, "post") == Proof.WRONG
        assert check(changed(payload, "solution", "counter", to=0), "join") == Proof.WRONG
        with time_machine.travel(time.time() + proof.LASTS + 2):
            assert check(payload, "join") == Proof.WRONG
    finally:
        proof._redis.cache_clear()
