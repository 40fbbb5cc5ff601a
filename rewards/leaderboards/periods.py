"""How far back a list looks."""

import datetime as dt
from enum import StrEnum

FIRST_DAY = dt.date(2000, 1, 1)


class Period(StrEnum):
    """A rolling period. Weeks begin on Monday, all others on the first; every list begins anew with them. Days are UTC."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


def first_day(period: Period, today: dt.date) -> dt.date:
    """Return the day a period began."""
    if period is Period.WEEK:
        return today - dt.timedelta(days=today.weekday())
    if period is Period.MONTH:
        return today.replace(day=1)
    if period is Period.QUARTER:
        return today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1)
    if period is Period.YEAR:
        return today.replace(month=1, day=1)
    return FIRST_DAY
