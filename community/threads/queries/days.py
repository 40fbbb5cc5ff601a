"""Rows of a list under the days they belong to, in the reader's own time zone."""

import datetime as dt

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from community.threads.queries.concern import points_of
from community.threads.queries.cursors import Cursor
from community.threads.queries.lists import Order, ThreadList
from community.threads.queries.rows import ThreadRow

Day = tuple[str, list[ThreadRow]]


def by_day(listed: ThreadList, after: Cursor | None = None) -> list[Day]:
    """Return rows in groups with the words of their day; no words where a page goes on within a day.

    What concerns a member is ordered by its points within each day.
    """
    if listed.order in (Order.TOP, Order.RANKED):
        return [("", listed.threads)] if listed.threads else []
    now = timezone.localdate()
    current = timezone.localtime(after.moment).date() if after is not None else None
    days: list[Day] = []
    for row in listed.threads:
        if row.is_pinned:
            day = None
        else:
            moment = row.created_at if listed.order is Order.NEWEST else row.last_post_at
            day = timezone.localtime(moment).date()
        if not days or day != current:
            days.append((_words(day, now) if day is not None and day != current else "", []))
        current = day
        days[-1][1].append(row)
    if listed.order is Order.CONCERN:
        for _said, rows in days:
            rows.sort(key=points_of, reverse=True)
    return days


def _words(day: dt.date, today: dt.date) -> str:
    passed = (today - day).days
    if passed <= 0:
        return _("Today")
    if passed == 1:
        return _("Yesterday")
    if passed < 7:
        return formats.date_format(day, "l")
    return formats.date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")
