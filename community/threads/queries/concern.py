"""What concerns a member: the list called "For you", and the points by which a day of it is ordered.

Which threads are there is decided by what the member chose: threads, people, tags and spaces they follow. The newest day
comes first. Within a day, threads are ordered by points, each of which has a reason that is said on the row; how often
something was opened, or how long it was looked at, is no reason.
"""

from functools import lru_cache
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.spaces.visibility import readable_spaces
from community.sql import fetch_one
from community.threads.queries.attention import (
    Fragment,
    muting,
    near_not_muted_if_any,
    not_blocked,
    not_muted_if_any,
)
from community.threads.queries.cursors import Cursor
from community.threads.queries.lists import (
    BY_TIME,
    KEY,
    PAGE,
    Order,
    ThreadList,
    followed_threads,
    place_after,
    run_list,
    whole,
)
from community.threads.queries.rows import ThreadRow

# How many of the latest threads are looked through before all are, and for tags at most: one that nobody used lately must
# not cost the whole table.
_LATELY = 400


class Reason(NamedTuple):
    """Why a thread concerns somebody: what a row says of it, and how many points it gives within its day."""

    said: str | Promise
    points: int


# What a row carries in `why`, most personal first.
REASONS: dict[str, Reason] = {
    "thread": Reason(_("you follow it"), 4),
    "person": Reason(_("by someone you follow"), 3),
    "tag": Reason(_("about a topic you follow"), 2),
    "space": Reason(_("in a space you follow"), 1),
}
# A question that nobody has replied to concerns everybody who could.
WAITS = 2
# Everything one may read, while one follows no space; no reason of its own.
EVERYTHING = "all"
# On rows of a page that the latest threads did not fill; never shown.
_FURTHER = "further"


def list_for_member(viewer: Member, after: Cursor | None = None) -> ThreadList:
    """Return what concerns a member, latest first: what they follow, or everything while they follow no space.

    What they muted is in none of it, and only threads they follow themselves were begun by somebody they block.
    """
    found = run_list(viewer, whole(_of_the_latest(viewer, after)), BY_TIME, Order.CONCERN)
    if not found.threads or _FURTHER in found.threads[0].why:
        return run_list(viewer, whole(_of_all(viewer, after)), BY_TIME, Order.CONCERN)
    return found


def _of_the_latest(viewer: Member, after: Cursor | None) -> Fragment:
    """Find them among so many of the latest threads: one walk, which ends as soon as a page is full.

    So what it costs does not grow with how much somebody follows. Where no page was filled and there are more threads
    than were looked at, the rows say so.
    """
    spaces, readable = readable_spaces(viewer)
    place, cursor = place_after(Order.LATEST, after)
    asked, mutes = muting(viewer.pk)
    quiet, whose = near_not_muted_if_any(viewer.pk)
    others, blocker = not_blocked(viewer)
    me = viewer.pk
    sql = f"""{asked}, mine AS MATERIALIZED (SELECT
        ARRAY(SELECT space_id FROM spaces_spacefollow WHERE member_id = %s AND level <> 'muted') AS spaces,
        ARRAY(SELECT g.slug FROM spaces_tagfollow h JOIN spaces_tag g ON g.id = h.tag_id
          WHERE h.member_id = %s AND h.level <> 'muted')::varchar[] AS tags,
        ARRAY({spaces}) AS readable), found AS MATERIALIZED (
      SELECT {KEY}, concat_ws('+', w.all, w.person, w.space, w.tag, w.thread) AS why
        FROM (SELECT t.* FROM threads_thread t WHERE t.state = 'visible'{place}
          ORDER BY {BY_TIME} LIMIT {_LATELY}) t
        LEFT JOIN LATERAL (SELECT f.level FROM threads_threadfollow f
          WHERE f.thread_id = t.id AND f.member_id = %s LIMIT 1) f ON true
        CROSS JOIN LATERAL (SELECT
          CASE WHEN f.level IN ('watching', 'tracking') THEN 'thread' END AS thread,
          CASE WHEN t.space_id = ANY ((SELECT m.spaces FROM mine m)::bigint[]){others} THEN 'space' END AS space,
          CASE WHEN t.tags && (SELECT m.tags FROM mine m){others} THEN 'tag' END AS tag,
          CASE WHEN (SELECT m.spaces FROM mine m) = '{{}}'{others} THEN '{EVERYTHING}' END AS all,
          CASE WHEN EXISTS (SELECT 1 FROM members_follow p WHERE p.follower_id = %s AND p.followed_id = t.author_id){others}
            THEN 'person' END AS person) w
       WHERE t.space_id = ANY ((SELECT m.readable FROM mine m)::bigint[]) AND (w.thread IS NOT NULL
         OR (COALESCE(w.space, w.tag, w.all, w.person) IS NOT NULL AND f.level IS DISTINCT FROM 'muted'
           AND (f.level IS NOT NULL OR {quiet})))
       ORDER BY {BY_TIME} LIMIT {PAGE + 1})
      SELECT {KEY}, concat_ws('+', t.why, (SELECT '{_FURTHER}' WHERE (SELECT count(*) FROM found) <= {PAGE}
        AND EXISTS (SELECT 1 FROM threads_thread t WHERE t.state = 'visible'{place}
          ORDER BY {BY_TIME} LIMIT 1 OFFSET {_LATELY}))) AS why FROM found t"""
    return sql, (*mutes, me, me, *readable, *cursor, me, *blocker * 3, me, *blocker, *whose, *cursor)


def _of_all(viewer: Member, after: Cursor | None) -> Fragment:
    """Find them among all threads, reason by reason: for whom little of the latest concerns."""
    legs = [
        followed_threads(viewer, after),
        _in_spaces(viewer, after),
        _by_people(viewer, after),
        _with_tags(viewer, after),
        _everything(viewer, after),
    ]
    union = " UNION ALL ".join(f"({sql})" for sql, _params in legs)
    asked, me = muting(viewer.pk)
    once = f"{asked} SELECT {KEY}, string_agg(DISTINCT t.why, '+') AS why FROM ({union}) t GROUP BY {KEY}"
    once += f" ORDER BY {BY_TIME} LIMIT {PAGE + 1}"
    return once, (*me, *(value for _sql, values in legs for value in values))


class Followed(NamedTuple):
    """How much a member follows."""

    spaces: int
    people: int
    tags: int
    threads: int


def count_followed(member: Member) -> Followed:
    """Count what a member follows, in one statement."""
    sql = """SELECT (SELECT count(*) FROM spaces_spacefollow WHERE member_id = %s AND level <> 'muted'),
      (SELECT count(*) FROM members_follow WHERE follower_id = %s),
      (SELECT count(*) FROM spaces_tagfollow WHERE member_id = %s AND level <> 'muted'),
      (SELECT count(*) FROM threads_threadfollow WHERE member_id = %s AND level IN ('watching', 'tracking'))"""
    return fetch_one(sql, (member.pk,) * 4, Followed._make) or Followed(0, 0, 0, 0)


def points_of(row: ThreadRow) -> int:
    """Return the points by which a row stands within its day."""
    waits = row.is_question and not row.reply_count and not row.is_solved
    return _points(row.why) + (WAITS if waits else 0)


@lru_cache(maxsize=64)
def _points(why: str) -> int:
    return sum(REASONS[name].points for name in set(why.split("+")) if name in REASONS)


@lru_cache(maxsize=256)
def said_of(why: str, _language: str | None) -> str:
    """Return the reasons of a row in the language of now. The space alone is said once above the list, not on each row."""
    names = [name for name in REASONS if name in why.split("+")]
    return ", ".join(str(REASONS[name].said) for name in names if name != "space")


def _welcome(viewer: Member) -> Fragment:
    """Return the condition that a thread was neither muted nor begun by somebody the member blocks."""
    quiet, whose = not_muted_if_any(viewer.pk)
    others, me = not_blocked(viewer)
    return quiet + others, (*whose, *me)


def _in_spaces(viewer: Member, after: Cursor | None) -> Fragment:
    spaces, readable = readable_spaces(viewer)
    place, cursor = place_after(Order.LATEST, after)
    quiet, whose = _welcome(viewer)
    sql = f"""SELECT x.* FROM spaces_spacefollow f CROSS JOIN LATERAL (
        SELECT {KEY}, 'space' AS why FROM threads_thread t
        WHERE t.space_id = f.space_id AND t.state = 'visible' AND {quiet}{place}
        ORDER BY {BY_TIME} LIMIT {PAGE + 1}) x
      WHERE f.member_id = %s AND f.level <> 'muted' AND f.space_id IN ({spaces})
      ORDER BY x.last_post_at DESC, x.id DESC LIMIT {PAGE + 1}"""
    return sql, (*whose, *cursor, viewer.pk, *readable)


def _by_people(viewer: Member, after: Cursor | None) -> Fragment:
    spaces, readable = readable_spaces(viewer)
    place, cursor = place_after(Order.LATEST, after)
    quiet, whose = _welcome(viewer)
    sql = f"""SELECT x.* FROM members_follow f CROSS JOIN LATERAL (
        SELECT {KEY}, 'person' AS why FROM threads_thread t
        WHERE t.author_id = f.followed_id AND t.state = 'visible' AND t.space_id IN ({spaces})
          AND {quiet}{place}
        ORDER BY {BY_TIME} LIMIT {PAGE + 1}) x
      WHERE f.follower_id = %s ORDER BY x.last_post_at DESC, x.id DESC LIMIT {PAGE + 1}"""
    return sql, (*readable, *whose, *cursor, viewer.pk)


def _with_tags(viewer: Member, after: Cursor | None) -> Fragment:
    spaces, readable = readable_spaces(viewer)
    place, cursor = place_after(Order.LATEST, after)
    quiet, whose = _welcome(viewer)
    sql = f"""SELECT x.* FROM (
        SELECT array_agg(g.slug)::varchar[] AS slugs FROM spaces_tagfollow h JOIN spaces_tag g ON g.id = h.tag_id
        WHERE h.member_id = %s AND h.level <> 'muted') mine
      CROSS JOIN LATERAL (
        SELECT {KEY}, 'tag' AS why FROM (
          SELECT t.id, t.last_post_at, t.tags, t.space_id, t.author_id FROM threads_thread t
          WHERE mine.slugs IS NOT NULL AND t.state = 'visible'{place} ORDER BY {BY_TIME} LIMIT {_LATELY}) t
        WHERE t.tags && mine.slugs AND t.space_id IN ({spaces}) AND {quiet}
        ORDER BY {BY_TIME} LIMIT {PAGE + 1}) x"""
    return sql, (viewer.pk, *cursor, *readable, *whose)


def _everything(viewer: Member, after: Cursor | None) -> Fragment:
    spaces, readable = readable_spaces(viewer)
    place, cursor = place_after(Order.LATEST, after)
    follows = "SELECT 1 FROM spaces_spacefollow WHERE member_id = %s AND level <> 'muted'"
    quiet, whose = _welcome(viewer)
    sql = (
        f"SELECT {KEY}, '{EVERYTHING}' AS why FROM threads_thread t"
        f" WHERE t.state = 'visible' AND NOT EXISTS ({follows})"
        f" AND t.space_id IN ({spaces}) AND {quiet}{place}"
        f" ORDER BY {BY_TIME} LIMIT {PAGE + 1}"
    )
    return sql, (viewer.pk, *readable, *whose, *cursor)
