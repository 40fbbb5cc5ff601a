"""Rate limits, with Redis and without it."""

from collections.abc import Iterator
from typing import Any

import pytest

from community import limits
from community.errors import RateLimited
from community.limits import Limit, parse_rates

TWO = Limit("test.two", ("2/min", "2/min", "2/min", "2/min"))
EIGHT = Limit("test.eight", ("8/min", "8/min", "8/min", "8/min"))


@pytest.fixture(autouse=True)
def limited(settings: Any) -> Iterator[None]:
    settings.LIMITS_ENABLED = True
    yield
    client = limits._script().registered_client
    for key in client.scan_iter(f"{settings.LIMITS_PREFIX}:test.*"):
        client.delete(key)
    limits._local.clear()


@pytest.fixture
def without_redis(settings: Any) -> Iterator[None]:
    limits._script.cache_clear()
    address, settings.REDIS_LIMITS_URL = settings.REDIS_LIMITS_URL, "redis://127.0.0.1:1/0"
    limits._script()
    yield
    settings.REDIS_LIMITS_URL = address
    limits._script.cache_clear()


def test_the_third_of_two_is_refused_and_told_when_to_come_back(alice: Any) -> None:
    TWO.spend(alice)
    TWO.spend(alice)

    with pytest.raises(RateLimited) as refusal:
        TWO.spend(alice)

    assert 0 < refusal.value.retry_after <= 60
    assert "what you typed is kept" in str(refusal.value.message)


def test_one_member_does_not_spend_for_another(alice: Any, bob: Any) -> None:
    TWO.spend(alice)
    TWO.spend(alice)

    TWO.spend(bob)


def test_staff_are_not_slowed_down(mod: Any) -> None:
    for _again in range(5):
        TWO.spend(mod)


def test_settings_may_say_otherwise(alice: Any, settings: Any) -> None:
    settings.LIMITS = {"test.two": "1/h"}
    TWO.spend(alice)

    with pytest.raises(RateLimited):
        TWO.spend(alice)


def test_every_rate_of_a_limit_holds(alice: Any) -> None:
    both = Limit("test.both", ("", "100/min,1/day", "", ""))
    both.spend(alice)

    with pytest.raises(RateLimited) as refusal:
        both.spend(alice)
    assert refusal.value.retry_after > 80_000


def test_without_redis_a_quarter_of_the_rate_is_left(alice: Any, without_redis: None) -> None:
    EIGHT.spend(alice)
    EIGHT.spend(alice)

    with pytest.raises(RateLimited) as refusal:
        EIGHT.spend(alice)
    assert 0 < refusal.value.retry_after <= 61


def test_an_empty_text_limits_nothing_and_units_are_read() -> None:
    assert parse_rates("") == ()
    assert [(rate.count, rate.seconds) for rate in parse_rates("1/60s, 5/15min,9/h,2/day")] == [
        (1, 60),
        (5, 900),
        (9, 3600),
        (2, 86400),
    ]
