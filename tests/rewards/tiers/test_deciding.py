"""Where a member goes: up at once, down one at a time after a grace, or not at all."""

import datetime as dt

import pytest

from rewards.tiers.deciding import Decision, decide, place_of
from rewards.tiers.models import Tier, TierRules

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
SOON, BEFORE = NOW + dt.timedelta(days=30), NOW - dt.timedelta(seconds=1)
TIERS = [
    Tier(name=name, threshold=threshold) for name, threshold in (("a", 0), ("b", 10), ("c", 100), ("d", 500))
]
FALLING = {"basis": "months", "may_fall": True, "grace_days": 30}


@pytest.mark.parametrize(
    ("rules", "here", "points", "grace_until", "decision"),
    [
        ({}, 0, 100, None, Decision(2)),
        ({}, 2, 99, None, Decision(1)),
        ({"basis": "months"}, 2, 0, None, Decision(2)),
        (FALLING, 0, 500, None, Decision(3)),
        (FALLING, 3, 0, None, Decision(3, SOON, grace_begins=True)),
        (FALLING, 3, 0, SOON, Decision(3, SOON)),
        (FALLING, 3, 0, BEFORE, Decision(2)),
        (FALLING, 3, 500, BEFORE, Decision(3)),
        (FALLING | {"grace_days": 0}, 3, 0, None, Decision(2)),
        (FALLING, 1, 0, NOW, Decision(0)),
    ],
)
def test_a_member_goes_where_rules_and_points_say(
    rules: dict[str, object], here: int, points: int, grace_until: dt.datetime | None, decision: Decision
) -> None:
    found = decide(TierRules(**rules), TIERS, here=here, points=points, grace_until=grace_until, now=NOW)

    assert found == decision


def test_a_tier_that_is_never_lost_is_not() -> None:
    kept = [*TIERS[:2], Tier(name="c", threshold=100, is_kept=True)]

    found = decide(TierRules(**FALLING), kept, here=2, points=0, grace_until=None, now=NOW)
    assert found == Decision(2)


def test_the_place_is_that_of_the_highest_tier_reached() -> None:
    assert [place_of(TIERS, points) for points in (-1, 0, 9, 10, 499, 9999)] == [-1, 0, 0, 1, 2, 3]
