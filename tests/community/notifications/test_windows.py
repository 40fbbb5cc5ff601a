"""Days and hours of digests, on calendars of the members."""

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import pytest

from community.notifications.windows import latest_slot, next_slot, window_began

BERLIN, TOKYO, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo"), ZoneInfo("Pacific/Auckland")


def at(text: str, zone: ZoneInfo = BERLIN) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(dt.UTC)


# The tenth of June 2026 is a Wednesday.
@pytest.mark.parametrize(
    ("rhythm", "weekday", "now", "expected"),
    [
        ("daily", 0, "2026-06-10 08:59", "2026-06-10 09:00"),
        ("daily", 0, "2026-06-10 09:00", "2026-06-11 09:00"),
        ("weekly", 2, "2026-06-10 08:59", "2026-06-10 09:00"),
        ("weekly", 2, "2026-06-10 09:00", "2026-06-17 09:00"),
        ("weekly", 0, "2026-06-10 12:00", "2026-06-15 09:00"),
        ("monthly", 0, "2026-06-10 12:00", "2026-07-06 09:00"),
        ("monthly", 2, "2026-07-01 08:00", "2026-07-01 09:00"),
    ],
)
def test_the_next_one_is_due_on_the_chosen_day_at_the_chosen_hour(rhythm, weekday, now, expected):
    assert next_slot(rhythm, weekday, 9, BERLIN, at(now)) == at(expected)


def test_an_hour_is_the_members_own():
    assert next_slot("daily", 0, 9, TOKYO, at("2026-06-10 08:00", TOKYO)) == at(
        "2026-06-10 00:00", ZoneInfo("UTC")
    )
    # It is Thursday in Auckland while it is still Wednesday elsewhere.
    assert next_slot("weekly", 3, 8, AUCKLAND, at("2026-06-10 12:00", ZoneInfo("UTC"))) == at(
        "2026-06-11 08:00", AUCKLAND
    )


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_day_on_which_clocks_change_has_one_digest_at_the_same_hour(day):
    slot = latest_slot("daily", 0, 9, BERLIN, at(f"{day} 23:00"))

    assert slot == at(f"{day} 09:00")
    assert next_slot("daily", 0, 9, BERLIN, slot) - slot == dt.timedelta(days=1)


def test_never_is_never():
    assert next_slot("never", 0, 9, BERLIN, at("2026-06-10 12:00")) is None
    assert latest_slot("never", 0, 9, BERLIN, at("2026-06-10 12:00")) is None


@pytest.mark.parametrize(("rhythm", "days"), [("daily", 1), ("weekly", 7), ("monthly", 35)])
def test_a_window_begins_where_the_one_before_ended(rhythm, days):
    slot = at("2026-06-01 09:00")

    assert slot - window_began(rhythm, 0, 9, BERLIN, slot) == dt.timedelta(
        days=days - (rhythm == "monthly") * 7
    )


def test_windows_follow_each_other_without_gaps_for_two_years():
    moment, seen = at("2026-01-01 00:00"), []
    for _week in range(104):
        moment = next_slot("weekly", 4, 17, BERLIN, moment)
        seen.append(moment)

    for before, after in itertools.pairwise(seen):
        assert window_began("weekly", 4, 17, BERLIN, after) == before
        assert latest_slot("weekly", 4, 17, BERLIN, after - dt.timedelta(minutes=1)) == before
