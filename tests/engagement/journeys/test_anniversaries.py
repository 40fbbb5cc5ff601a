"""The years with us: once each, on the day it is where the member lives. The clock is moved and the real task runs."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from community.activity.models import Activity
from community.members.models import Member
from community.notifications.models import Notice
from engagement.journeys.models import Anniversary
from engagement.journeys.tasks import mark_anniversaries
from rewards.rituals.actions import save_ritual_rules

pytestmark = pytest.mark.django_db


def joined(member: Any, year: int, month: int, day: int, hour: int = 9, zone: str = "UTC") -> Any:
    moment = dt.datetime(year, month, day, hour, tzinfo=dt.UTC)
    Member.objects.filter(pk=member.pk).update(joined_at=moment, time_zone=zone)
    return member


def rings(year: int, month: int, day: int, hour: int = 12) -> int:
    with time_machine.travel(dt.datetime(year, month, day, hour, 30, tzinfo=dt.UTC), tick=False):
        return int(mark_anniversaries())


def test_a_year_is_told_once_however_often_the_clock_rings(
    bob: Any, make_member: Any, deliver_all: Any
) -> None:
    joined(bob, 2023, 6, 10)
    joined(make_member("new"), 2026, 6, 10)

    assert [rings(2026, 6, 10, hour) for hour in (0, 1, 9, 23)] == [1, 0, 0, 0]
    with time_machine.travel(dt.datetime(2026, 6, 10, 23, 40, tzinfo=dt.UTC), tick=False):
        deliver_all()

    assert Anniversary.objects.get().years == 3
    assert Notice.objects.get(kind="journey.anniversary").payload == {"years": 3}
    assert rings(2027, 6, 10) == 2


def test_it_is_their_day_where_they_live(bob: Any, alice: Any, make_member: Any) -> None:
    # In Auckland it was the 11th already when Bob joined; in Honolulu still the 9th when Alice did.
    joined(bob, 2024, 6, 10, hour=20, zone="Pacific/Auckland")
    joined(alice, 2024, 6, 10, hour=3, zone="Pacific/Honolulu")
    joined(make_member("odd"), 2024, 6, 10, zone="Nowhere/Else")

    assert rings(2026, 6, 9, hour=9) == 0
    assert rings(2026, 6, 9, hour=11) == 1  # 01:30 on the 9th in Honolulu
    assert rings(2026, 6, 10, hour=11) == 1  # who lives nowhere has the day of Greenwich
    assert rings(2026, 6, 10, hour=13) == 1  # 01:30 on the 11th in Auckland
    assert set(Anniversary.objects.values_list("member__handle", "reached_on")) == {
        ("alice", dt.date(2026, 6, 9)),
        ("odd", dt.date(2026, 6, 10)),
        ("bob", dt.date(2026, 6, 11)),
    }


def test_those_who_joined_on_a_leap_day_celebrate_every_year(bob: Any) -> None:
    joined(bob, 2024, 2, 29)

    assert [rings(2026, 2, 27), rings(2026, 2, 28), rings(2026, 3, 1)] == [0, 1, 0]
    assert [rings(2028, 2, 28), rings(2028, 2, 29), rings(2028, 3, 1)] == [0, 1, 0]


def test_the_turn_of_the_year_counts_by_their_own_calendar(bob: Any) -> None:
    # The first of January 2025 in Auckland.
    joined(bob, 2024, 12, 31, hour=20, zone="Pacific/Auckland")

    assert rings(2025, 12, 31, hour=13) == 1
    assert Anniversary.objects.get().years == 1


def test_the_paused_and_those_who_left_are_not_thanked(bob: Any, alice: Any) -> None:
    joined(bob, 2023, 6, 10)
    joined(alice, 2023, 6, 10)
    later = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
    Member.objects.filter(pk=bob.pk).update(suspended_until=later)
    Member.objects.filter(pk=alice.pk).update(is_active=False)

    assert rings(2026, 6, 10) == 0
    assert not Activity.objects.filter(verb="anniversary.reached").exists()
    assert rings(2027, 6, 10) == 1


def test_after_days_without_a_clock_three_are_made_up_for(bob: Any, alice: Any) -> None:
    joined(bob, 2023, 6, 10)
    joined(alice, 2023, 6, 9)

    assert rings(2026, 6, 13) == 1
    assert Anniversary.objects.get().reached_on == dt.date(2026, 6, 10)


def test_managers_may_leave_it(manager: Any, bob: Any) -> None:
    joined(bob, 2023, 6, 10)
    save_ritual_rules(actor=manager, changes={"anniversaries_on": False})

    assert rings(2026, 6, 10) == 0
