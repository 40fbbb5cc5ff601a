"""Moments as people write them in a question: 2026-03-14, 2026-03, 2026, 7d, 2w, 3m, 1y, today, yesterday."""

import datetime as dt
import re

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_AGO = re.compile(r"(\d{1,4})([dwmy])", re.ASCII)
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_NAMED = {"today": 0, "yesterday": 1}


def moment(said: str, now: dt.datetime) -> dt.datetime | None:
    """Return the beginning of the day, month or year that is meant, in the zone of `now`; None when it is none of those."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        if said in _NAMED:
            return midnight - dt.timedelta(days=_NAMED[said])
        if match := _AGO.fullmatch(said):
            return midnight - dt.timedelta(days=int(match[1]) * _DAYS[match[2]])
        if match := _DATE.fullmatch(said):
            year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
            # Years that a database cannot compare in every zone are no years of a community.
            return midnight.replace(year=year, month=month, day=day) if 1000 <= year <= 9000 else None
    except (ValueError, OverflowError):
        return None
    return None
