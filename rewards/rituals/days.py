"""Days that come round every year. Plain reckoning: no database, no clock but the day it is given."""

import calendar
import datetime as dt

A_DAY = dt.timedelta(days=1)


def kept_on(month: int, day: int, year: int) -> dt.date:
    """Return on which day of a year it is kept: what is of 29 February on the 28th of common years."""
    if (month, day) == (2, 29) and not calendar.isleap(year):
        return dt.date(year, 2, 28)
    return dt.date(year, month, day)


def lately(month: int, day: int, *, today: dt.date, back: int) -> dt.date | None:
    """Return the day on which it came round today or in the `back` days before; None when it did not."""
    for year in (today.year, today.year - 1):
        kept = kept_on(month, day, year)
        if today - back * A_DAY <= kept <= today:
            return kept
    return None


def around(today: dt.date, *, back: int, ahead: int) -> set[tuple[int, int]]:
    """Return (month, day) of whatever may come round from `back` days before a day to `ahead` days after it."""
    days = {today + n * A_DAY for n in range(-back, ahead + 1)}
    dates = {(it.month, it.day) for it in days}
    return dates | {(2, 29)} if (2, 28) in dates else dates
