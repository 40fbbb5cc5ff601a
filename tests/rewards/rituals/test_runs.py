"""What is in a row follows from the weeks that counted and the day, and from nothing else."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rewards.rituals.runs import period_of, walk

MONDAY = dt.date(2026, 8, 31)
WEEK = dt.timedelta(days=7)


def weeks(*numbers: int) -> list[dt.date]:
    return [MONDAY + n * WEEK for n in numbers]


def in_a_row(
    counted: list[dt.date], today: dt.date, freezes: int = 2, unit: str = "week"
) -> tuple[int, int, int]:
    found = walk(counted, unit=unit, freezes=freezes, today=today)
    return found.current, found.longest, len(found.frozen)


def test_the_running_week_adds_but_never_ends_anything() -> None:
    today = MONDAY + 3 * WEEK + dt.timedelta(days=6)

    assert in_a_row(weeks(0, 1, 2), today, freezes=0) == (3, 3, 0)
    assert in_a_row(weeks(0, 1, 2, 3), today, freezes=0) == (4, 4, 0)
    assert in_a_row(weeks(0, 1, 2), today + dt.timedelta(days=1), freezes=0) == (0, 3, 0)


def test_spare_weeks_bridge_two_a_month_and_add_nothing() -> None:
    # 31 August, then 7, 14, 21 and 28 September: the week belongs to the month in which it begins.
    assert in_a_row(weeks(0, 3), MONDAY + 3 * WEEK) == (2, 2, 2)
    assert in_a_row(weeks(0, 4), MONDAY + 4 * WEEK) == (1, 1, 2)
    # 28 September is missed as the third of its month; 5 and 12 October have spare ones of their own.
    assert in_a_row(weeks(0, 2, 4, 7), MONDAY + 7 * WEEK) == (4, 4, 4)
    assert walk(weeks(0, 2, 4, 7), unit="week", freezes=2, today=MONDAY + 7 * WEEK).left == 0


def test_what_ended_stays_the_longest_and_the_next_begins_at_one() -> None:
    found = walk(weeks(0, 1, 2, 3, 8, 9), unit="week", freezes=0, today=MONDAY + 9 * WEEK)

    assert (found.current, found.longest, found.began_on) == (2, 4, MONDAY + 8 * WEEK)
    assert found.first_at == {1: MONDAY, 2: MONDAY + WEEK, 3: MONDAY + 2 * WEEK, 4: MONDAY + 3 * WEEK}


def test_days_are_days_over_the_ends_of_months_and_leap_years() -> None:
    days = [dt.date(2028, 2, 27), dt.date(2028, 2, 28), dt.date(2028, 2, 29), dt.date(2028, 3, 1)]
    assert in_a_row(days, dt.date(2028, 3, 1), freezes=0, unit="day") == (4, 4, 0)
    # Two missed on either side of the end of a month are four spare ones, of two months.
    apart = [dt.date(2026, 1, 29), dt.date(2026, 2, 3)]
    assert in_a_row(apart, dt.date(2026, 2, 3), unit="day") == (2, 2, 4)
    assert in_a_row(apart, dt.date(2026, 2, 3), freezes=1, unit="day") == (1, 1, 1)


def test_a_year_that_ends_in_a_week_goes_on() -> None:
    assert period_of(dt.date(2027, 1, 1), "week") == dt.date(2026, 12, 28)
    assert in_a_row(
        [dt.date(2026, 12, 21), dt.date(2026, 12, 28), dt.date(2027, 1, 4)], dt.date(2027, 1, 5)
    ) == (3, 3, 0)


def day_by_day(counted: set[dt.date], today: dt.date, freezes: int) -> tuple[int, int, set[dt.date]]:
    """The same, lived through: at the end of each week something is added, a spare one goes, or the count begins again."""
    current = longest = 0
    left: dict[tuple[int, int], int] = {}
    frozen = set()
    start = min(counted, default=today)
    while start <= today:
        month = start.year, start.month
        left.setdefault(month, freezes)
        if start in counted:
            current += 1
            longest = max(longest, current)
        elif current and start + WEEK <= today:
            if left[month]:
                left[month] -= 1
                frozen.add(start)
            else:
                current = 0
        start += WEEK
    return current, longest, frozen


@given(numbers=st.sets(st.integers(0, 60)), until=st.integers(0, 64), freezes=st.integers(0, 4))
def test_reckoned_at_once_is_lived_week_by_week(numbers: set[int], until: int, freezes: int) -> None:
    today = MONDAY + until * WEEK
    counted = {MONDAY + n * WEEK for n in numbers if n <= until}

    found = walk(counted, unit="week", freezes=freezes, today=today)

    assert (found.current, found.longest, found.frozen) == day_by_day(counted, today, freezes)
