"""What became of what a member said: their answers that were taken, questions that were solved, words that helped.

Looks at a member's latest `LOOKED_AT` posts and threads, so that it costs the same for somebody who wrote ten thousand.
"""

import datetime as dt
from typing import Any, NamedTuple

from django.utils.text import Truncator

from community.members.models import Member
from community.spaces.visibility import readable_spaces
from community.sql import fetch
from community.threads.plain import plain
from community.threads.queries.cursors import Cursor, at

PAGE = 20
LOOKED_AT = 400

_OUTCOMES = """
WITH mine AS MATERIALIZED (
  SELECT p.id, p.thread_id, p.created_at FROM threads_post p
   WHERE p.author_id = %s AND p.state = 'visible' ORDER BY p.id DESC LIMIT {most}),
began AS MATERIALIZED (
  SELECT t.id, t.accepted_post_id, t.accepted_at, t.last_post_at, t.last_author_id, t.reply_count
    FROM threads_thread t WHERE t.author_id = %s AND t.state = 'visible' ORDER BY t.id DESC LIMIT {most}),
became AS (
  SELECT 'accepted' AS what, t.accepted_at AS moment, m.id AS post_id, t.author_id AS who, 1::bigint AS people
    FROM mine m JOIN threads_thread t ON t.id = m.thread_id
   WHERE t.accepted_post_id = m.id AND t.author_id IS DISTINCT FROM %s
  UNION ALL
  SELECT 'solved', b.accepted_at, f.id, a.author_id, 1 FROM began b
    JOIN threads_post a ON a.id = b.accepted_post_id JOIN threads_post f ON f.thread_id = b.id AND f.position = 1
   WHERE a.author_id IS DISTINCT FROM %s
  UNION ALL
  SELECT 'replied', b.last_post_at, f.id, b.last_author_id, b.reply_count FROM began b
    JOIN threads_post f ON f.thread_id = b.id AND f.position = 1
   WHERE b.reply_count > 0 AND b.accepted_post_id IS NULL AND b.last_author_id IS DISTINCT FROM %s
  UNION ALL
  SELECT 'thanked', max(r.created_at), m.id, max(r.member_id), count(DISTINCT r.member_id)
    FROM mine m JOIN threads_reaction r ON r.post_id = m.id AND r.member_id <> %s GROUP BY m.id)
SELECT x.what, x.moment, p.id, p.position, t.title, left(p.body_html, 900), p.created_at, u.name, x.people
  FROM became x JOIN threads_post p ON p.id = x.post_id AND p.state = 'visible'
  JOIN threads_thread t ON t.id = p.thread_id AND t.state = 'visible' AND t.space_id IN ({spaces})
  LEFT JOIN members_member u ON u.id = x.who
 WHERE x.moment IS NOT NULL{place} ORDER BY x.moment DESC, p.id DESC LIMIT {limit}
"""


class Outcome(NamedTuple):
    """One thing that became of a member's words. `what`: accepted, solved, replied or thanked.

    `who` is the asker who took the answer, who solved the question, or who replied or thanked last; `people` how many
    thanked, or how many replies there are. `said_at` is when the member wrote the words.
    """

    what: str
    moment: dt.datetime
    pk: int
    position: int
    title: str
    html: str
    said_at: dt.datetime
    who: str | None
    people: int

    def get_absolute_url(self) -> str:
        """The member's own post."""
        return f"/p/{self.pk}/"

    @property
    def words(self) -> str:
        """What the member had said, shortened."""
        return Truncator(plain(self.html)).chars(200)


class OutcomePage(NamedTuple):
    """One page of outcomes."""

    outcomes: list[Outcome]
    after: Cursor | None


def list_outcomes(member: Member, after: Cursor | None = None, *, count: int = PAGE) -> OutcomePage:
    """Return what became of a member's words where they may still read it, the latest first, in one statement."""
    spaces, readable = readable_spaces(member)
    place = " AND (x.moment, p.id) < (%s, %s)" if after else ""
    sql = _OUTCOMES.format(most=LOOKED_AT, spaces=spaces, place=place, limit=count + 1)
    cursor: tuple[Any, ...] = (after.moment, after.pk) if after else ()
    rows = fetch(sql, (*(member.pk,) * 6, *readable, *cursor), Outcome._make)
    shown = rows[:count]
    return OutcomePage(shown, at(shown[-1].moment, shown[-1].pk) if len(rows) > count else None)
