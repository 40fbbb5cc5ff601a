"""Lists of threads: one statement each, by keyset, whatever the viewer, the order and the depth."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils import timezone

from community.members.models import Member
from community.spaces.visibility import readable_spaces
from community.sql import fetch
from community.threads.queries.attention import Fragment, not_blocked, not_muted
from community.threads.queries.cursors import Cursor, at
from community.threads.queries.pinned import pinned_threads, takes_its_turn
from community.threads.queries.rows import AUTHOR, Author, ThreadRow

PAGE = 20
# "Most thanked" looks at so many of the latest: an index by thanks would make every thank-you dearer.
TOP_OF = 400

_SHOWN = """
SELECT t.id, t.title, t.excerpt, t.kind, t.tags, t.accepted_post_id IS NOT NULL, t.is_locked, t.first = 1,
       t.reply_count, t.reaction_count, t.created_at, t.last_post_at,
       CASE WHEN r.last_read_position < t.last_position THEN (SELECT count(*) FROM (SELECT 1 FROM threads_post p
          WHERE p.thread_id = t.id AND p.position > r.last_read_position AND p.state = 'visible'
          LIMIT 100) x) ELSE 0 END,
       COALESCE(r.last_read_position, 0), s.slug, s.name, t.why, """

# How far the reader is, is looked up thread by thread (`LIMIT` keeps it so): a join may read all they ever opened.
_JOINED = """
  JOIN spaces_space s ON s.id = t.space_id
  LEFT JOIN members_member u ON u.id = t.author_id
  LEFT JOIN LATERAL (SELECT q.last_read_position FROM threads_readstate q
    WHERE q.thread_id = t.id AND q.member_id = %s LIMIT 1) r ON true
"""


class Order(StrEnum):
    """How a list is sorted."""

    LATEST = "latest"
    NEWEST = "newest"
    TOP = "top"
    UNANSWERED = "unanswered"
    SOLVED = "solved"
    RANKED = "ranked"
    CONCERN = "concern"


_SORTS = {
    Order.LATEST: ("t.last_post_at", "moment"),
    Order.NEWEST: ("t.created_at", "moment"),
    Order.TOP: ("t.reaction_count", "value"),
    Order.UNANSWERED: ("t.last_post_at", "moment"),
    Order.SOLVED: ("t.last_post_at", "moment"),
}


class Lane(StrEnum):
    """Unanswered questions by how long they have waited; those that miss something wait for their asker."""

    ALL = ""
    TODAY = "today"
    WEEK = "week"
    OLDER = "older"
    MISSING = "missing"


_OPEN = "t.kind = 'question' AND t.accepted_post_id IS NULL AND t.reply_count = 0"


@dataclass(frozen=True, slots=True)
class ThreadList:
    """One page of a list. `after` leads to the next one."""

    threads: list[ThreadRow]
    after: Cursor | None
    order: Order = Order.LATEST


def list_threads(
    viewer: Member | None,
    *,
    order: Order = Order.LATEST,
    space_id: int | None = None,
    below: Sequence[int] = (),
    tag: str = "",
    details: Mapping[str, Any] | None = None,
    lane: Lane = Lane.ALL,
    after: Cursor | None = None,
) -> ThreadList:
    """Return a page of the threads a viewer may read; on the first page of a space, those pinned in it come first, and
    of all spaces those pinned everywhere. What the viewer put away takes its turn.

    `details` are answers that threads must carry. `below` are spaces under that one which this viewer may read, to be shown with it; what is pinned there is pinned there.
    """
    pinned_first = order is Order.LATEST and not tag and not details
    where, params = _filters(viewer, order, (space_id, *below) if space_id is not None else (), tag, lane)
    column, _attribute = _SORTS[order]
    if details:
        where, params = f"{where} AND t.details @> %s::jsonb", (*params, json.dumps(details))
    if pinned_first:
        turn, me = takes_its_turn(viewer, space_id)
        where, params = where + turn, (*params, *me)
    inner, more = _keyset(where, params, order, after)
    if pinned_first and after is None:
        pinned, given = pinned_threads(viewer, space_id)
        inner, more = f"({pinned}) UNION ALL ({inner})", (*given, *more)
    return run_list(viewer, (inner, more), f"t.first DESC, {column} DESC, t.id DESC", order)


def list_following(viewer: Member, after: Cursor | None = None) -> ThreadList:
    """Return the threads a member follows, latest first."""
    return run_list(viewer, whole(followed_threads(viewer, after)), BY_TIME, Order.LATEST)


BY_TIME = "t.last_post_at DESC, t.id DESC"
# What a leg of the member's list finds; the rest of a thread is read for those that are shown.
KEY = "t.id, t.last_post_at"


def whole(found: Fragment) -> Fragment:
    """Read whole threads for the keys and reasons that a statement found."""
    sql, params = found
    return f"SELECT t.*, 0 AS first, k.why FROM ({sql}) k JOIN threads_thread t ON t.id = k.id", params


def _filters(viewer: Member | None, order: Order, places: tuple[int, ...], tag: str, lane: Lane) -> Fragment:
    parts = ["t.state = 'visible'"]
    params: list[Any] = []
    if places:
        # The caller holds spaces this viewer may read, so the check was made.
        parts.append("t.space_id = %s" if len(places) == 1 else "t.space_id = ANY(%s)")
        params.append(places[0] if len(places) == 1 else list(places))
    else:
        spaces, readable = readable_spaces(viewer)
        parts.append(f"t.space_id IN ({spaces})")
        params.extend(readable)
        # Whoever opens the page of a space or a tag wants to see what is there, muted or not.
        if viewer is not None and not tag:
            quiet, whose = not_muted(viewer.pk)
            parts.append(quiet)
            params.extend(whose)
    if tag:
        parts.append("t.tags @> ARRAY[%s]::varchar[]")
        params.append(tag)
    if order is Order.UNANSWERED:
        condition, moments = _waits(lane)
        parts.append(condition)
        params.extend(moments)
    if order is Order.SOLVED:
        parts.append("t.accepted_post_id IS NOT NULL")
    others, me = not_blocked(viewer)
    return " AND ".join(parts) + others, (*params, *me)


def _waits(lane: Lane) -> Fragment:
    """Return the condition of a lane. Without replies, the last post is the question itself, which the index sorts by."""
    if lane is Lane.MISSING:
        asked = "SELECT c.thread_id FROM threads_questioncare c WHERE c.missing <> ''"
        return f"t.kind = 'question' AND t.accepted_post_id IS NULL AND t.id IN ({asked})", ()
    now = timezone.now()
    day, week = now - dt.timedelta(days=1), now - dt.timedelta(days=7)
    ages: dict[Lane, Fragment] = {
        Lane.TODAY: (" AND t.last_post_at > %s", (day,)),
        Lane.WEEK: (" AND t.last_post_at <= %s AND t.last_post_at > %s", (day, week)),
        Lane.OLDER: (" AND t.last_post_at <= %s", (week,)),
    }
    age, moments = ages.get(lane, ("", ()))
    return _OPEN + age, moments


def _keyset(where: str, params: tuple[Any, ...], order: Order, after: Cursor | None) -> Fragment:
    column, _attribute = _SORTS[order]
    place, cursor = place_after(order, after)
    if order is Order.TOP:
        lately = f"SELECT t.* FROM threads_thread t WHERE {where} ORDER BY {BY_TIME} LIMIT {TOP_OF}"
        sql = f"SELECT t.*, 0 AS first, '' AS why FROM ({lately}) t WHERE true{place}"
    else:
        sql = f"SELECT t.*, 0 AS first, '' AS why FROM threads_thread t WHERE {where}{place}"
    return f"{sql} ORDER BY {column} DESC, t.id DESC LIMIT {PAGE + 1}", (*params, *cursor)


def place_after(order: Order, after: Cursor | None) -> Fragment:
    """Return the condition that a thread comes after a cursor."""
    if after is None:
        return "", ()
    column, attribute = _SORTS[order]
    return f" AND ({column}, t.id) < (%s, %s)", (getattr(after, attribute), after.pk)


def followed_threads(viewer: Member, after: Cursor | None) -> Fragment:
    """Find the threads a member watches or tracks."""
    spaces, readable = readable_spaces(viewer)
    place, cursor = place_after(Order.LATEST, after)
    sql = f"""SELECT {KEY}, 'thread' AS why FROM threads_threadfollow f
      JOIN threads_thread t ON t.id = f.thread_id AND t.state = 'visible'
      WHERE f.member_id = %s AND f.level IN ('watching', 'tracking') AND t.space_id IN ({spaces}){place}
      ORDER BY t.last_post_at DESC, t.id DESC LIMIT {PAGE + 1}"""
    return sql, (viewer.pk, *readable, *cursor)


def run_list(viewer: Member | None, inner: Fragment, order_by: str, order: Order) -> ThreadList:
    """Read the rows of a list from a statement that finds whole threads `t` with `first` and `why`."""
    sql = f"{_SHOWN}{AUTHOR} FROM ({inner[0]}) t {_JOINED} ORDER BY {order_by}"
    rows = fetch(sql, (*inner[1], viewer.pk if viewer else 0), _thread_row)
    pinned = sum(1 for row in rows if row.is_pinned)
    more = len(rows) > PAGE + pinned
    shown = rows[: PAGE + pinned]
    return ThreadList(shown, _cursor_after(shown[-1], order) if more else None, order)


def _cursor_after(row: ThreadRow, order: Order) -> Cursor:
    if order is Order.TOP:
        return Cursor(row.reaction_count, row.pk)
    if order is Order.RANKED:
        return Cursor(int(row.why.partition(".")[0]), row.pk)
    return at(row.created_at if order is Order.NEWEST else row.last_post_at, row.pk)


def _thread_row(row: Any) -> ThreadRow:
    author = Author._make(row[17:]) if row[17] is not None else None
    values: list[Any] = [*row[:17], author]
    return ThreadRow(*values)
