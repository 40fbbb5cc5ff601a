"""A thread as it stands to its viewer, in one statement: what its page, and what is done on it, begin with."""

import json
from functools import lru_cache
from typing import Any

from community.errors import NotFound
from community.members.models import Member
from community.rows import build, columns
from community.spaces.models import Space
from community.spaces.visibility import readable_spaces
from community.sql import fetch_one
from community.threads.queries.access import merged_into, readable_threads
from community.threads.queries.care import CARE, read_care
from community.threads.queries.rows import ThreadHead
from community.threads.queries.steered import STEERED, read_steered

# What a page asks of the space; the rest would be loaded when asked for.
_OF_SPACE = ("id", "slug", "name", "access", "posting", "replying", "reply_for", "is_archived")
_LEFT_OUT = tuple(column.name for column in Space._meta.concrete_fields if column.name not in _OF_SPACE)

# What the viewer did stands in subqueries, not joins: eight joined tables take longer to plan than to read.
_HEAD = f"""
SELECT t.id, t.title, t.kind, t.tags, t.state, t.is_locked, t.pinned_at, t.author_id, t.accepted_post_id,
       t.accepted_at, (SELECT a.position FROM threads_post a WHERE a.id = t.accepted_post_id), t.last_position,
       t.reply_count, t.view_count, t.created_at, t.last_post_at,
       {columns(Space, "s", without=_LEFT_OUT)},
       COALESCE((SELECT f.level FROM threads_threadfollow f WHERE f.thread_id = t.id AND f.member_id = %s), ''),
       COALESCE((SELECT r.last_read_position FROM threads_readstate r
                  WHERE r.thread_id = t.id AND r.member_id = %s), 0),
       COALESCE((SELECT m.is_moderator FROM spaces_spacemembership m
                  WHERE m.space_id = t.space_id AND m.member_id = %s), false),
       COALESCE((SELECT d.body FROM writing_draft d WHERE d.owner_id = %s AND d.key = 'reply:' || t.id), ''),
       CASE WHEN t.kind = 'question' AND t.accepted_post_id IS NULL THEN ({CARE}) END,
       CASE WHEN s.parent_id IS NOT NULL THEN (SELECT a.slug || ' ' || a.name FROM spaces_space a
          WHERE a.id = s.parent_id AND a.id IN ({{spaces}})) END,
       CASE WHEN t.is_steered OR t.pinned_at IS NOT NULL OR s.slow_seconds > 0 THEN ({STEERED}) END,
       t.details::text,
       CASE WHEN t.details IS NOT NULL THEN (SELECT json_agg(json_build_array(f.key, f.label, f.kind, f.for_team)
          ORDER BY f.position, f.id) FROM spaces_spacefield f WHERE f.space_id = t.space_id AND f.is_asked)::text END
  FROM threads_thread t
  JOIN spaces_space s ON s.id = t.space_id
 WHERE t.id = %s AND t.space_id IN ({{spaces}}){{shown}}
"""


def thread_head(viewer: Member | None, pk: int) -> ThreadHead:
    """Return a thread as it stands to its viewer; of a merged one, that which it was merged into.

    Raises `NotFound` when it is absent or hidden from them.
    """
    spaces, readable = readable_spaces(viewer)
    me = viewer.pk if viewer else 0
    # Whoever looks at the site as somebody reads none of their drafts.
    writer = 0 if viewer is None or viewer.is_seen_as else me
    sql = _head_of(spaces, readable_threads(viewer))
    head = fetch_one(sql, (me, me, me, writer, *readable, me, pk, *readable), _head)
    if head is None:
        target = merged_into(pk)
        if target is None:
            raise NotFound()
        return thread_head(viewer, target)
    return head


@lru_cache(maxsize=16)
def _head_of(spaces: str, shown: str) -> str:
    return _HEAD.format(spaces=spaces, shown=shown)


def _head(row: Any) -> ThreadHead:
    values: list[Any] = [
        *row[:16],
        build(Space, row[16:24], without=_LEFT_OUT),
        *row[24:28],
        read_care(row[28]),
        row[29] or "",
        read_steered(row[30]),
        (json.loads(row[32]), json.loads(row[31])) if row[31] and row[32] else None,
    ]
    return ThreadHead(*values)
