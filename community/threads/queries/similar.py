"""Threads that read like a title: to show while someone writes, and beside a thread."""

import re
from typing import NamedTuple

from community.members.models import Member
from community.spaces.visibility import readable_spaces
from community.sql import fetch
from community.threads.plain import plain
from community.threads.queries.rows import thread_path

_WORD = re.compile(r"\w{3,}")
_MOST_WORDS = 12
# Only so many of the newest matches are ranked: a common word must not make typing slow.
_RANKED = 120

# How much of an accepted answer is shown beside its question.
ANSWER = 220

_SIMILAR = """
SELECT m.id, m.title, m.accepted_post_id IS NOT NULL, m.reply_count,
  COALESCE((SELECT left(a.body_html, 900) FROM threads_post a WHERE a.id = m.accepted_post_id AND a.state = 'visible'), '')
FROM (
  SELECT t.id, t.title, t.accepted_post_id, t.reply_count FROM threads_thread t
  WHERE to_tsvector('simple'::regconfig, COALESCE(t.title, '')) @@ to_tsquery('simple', %s)
    AND t.state = 'visible' AND t.id <> %s AND t.space_id IN ({spaces})
  ORDER BY t.id DESC LIMIT {ranked}) m
ORDER BY ts_rank(to_tsvector('simple'::regconfig, m.title), to_tsquery('simple', %s)) DESC,
  m.accepted_post_id IS NULL, m.id DESC
LIMIT %s
"""


class Similar(NamedTuple):
    """A thread whose title shares words."""

    pk: int
    title: str
    is_solved: bool
    reply_count: int
    answer_html: str = ""

    @property
    def answer(self) -> str:
        """The first lines of the accepted answer, as plain words."""
        words = plain(self.answer_html)
        return words if len(words) <= ANSWER else f"{words[: ANSWER - 1].rsplit(' ', 1)[0].rstrip()}…"

    def get_absolute_url(self) -> str:
        """The thread."""
        return thread_path(self.pk, self.title)


def threads_like(viewer: Member | None, title: str, *, but: int = 0, most: int = 4) -> list[Similar]:
    """Return threads a viewer may read whose titles share words with `title`, the closest first."""
    words = list(dict.fromkeys(word.lower() for word in _WORD.findall(title)))
    # The longest words say most; "how", "with" and "the" are among the shortest.
    telling = sorted(words, key=len, reverse=True)[:_MOST_WORDS]
    telling = [word for word in telling if len(word) > 3 or not word.isascii()] or telling
    if not telling:
        return []
    spaces, readable = readable_spaces(viewer)
    query = " | ".join(f"{word}:*" for word in telling)
    sql = _SIMILAR.format(spaces=spaces, ranked=_RANKED)
    return fetch(sql, (query, but, *readable, query, most), Similar._make)
