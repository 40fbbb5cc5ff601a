"""Days that come round every year, leap days and the turns of years among them."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rewards.rituals.days import around, kept_on, lately


def test_the_leap_day_is_kept_on_the_28th_of_common_years() -> None:
    assert kept_on(2, 29, 2026) == dt.date(2026, 2, 28)
    assert kept_on(2, 29, 2028) == dt.date(2028, 2, 29)
    assert lately(2, 29, today=dt.date(2026, 3, 1), back=3) == dt.date(2026, 2, 28)
    assert lately(2, 29, today=dt.date(2028, 2, 28), back=3) is None


def test_the_last_days_of_a_year_are_still_found_in_the_next() -> None:
    assert lately(12, 31, today=dt.date(2027, 1, 2), back=3) == dt.date(2026, 12, 31)
    assert lately(12, 31, today=dt.date(2027, 1, 4), back=3) is None


@given(
    day=st.dates(dt.date(2020, 1, 1), dt.date(2032, 12, 31)),
    born=st.dates(dt.date(2020, 1, 1), dt.date(2020, 12, 31)),
)
def test_whatever_came_round_lately_is_among_the_days_that_are_asked_for(day: dt.date, born: dt.date) -> None:
    kept = lately(born.month, born.day, today=day, back=3)

    if kept is not None:
        assert (born.month, born.day) in around(day, back=3, ahead=0)
        assert dt.timedelta(0) <= day - kept <= dt.timedelta(days=3)
