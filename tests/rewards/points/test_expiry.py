"""Dates of expiry, by policy."""

import datetime as dt

import pytest

from rewards.points.expiry import add_months, ends_at
from rewards.points.models import Programme


def at(year: int, month: int, day: int, hour: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2028, 1, 31), 1, (2028, 2, 29)),
        ((2026, 12, 15), 1, (2027, 1, 15)),
        ((2026, 10, 31), 13, (2027, 11, 30)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(
    day: tuple[int, int, int], months: int, wanted: tuple[int, int, int]
) -> None:
    assert add_months(dt.date(*day), months) == dt.date(*wanted)


@pytest.mark.parametrize(
    ("policy", "since", "wanted"),
    [
        ({"expiry": "never"}, at(2026, 1, 31), None),
        ({"expiry": "rolling", "months": 1}, at(2026, 1, 31, 23), at(2026, 3, 1)),
        ({"expiry": "rolling", "months": 12}, at(2026, 5, 2), at(2027, 6, 1)),
        ({"expiry": "fixed", "month": 12, "day": 31}, at(2026, 5, 2), at(2027, 1, 1)),
        ({"expiry": "fixed", "month": 12, "day": 31}, at(2026, 12, 31, 9), at(2028, 1, 1)),
        ({"expiry": "fixed", "month": 2, "day": 31}, at(2026, 1, 5), at(2026, 3, 1)),
        ({"expiry": "inactivity", "months": 6}, at(2026, 8, 31, 12), at(2027, 3, 1)),
    ],
)
def test_each_policy_ends_at_a_midnight(
    policy: dict[str, object], since: dt.datetime, wanted: dt.datetime | None
) -> None:
    assert ends_at(Programme(**policy), since) == wanted
