"""When points to spend stop counting, by the programme's policy. Days end at midnight UTC."""

import calendar
import datetime as dt

from rewards.points.models import Expiry, Programme


def ends_at(programme: Programme, since: dt.datetime) -> dt.datetime | None:
    """Return the moment at which points stop counting whose clock began at `since`; None when they never do."""
    day = since.astimezone(dt.UTC).date()
    match programme.expiry:
        case Expiry.ROLLING:
            last = add_months(day, programme.months)
            return _midnight_after(last.replace(day=_days_in(last.year, last.month)))
        case Expiry.FIXED:
            this_year = _on(day.year, programme)
            return _midnight_after(this_year if this_year > day else _on(day.year + 1, programme))
        case Expiry.INACTIVITY:
            return _midnight_after(add_months(day, programme.months))
    return None


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later; the last of the month where there is none: 31 January + 1 is the end of February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def _on(year: int, programme: Programme) -> dt.date:
    return dt.date(year, programme.month, min(programme.day, _days_in(year, programme.month)))


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _midnight_after(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)
