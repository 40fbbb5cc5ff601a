"""What is new to a member, and what they have not read of the threads they attend to.

*New*: begun by others within so many days (and since they joined), never opened, not muted, not set aside.
*Unread*: opened before, watched or tracked, with a shown post after the last one they read, not set aside.

Each list is one statement. The latest threads are looked through first: whoever has very much unread is answered from
these, and only who has not is answered from those they are behind in as well (`community.threads.behind`).
"""

from typing import NamedTuple

from community.members.models import Member
from community.spaces.visibility import readable_spaces
from community.sql import fetch, fetch_one
from community.threads.limits import NEW_FOR
from community.threads.queries.attention import Fragment, listened_to, not_blocked, not_muted
from community.threads.queries.cursors import Cursor
from community.threads.queries.lists import (
    BY_TIME,
    KEY,
    PAGE,
    Order,
    ThreadList,
    place_after,
    run_list,
    whole,
)

# How far the latest threads are looked through, whose readers may not be told yet.
_LATELY = 400
# Whoever is behind in more threads than this is answered from so many of the latest ones first, if they are enough.
_MANY, _FURTHER = 1000, 4000
MOST_COUNTED = 100


class Waiting(NamedTuple):
    """How much is new and unread, counted up to `MOST_COUNTED`."""

    new: int
    unread: int


def list_unread(viewer: Member, after: Cursor | None = None) -> ThreadList:
    """Return the threads in which something is unread to a member, latest first."""
    return run_list(viewer, whole(_unread(viewer, after, PAGE + 1)), BY_TIME, Order.LATEST)


def list_new(viewer: Member, after: Cursor | None = None) -> ThreadList:
    """Return the threads that are new to a member, newest first."""
    sql, params = _new(viewer, after, PAGE + 1)
    return run_list(viewer, whole((sql, params)), "t.created_at DESC, t.id DESC", Order.NEWEST)


def count_waiting(viewer: Member) -> Waiting:
    """Count what is new and unread to a member, each up to `MOST_COUNTED`, in one statement."""
    new, of_new = _new(viewer, None, MOST_COUNTED)
    unread, of_unread = _unread(viewer, None, MOST_COUNTED)
    sql = f"SELECT (SELECT count(*) FROM ({new}) n), (SELECT count(*) FROM ({unread}) u)"
    counted = fetch_one(sql, (*of_new, *of_unread), Waiting._make)
    return counted or Waiting(0, 0)


_SET_ASIDE = (
    "COALESCE((SELECT {column} FROM threads_setaside WHERE member_id = %s), '-infinity'::timestamptz)"
)
# Later posts that were hidden or deleted are no news.
_GOES_ON = """r.last_read_position < t.last_position AND EXISTS (SELECT 1 FROM threads_post p
   WHERE p.thread_id = t.id AND p.position > r.last_read_position AND p.state = 'visible')"""


def _unread(viewer: Member, after: Cursor | None, most: int) -> Fragment:
    spaces, readable = readable_spaces(viewer)
    place, cursor = place_after(Order.LATEST, after)
    listens, whose = listened_to(viewer.pk)
    aside = _SET_ASIDE.format(column="unread_until")
    shown = f"t.state = 'visible' AND t.space_id IN ({spaces}) AND t.last_post_at > {aside}{place}"
    given = (*readable, viewer.pk, *cursor)
    told = "r.member_id = %s AND r.reached > r.last_read_position"
    full = f"(SELECT count(*) FROM {{}}) >= {most}"
    sql = f"""WITH lately AS MATERIALIZED ({_walked(shown, listens, _LATELY, most)}
    ), behind AS MATERIALIZED (
      SELECT r.thread_id, r.last_read_position FROM threads_readstate r
       WHERE NOT {full.format("lately")} AND {told} LIMIT {_MANY + 1}
    ), many AS MATERIALIZED (SELECT count(*) > {_MANY} AS are FROM behind
    ), few AS (
      SELECT {KEY} FROM behind r JOIN threads_thread t ON t.id = r.thread_id
       WHERE NOT (SELECT are FROM many) AND {_GOES_ON} AND {listens} AND {shown} ORDER BY {BY_TIME} LIMIT {most}
    ), further AS MATERIALIZED ({_walked("(SELECT are FROM many) AND " + shown, listens, _FURTHER, most)}
    ), ever AS (
      SELECT {KEY} FROM (SELECT t.*, r.last_read_position AS read_to FROM threads_readstate r
          JOIN threads_thread t ON t.id = r.thread_id
         WHERE (SELECT are FROM many) AND NOT {full.format("further")} AND {told} AND {shown} ORDER BY {BY_TIME} OFFSET 0) t
        CROSS JOIN LATERAL (SELECT t.read_to AS last_read_position) r
       WHERE {_GOES_ON} AND {listens} ORDER BY {BY_TIME} LIMIT {most}
    )
    SELECT t.*, '' AS why FROM (SELECT * FROM lately UNION SELECT * FROM few UNION SELECT * FROM further
      UNION SELECT * FROM ever) t ORDER BY {BY_TIME} LIMIT {most}"""
    me = viewer.pk
    walk = (*given, me, *whose)
    # The last part asks in the order of time too, and what costs most only until there is enough.
    return sql, (*walk, me, *whose, *given, *walk, me, *given, *whose)


def _walked(shown: str, listens: str, latest: int, most: int) -> str:
    """Look through so many of the latest threads, until enough of them go on after what was read."""
    return f"""
      SELECT {KEY} FROM (SELECT t.* FROM threads_thread t WHERE {shown} ORDER BY {BY_TIME} LIMIT {latest}) t
        JOIN threads_readstate r ON r.thread_id = t.id AND r.member_id = %s
       WHERE {_GOES_ON} AND {listens} ORDER BY {BY_TIME} LIMIT {most}"""


def _new(viewer: Member, after: Cursor | None, most: int) -> Fragment:
    spaces, readable = readable_spaces(viewer)
    place, cursor = place_after(Order.NEWEST, after)
    quiet, whose = not_muted(viewer.pk)
    others, me = not_blocked(viewer)
    aside = _SET_ASIDE.format(column="new_until")
    sql = f"""SELECT {KEY}, '' AS why FROM threads_thread t
       WHERE t.state = 'visible' AND t.space_id IN ({spaces})
         AND t.created_at > GREATEST(now() - make_interval(days => %s), %s, {aside})
         AND t.author_id IS DISTINCT FROM %s AND {quiet}
         AND NOT EXISTS (SELECT 1 FROM threads_readstate r WHERE r.thread_id = t.id AND r.member_id = %s){others}{place}
       ORDER BY t.created_at DESC, t.id DESC LIMIT {most}"""
    days = NEW_FOR()
    params = (*readable, days, viewer.joined_at, viewer.pk, viewer.pk, *whose, viewer.pk, *me, *cursor)
    return sql, params


def list_mine(viewer: Member, after: Cursor | None = None) -> ThreadList:
    """Return the threads a member began or wrote in, latest first: of their last 200 of each."""
    spaces, readable = readable_spaces(viewer)
    place, cursor = place_after(Order.LATEST, after)
    sql = f"""SELECT {KEY}, '' AS why FROM threads_thread t
       WHERE t.state = 'visible' AND t.space_id IN ({spaces}) AND t.id IN (
         (SELECT b.id FROM threads_thread b WHERE b.author_id = %s ORDER BY b.id DESC LIMIT 200) UNION
         (SELECT p.thread_id FROM threads_post p WHERE p.author_id = %s AND p.state = 'visible'
           ORDER BY p.id DESC LIMIT 200)){place}
       ORDER BY {BY_TIME} LIMIT {PAGE + 1}"""
    return run_list(viewer, whole((sql, (*readable, viewer.pk, viewer.pk, *cursor))), BY_TIME, Order.LATEST)


def level_of_tag(viewer: Member, slug: str) -> str:
    """Return how closely a member attends to a tag, or the normal level."""
    sql = """SELECT h.level FROM spaces_tagfollow h JOIN spaces_tag g ON g.id = h.tag_id
      WHERE h.member_id = %s AND g.slug = %s"""
    rows = fetch(sql, (viewer.pk, slug), lambda row: str(row[0]))
    return rows[0] if rows else "normal"
