"""When digests are due: days and hours on the member's own calendar."""

import datetime as dt
from zoneinfo import ZoneInfo

from community.notifications.models import Rhythm

# More days than any rhythm leaves between two digests.
_LOOK = 40


def next_slot(rhythm: str, weekday: int, hour: int, zone: ZoneInfo, now: dt.datetime) -> dt.datetime | None:
    """Return the first moment after `now` at which a digest is due, or None when there is never one."""
    today = now.astimezone(zone).date()
    for days in range(_LOOK):
        moment = _slot(rhythm, weekday, hour, zone, today + dt.timedelta(days=days))
        if moment is not None and moment > now:
            return moment
    return None


def latest_slot(rhythm: str, weekday: int, hour: int, zone: ZoneInfo, now: dt.datetime) -> dt.datetime | None:
    """Return the last moment up to `now` at which a digest was due, or None when there is never one."""
    today = now.astimezone(zone).date()
    for days in range(_LOOK):
        moment = _slot(rhythm, weekday, hour, zone, today - dt.timedelta(days=days))
        if moment is not None and moment <= now:
            return moment
    return None


def window_began(rhythm: str, weekday: int, hour: int, zone: ZoneInfo, slot: dt.datetime) -> dt.datetime:
    """Return when the window that ends at `slot` began: the time the digest before it was due."""
    before = latest_slot(rhythm, weekday, hour, zone, slot - dt.timedelta(seconds=1))
    return before if before is not None else slot - dt.timedelta(days=7)


def _slot(rhythm: str, weekday: int, hour: int, zone: ZoneInfo, day: dt.date) -> dt.datetime | None:
    if not _is_day(rhythm, weekday, day):
        return None
    return dt.datetime.combine(day, dt.time(hour), tzinfo=zone).astimezone(dt.UTC)


def _is_day(rhythm: str, weekday: int, day: dt.date) -> bool:
    """Monthly is the first such weekday of the month."""
    if rhythm == Rhythm.NEVER:
        return False
    if rhythm == Rhythm.DAILY:
        return True
    return day.weekday() == weekday and (rhythm == Rhythm.WEEKLY or day.day <= 7)
