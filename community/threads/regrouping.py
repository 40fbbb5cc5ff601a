"""Putting posts of one thread into another, under the locks of both: their places, and all that hangs on places.

A place that was given once is never given again: posts that come from elsewhere stand where their time puts them, and from
there on everything gets fresh places. So a page that is still open, and an old mark of how far somebody has read, can
never claim what nobody has seen. Nothing read becomes unread; what was put in among what somebody has read counts as read.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from community.sql import fetch, write
from community.threads import counters
from community.threads.models import Thread


class Place(NamedTuple):
    """A post where it stands."""

    pk: int
    position: int
    created_at: dt.datetime
    author_id: int | None
    state: str


_HOLD = """SELECT id, position, created_at, author_id, state FROM threads_post WHERE thread_id = %s
  ORDER BY id FOR NO KEY UPDATE"""


def hold_posts(thread: Thread) -> list[Place]:
    """Lock the posts of a locked thread and return them by place."""
    return sorted(fetch(_HOLD, (thread.pk,), Place._make), key=lambda place: place.position)


def places_by_time(own: Sequence[Place], coming: Sequence[Place], highest: int) -> dict[int, int]:
    """Return the new places of what comes, and of what moves on because of it; `own` keeps its first post first.

    Both keep their own order. Places begin after `highest` from where the first newcomer stands.
    """
    rest, newcomers = list(own[1:]), list(coming)
    given: dict[int, int] = {}
    while newcomers:
        if rest and rest[0].created_at <= newcomers[0].created_at:
            post = rest.pop(0)
            if not given:
                continue
        else:
            post = newcomers.pop(0)
        highest += 1
        given[post.pk] = highest
    for post in rest:
        highest += 1
        given[post.pk] = highest
    return given


def regroup(source: Thread, target: Thread, coming: Sequence[Place], given: Mapping[int, int]) -> None:
    """Give posts of `source` and `target` their new places in `target`, and let reading marks follow."""
    own = _moved_on(target, given)
    _mark_on(target, own, given)
    _carry_marks(source, target, coming, given)
    write(
        "UPDATE threads_post p SET thread_id = %s, position = m.place"
        " FROM unnest(%s::bigint[], %s::int[]) AS m (id, place) WHERE p.id = m.id",
        (target.pk, list(given), list(given.values())),
    )


def _moved_on(target: Thread, given: Mapping[int, int]) -> list[Place]:
    sql = "SELECT id, position, created_at, author_id, state FROM threads_post WHERE thread_id = %s AND id = ANY(%s)"
    return sorted(fetch(sql, (target.pk, list(given)), Place._make), key=lambda place: place.position)


# How many of the old places somebody had reached is where their mark stands among the new ones.
_MARK_ON = """UPDATE threads_readstate SET
    last_read_position = GREATEST(last_read_position, (%s::int[])[width_bucket(last_read_position, %s::int[])])
  WHERE thread_id = %s AND width_bucket(last_read_position, %s::int[]) > 0"""
_CARRY = """INSERT INTO threads_readstate AS mine (thread_id, member_id, last_read_position, seconds, read_at)
  SELECT %s, member_id, (%s::int[])[width_bucket(last_read_position, %s::int[])], seconds, read_at
    FROM threads_readstate WHERE thread_id = %s AND width_bucket(last_read_position, %s::int[]) > 0
   ORDER BY member_id
  ON CONFLICT (thread_id, member_id) DO UPDATE SET
    last_read_position = GREATEST(mine.last_read_position, EXCLUDED.last_read_position),
    seconds = GREATEST(mine.seconds, EXCLUDED.seconds), read_at = GREATEST(mine.read_at, EXCLUDED.read_at)"""


def _mark_on(target: Thread, own: Sequence[Place], given: Mapping[int, int]) -> None:
    if not own:
        return
    was, now = [post.position for post in own], _rising(given[post.pk] for post in own)
    write(_MARK_ON, (now, was, target.pk, was))


def _carry_marks(source: Thread, target: Thread, coming: Sequence[Place], given: Mapping[int, int]) -> None:
    moved = sorted(coming, key=lambda post: post.position)
    was, now = [post.position for post in moved], _rising(given[post.pk] for post in moved)
    write(_CARRY, (target.pk, now, was, source.pk, was))


def _rising(places: Iterable[int]) -> list[int]:
    """Return the highest place so far for each: whoever read so far has read all that stood before."""
    highest, found = 0, []
    for place in places:
        highest = max(highest, place)
        found.append(highest)
    return found


_RANK = "({0}.because = 'chosen')::int * 10 + array_position(ARRAY['muted', 'normal', 'tracking', 'watching'], {0}.level::text)"
_FOLLOW = """INSERT INTO threads_threadfollow AS mine (thread_id, member_id, level, because, created_at)
  SELECT %s, f.member_id, f.level, f.because, f.created_at FROM threads_threadfollow f
   WHERE f.thread_id = %s{only} ORDER BY f.member_id
  ON CONFLICT (thread_id, member_id) DO UPDATE SET level = EXCLUDED.level, because = EXCLUDED.because
   WHERE {theirs} > {mine}"""


def carry_follows(source: Thread, target: Thread, only: Iterable[int] | None = None) -> None:
    """Let those who attend to `source` attend to `target`: what they chose before what followed from reading, and of two
    choices the closer one. `only` some of them."""
    sql = _FOLLOW.format(
        only="" if only is None else " AND f.member_id = ANY(%s)",
        theirs=_RANK.format("EXCLUDED"),
        mine=_RANK.format("mine"),
    )
    write(sql, (target.pk, source.pk, *(() if only is None else (list(only),))))


_DRAFTS = """UPDATE writing_draft d SET key = %s WHERE d.key = %s
   AND d.owner_id IN (SELECT member_id FROM threads_readstate WHERE thread_id = %s)
   AND NOT EXISTS (SELECT FROM writing_draft o WHERE o.owner_id = d.owner_id AND o.key = %s)"""


def carry_drafts(source: Thread, target: Thread) -> None:
    """Let replies that were begun in `source` be finished in `target`, unless another was begun there."""
    there = f"reply:{target.pk}"
    write(_DRAFTS, (there, f"reply:{source.pk}", source.pk, there))


def count_again(threads: Iterable[Thread], posts: Iterable[Place]) -> None:
    """Count threads and the authors of posts that were moved, and read the threads anew."""
    found = list(threads)
    counters.recount_rows(counters.THREADS, [thread.pk for thread in found])
    for thread in found:
        thread.refresh_from_db(
            fields=["last_position", "reply_count", "reaction_count", "last_post_at", "last_author"]
        )
    authors = {post.author_id for post in posts if post.author_id is not None}
    for counter in (counters.WRITTEN, counters.ACCEPTED):
        counters.recount_rows(counter, authors)
