"""Where a minute of a member's time would help: questions, and a poll that closes soon, each for a reason to be said."""

from typing import NamedTuple

from community.members.models import Member
from community.spaces.visibility import readable_spaces
from community.sql import fetch
from community.threads.queries.attention import muting, not_blocked, not_muted_if_any
from community.threads.queries.rows import thread_path

_MINE = """SELECT array_agg(DISTINCT y.g) FROM (
  SELECT unnest(x.tags) AS g FROM (SELECT thread_id FROM threads_post WHERE author_id = %s AND position > 1
    AND state = 'visible' ORDER BY id DESC LIMIT 40) p JOIN threads_thread x ON x.id = p.thread_id) y"""

# Who waits now: the newest hundred questions without a reply that may be answered, looked at once for all three reasons.
_NUDGES = """
{muting}, mine AS ({mine}), waiting AS MATERIALIZED (
  SELECT t.id, t.title, t.tags, t.space_id, t.author_id, t.last_post_at FROM threads_thread t
   WHERE t.state = 'visible' AND t.kind = 'question' AND t.accepted_post_id IS NULL AND t.reply_count = 0
     AND NOT t.is_locked AND t.author_id IS DISTINCT FROM %s AND t.space_id IN ({spaces}) AND {open} AND {quiet}{others}
   ORDER BY t.last_post_at DESC, t.id DESC LIMIT 100)
(SELECT 'choose' AS why, t.id, t.title, '' AS about, t.reply_count, '' AS asker
  FROM (SELECT t.* FROM threads_thread t WHERE t.author_id = %s ORDER BY t.id DESC LIMIT {own}) t
  WHERE t.state = 'visible' AND t.kind = 'question' AND t.accepted_post_id IS NULL
    AND t.reply_count > 0 AND t.last_author_id IS DISTINCT FROM %s AND t.space_id IN ({spaces}) AND {open}
  ORDER BY t.id DESC LIMIT 1)
UNION ALL
(SELECT 'tag', t.id, t.title, (SELECT g FROM unnest(t.tags) g WHERE g = ANY (m.array_agg) LIMIT 1), 0, u.name
  FROM mine m, waiting t JOIN members_member u ON u.id = t.author_id
  WHERE t.tags && m.array_agg ORDER BY t.last_post_at DESC, t.id DESC LIMIT 2)
UNION ALL
(SELECT 'space', t.id, t.title, s.name, 0, u.name
  FROM waiting t JOIN members_member u ON u.id = t.author_id JOIN spaces_space s ON s.id = t.space_id
  WHERE t.space_id IN (SELECT f.space_id FROM spaces_spacefollow f WHERE f.member_id = %s
    AND f.level <> 'muted')
  ORDER BY t.last_post_at DESC, t.id DESC LIMIT 3)
UNION ALL
(SELECT 'open', t.id, t.title, s.name, 0, u.name
  FROM waiting t JOIN members_member u ON u.id = t.author_id JOIN spaces_space s ON s.id = t.space_id
  ORDER BY t.last_post_at DESC, t.id DESC LIMIT 3)
UNION ALL
(SELECT 'poll', p.id, l.question, l.closes_at::text, l.voter_count::int, ''
  FROM threads_poll l JOIN threads_post p ON p.id = l.post_id AND p.state = 'visible'
  JOIN threads_thread t ON t.id = p.thread_id AND t.state = 'visible' AND NOT t.is_locked
  WHERE l.closed_at IS NULL AND l.closes_at > now() AND l.closes_at < now() + make_interval(days => {poll_days})
    AND p.author_id IS DISTINCT FROM %s AND t.space_id IN ({spaces}) AND {open} AND {quiet}{others}
    AND NOT EXISTS (SELECT 1 FROM threads_pollvote v WHERE v.poll_id = l.id AND v.member_id = %s)
  ORDER BY l.closes_at, l.id LIMIT 1)
"""
# So many of their own threads are looked at. Without that limit Postgres may look up all threads of all open spaces.
_OWN = 100
# A poll is an ask that closes soon when it closes within so many days.
POLL_DAYS = 3


_OPEN = "t.space_id = ANY (ARRAY(SELECT s.id FROM spaces_space s WHERE NOT s.is_archived))"


class Nudge(NamedTuple):
    """One place to help, and why it is shown to this member: `choose`, `tag`, `space` or `open`.

    A `poll` has its question as `title`, when it closes as `about`, its voters as `replies`, and the `pk` of its post.
    """

    why: str
    pk: int
    title: str
    about: str
    replies: int
    asker: str

    def get_absolute_url(self) -> str:
        """The thread, or the post that holds the poll."""
        if self.why == "poll":
            return f"/p/{self.pk}/"
        return thread_path(self.pk, self.title)

    @property
    def asker_first(self) -> str:
        """The first word of the asker's name."""
        return self.asker.split(" ")[0]


def three_for(viewer: Member) -> list[Nudge]:
    """Return at most three threads where a minute of `viewer` would help, the most personal first; after them at most one
    poll that closes within `POLL_DAYS` and has no vote of theirs."""
    spaces, readable = readable_spaces(viewer)
    me = viewer.pk
    asked, mutes = muting(me)
    quiet, whose = not_muted_if_any(me)
    others, blocker = not_blocked(viewer)
    named = {
        "muting": asked,
        "mine": _MINE,
        "spaces": spaces,
        "open": _OPEN,
        "quiet": quiet,
        "others": others,
    }
    sql = _NUDGES.format(poll_days=POLL_DAYS, own=_OWN, **named)
    poll = (me, *readable, *whose, *blocker, me)
    params = (*mutes, me, me, *readable, *whose, *blocker, me, me, *readable, me, *poll)
    found = fetch(sql, params, Nudge._make)
    helping = {nudge.pk: nudge for nudge in reversed(found) if nudge.why != "poll"}
    return [*list(reversed(helping.values()))[:3], *(nudge for nudge in found if nudge.why == "poll")]
