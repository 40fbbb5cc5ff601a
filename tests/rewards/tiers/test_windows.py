"""Tiers by the points of a time: what counts, grace, one step at a time, and what is said about the time to come."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from community.activity.models import Activity
from community.members.models import Member
from community.notifications.models import Notice
from rewards.points.actions import award, reverse
from rewards.points.models import Transfer
from rewards.tiers import counting
from rewards.tiers.actions import save_tier_rules, settle_by_time, settle_tiers
from rewards.tiers.counting import points_that_count, spans_of
from rewards.tiers.models import Standing, Tier, TierMove, TierRules
from rewards.tiers.queries import progress_of

DAY = dt.date(2026, 8, 15)
Give = Callable[..., None]


@pytest.fixture(autouse=True)
def one_day(monkeypatch: Any) -> None:
    monkeypatch.setattr(counting, "today", lambda: DAY)


@pytest.fixture
def give(bob: Any, deliver_all: Any) -> Give:
    """Return what gives Bob 100 points for each of some deeds, so many days before the day."""

    def run(deeds: int, *, ago: int) -> None:
        for n in range(deeds):
            moment = dt.datetime.combine(DAY, dt.time(12), dt.UTC) - dt.timedelta(days=ago)
            source = {"source_type": "deed", "source_id": ago * 1000 + n}
            award(actor=None, rule_key="good_deed", member_id=bob.pk, occurred_at=moment, **source)
        deliver_all()

    return run


def rule(admin: Any, **changes: Any) -> TierRules:
    return save_tier_rules(actor=admin, changes=changes)


def tier_of(member: Any) -> str:
    return Member.objects.get(pk=member.pk).tier


def end_grace(member: Any) -> None:
    Standing.objects.filter(member=member).update(grace_until=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


def test_what_counts_is_what_stands_of_the_time(admin: Any, bob: Any, give: Give) -> None:
    give(3, ago=10)
    give(2, ago=400)
    give(1, ago=366)
    reverse(
        actor=admin,
        transfer=Transfer.objects.filter(kind="award").earliest("pk"),
        reason="Counted twice over",
    )

    def counted(**fields: Any) -> int:
        return points_that_count(TierRules(**fields), {bob.pk: 999})[bob.pk]

    assert counted() == 999
    assert counted(basis="months", months=12) == 200
    assert counted(basis="months", months=13) == 300
    assert counted(basis="year") == 300


def test_months_end_on_the_last_day_where_they_are_shorter() -> None:
    rules = TierRules(basis="months", months=6)

    assert spans_of(rules, dt.date(2026, 8, 31))[0][0] == dt.date(2026, 2, 28)


def test_by_default_nobody_falls_however_long_they_are_away(admin: Any, bob: Any, give: Give) -> None:
    give(3, ago=800)
    assert tier_of(bob) == "Regular"
    rule(admin, basis="months", months=12)

    assert settle_by_time() == 0
    assert tier_of(bob) == "Regular"


def test_a_grace_is_told_at_its_start_and_the_fall_is_one_step_at_a_time(
    admin: Any, bob: Any, give: Give, deliver_all: Any
) -> None:
    give(13, ago=800)
    assert tier_of(bob) == "Guide"
    rule(admin, basis="months", may_fall=True, grace_days=30)
    assert tier_of(bob) == "Guide" and not Activity.objects.filter(verb="tier.grace").exists()

    assert settle_by_time() == 0
    assert settle_by_time() == 0
    deliver_all()
    [told] = Activity.objects.filter(verb="tier.grace")
    assert told.payload["tier"] == "guide"
    assert Notice.objects.filter(member=bob, kind="tier.grace").count() == 1

    end_grace(bob)
    assert settle_by_time() == 1
    assert tier_of(bob) == "Regular"
    assert Standing.objects.get(member=bob).grace_until is None
    settle_by_time()
    end_grace(bob)
    settle_by_time()
    assert tier_of(bob) == ""
    assert [(m.before, m.after, m.why) for m in TierMove.objects.filter(member=bob).order_by("pk")][-2:] == [
        ("Guide", "Regular", "short"),
        ("Regular", "Newcomer", "short"),
    ]


def test_who_earns_enough_in_the_grace_keeps_the_tier_and_hears_no_more(
    admin: Any, bob: Any, give: Give
) -> None:
    give(3, ago=800)
    rule(admin, basis="months", may_fall=True, grace_days=30)
    settle_by_time()
    assert Standing.objects.get(member=bob).grace_until is not None
    give(3, ago=1)

    assert Standing.objects.get(member=bob).grace_until is None
    end_grace(bob)
    assert settle_by_time() == 0
    assert tier_of(bob) == "Regular"


def test_a_kept_tier_stays(admin: Any, bob: Any, give: Give) -> None:
    give(3, ago=800)
    Tier.objects.filter(key="regular").update(is_kept=True)
    rule(admin, basis="months", may_fall=True, grace_days=0)

    assert settle_by_time() == 0
    assert tier_of(bob) == "Regular"


def test_hearing_of_points_twice_changes_nothing(admin: Any, bob: Any, give: Give) -> None:
    rule(admin, basis="year", may_fall=True)
    give(3, ago=5)
    now = dt.datetime(2026, 8, 15, tzinfo=dt.UTC)
    assert settle_tiers(causes={bob.pk: (now, False)}) == 0

    assert TierMove.objects.filter(member=bob).count() == 1
    assert Activity.objects.filter(verb="tier.reached").count() == 1


def test_the_year_says_by_when_and_what_comes_after(admin: Any, bob: Any, give: Give) -> None:
    rule(admin, basis="year", may_fall=True)
    give(3, ago=300)
    give(1, ago=5)
    bob.refresh_from_db()
    progress = progress_of(bob)

    assert progress is not None and progress.next is not None
    assert (progress.steps[progress.here].name, progress.next.name) == ("Regular", "Guide")
    assert (progress.missing, progress.by) == (1150, dt.date(2026, 12, 31))
    assert progress.outlook == [
        "As things stand, you are Newcomer from Jan. 1, 2027 on.",
        "150 more points by Dec. 31, 2026 and you stay Regular.",
    ]


def test_where_nothing_is_lost_nothing_is_said_of_staying(admin: Any, bob: Any, give: Give) -> None:
    rule(admin, basis="months", months=1)
    give(3, ago=10)
    bob.refresh_from_db()
    progress = progress_of(bob)

    assert progress is not None
    assert progress.outlook == ["As things stand, you are Regular from Sept. 1, 2026 on."]
