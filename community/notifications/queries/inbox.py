"""Reading the inbox."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.core import signing
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from community.errors import NotFound
from community.members.models import Member
from community.notifications.models import Notice
from community.notifications.queries.rows import Place, notice_rows
from community.notifications.queries.shown import make_words
from community.notifications.registry import NoticeWords, all_kinds, find_kind

PAGE = 30
# Notices that may not be shown leave gaps; this many more pages are read to fill one.
REFILLS = 3


class View(StrEnum):
    """What of the inbox is shown."""

    ALL = "all"
    UNREAD = "unread"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Shown:
    """One notice with its words."""

    notice: Notice
    words: NoticeWords
    can_mute: bool


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of the inbox under day headings; `after` leads to the next."""

    view: View
    days: list[tuple[str, list[Shown]]]
    after: str
    unread: int


def get_notice_for(viewer: Member, pk: int) -> Notice:
    """Return a notice of `viewer`. Raises `NotFound` for anyone else's."""
    notice = Notice.objects.of(viewer).filter(pk=pk).first()
    if notice is None:
        raise NotFound()
    return notice


def inbox_page(viewer: Member, view: View = View.ALL, after: str = "") -> InboxPage:
    """Return a page of what `viewer` may see now."""
    shown: list[Shown] = []
    cursor = _read_cursor(after)
    for _round in range(REFILLS):
        rows = _rows(viewer, view, cursor)
        shown += show(rows[:PAGE], viewer)
        cursor = (rows[PAGE - 1].updated_at, rows[PAGE - 1].pk) if len(rows) > PAGE else None
        if cursor is None or len(shown) >= PAGE // 2:
            break
    return InboxPage(
        view=view,
        days=_by_day(shown),
        after=_write_cursor(cursor) if cursor else "",
        unread=viewer.unread_notices,
    )


def newest_for(viewer: Member, count: int = 8) -> list[Shown]:
    """Return the newest notices, for the bell."""
    return show(_rows(viewer, View.ALL, None)[:count], viewer)


def show(rows: list[Notice], viewer: Member) -> list[Shown]:
    """Give those rows their words that `viewer` may see."""
    words = make_words(rows, viewer)
    return [Shown(row, words[row.pk], _can_mute(row)) for row in rows if row.pk in words]


def _can_mute(notice: Notice) -> bool:
    kind = find_kind(notice.kind)
    return notice.thread_id is not None and kind is not None and kind.mute is not None


def _rows(viewer: Member, view: View, cursor: Place | None) -> list[Notice]:
    return notice_rows(
        viewer,
        limit=PAGE + 1,
        unread=view is View.UNREAD,
        kinds=[kind.key for kind in all_kinds() if kind.names_you] if view is View.MENTIONS else None,
        after=cursor,
    )


def _by_day(shown: list[Shown]) -> list[tuple[str, list[Shown]]]:
    days: dict[dt.date, list[Shown]] = {}
    for entry in shown:
        days.setdefault(timezone.localtime(entry.notice.updated_at).date(), []).append(entry)
    return [(_day_name(day), entries) for day, entries in days.items()]


def _day_name(day: dt.date) -> str:
    today = timezone.localdate()
    if day == today:
        return _("Today")
    if day == today - dt.timedelta(days=1):
        return _("Yesterday")
    return formats.date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")


def _write_cursor(cursor: Place) -> str:
    return signing.dumps([cursor[0].isoformat(), cursor[1]], salt="notices", compress=False)


def _read_cursor(text: str) -> Place | None:
    if not text:
        return None
    try:
        moment, pk = signing.loads(text, salt="notices")
    except signing.BadSignature as error:
        raise NotFound() from error
    return dt.datetime.fromisoformat(moment), pk
