"""What of the threads is worth a digest: new to its reader, explained, and asked by the eyes they have now."""

import datetime as dt
from typing import Any, NamedTuple

from community.members.models import Member
from community.spaces.visibility import readable_spaces
from community.sql import fetch
from community.threads.queries.attention import not_muted
from community.threads.queries.rows import thread_path

# The newest of so many are weighed against each other.
WEIGHED = 500

# What nobody knows is not left out: threads by others, never opened, not muted, not by people the reader blocked.
_NEW = """
SELECT t.id, t.title, t.excerpt, t.reaction_count, t.reply_count, s.name AS space, COALESCE(u.name, '') AS author,
       sf.id IS NOT NULL AS in_followed, mf.id IS NOT NULL AS by_followed,
       COALESCE((SELECT g.name FROM spaces_tagfollow h JOIN spaces_tag g ON g.id = h.tag_id
                  WHERE h.member_id = %s AND h.level NOT IN ('normal', 'muted') AND g.slug = ANY (t.tags)
                  ORDER BY g.slug LIMIT 1), '') AS topic
  FROM threads_thread t JOIN spaces_space s ON s.id = t.space_id AND NOT s.is_archived
  LEFT JOIN members_member u ON u.id = t.author_id
  LEFT JOIN spaces_spacefollow sf ON sf.space_id = t.space_id AND sf.member_id = %s AND sf.level NOT IN ('normal', 'muted')
  LEFT JOIN members_follow mf ON mf.followed_id = t.author_id AND mf.follower_id = %s
 WHERE t.state = 'visible' AND t.created_at > %s AND t.space_id IN ({spaces}) AND t.author_id IS DISTINCT FROM %s
   AND t.id <> ALL (%s) AND {more}
   AND NOT EXISTS (SELECT 1 FROM threads_readstate r WHERE r.thread_id = t.id AND r.member_id = %s)
   AND {heard}
   AND NOT EXISTS (SELECT 1 FROM members_block b WHERE b.blocker_id = %s AND b.blocked_id = t.author_id)
   AND NOT EXISTS (SELECT 1 FROM members_ignore i WHERE i.ignorer_id = %s AND i.ignored_id = t.author_id
                    AND (i.until IS NULL OR i.until > now()))
 ORDER BY t.created_at DESC, t.id DESC LIMIT %s
"""
# What a newcomer wrote today has not been looked at by anyone yet.
_BEST = "NOT (t.kind = 'question' AND t.reply_count = 0) AND (u.trust_level > 0 OR t.created_at < %s)"
_UNANSWERED = (
    "t.kind = 'question' AND t.reply_count = 0 AND t.accepted_post_id IS NULL AND NOT t.is_locked"
    " AND sf.id IS NOT NULL"
)
_WEIGH = """
SELECT * FROM ({new}) x
 ORDER BY 2 * x.reaction_count + x.reply_count + CASE WHEN x.by_followed THEN 6 WHEN x.in_followed OR x.topic <> '' THEN 4 ELSE 0 END
   DESC, x.id DESC LIMIT %s
"""


class Found(NamedTuple):
    """One thread for a digest, and what speaks for it."""

    pk: int
    title: str
    excerpt: str
    thanks: int
    replies: int
    space: str
    author: str
    in_followed: bool
    by_followed: bool
    topic: str

    def get_absolute_url(self) -> str:
        """The thread."""
        return thread_path(self.pk, self.title)


def best_for(
    viewer: Member, since: dt.datetime, now: dt.datetime, known: list[int], limit: int
) -> list[Found]:
    """Return the threads begun since that `viewer` has not seen, weighed by thanks, replies and whom they follow."""
    sql, params = _new(viewer, since, known, _BEST, (now - dt.timedelta(days=1),))
    return fetch(_WEIGH.format(new=sql), (*params, WEIGHED, limit), Found._make)


def unanswered_for(viewer: Member, since: dt.datetime, known: list[int], limit: int) -> list[Found]:
    """Return questions nobody has answered, newest first, in the spaces `viewer` follows."""
    sql, params = _new(viewer, since, known, _UNANSWERED, ())
    return fetch(sql, (*params, limit), Found._make)


def _new(
    viewer: Member, since: dt.datetime, known: list[int], more: str, wanted: tuple[Any, ...]
) -> tuple[str, tuple[Any, ...]]:
    spaces, readable = readable_spaces(viewer)
    me = viewer.pk
    heard, whose = not_muted(me)
    sql = _NEW.format(spaces=spaces, more=more, heard=heard)
    return sql, (me, me, me, since, *readable, me, known, *wanted, me, *whose, me, me)
