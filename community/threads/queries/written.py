"""What a member wrote lately, for their profile."""

import datetime as dt
from typing import Any, NamedTuple

from community.members.models import Member
from community.spaces.visibility import readable_spaces
from community.sql import fetch
from community.threads.plain import plain

SHOWN = 6
LOOKED_AT = 60
EXCERPT = 180


class Written(NamedTuple):
    """One post on the profile of its author."""

    pk: int
    position: int
    html: str
    created_at: dt.datetime
    title: str
    kind: str
    is_answer: bool
    space_slug: str
    space_name: str

    def get_absolute_url(self) -> str:
        """The post."""
        return f"/p/{self.pk}/"

    @property
    def excerpt(self) -> str:
        """Its first words."""
        words = plain(self.html)
        return words if len(words) <= EXCERPT else f"{words[: EXCERPT - 1].rstrip()}…"


def list_written(viewer: Member | None, author: Any) -> list[Written]:
    """Return the newest posts of `author` that `viewer` may read, whoever they are: hidden ones are not for profiles."""
    spaces, readable = readable_spaces(viewer)
    # An import numbers its posts by thread, not by time: so many of the newest numbers are put in order.
    sql = f"""WITH latest AS MATERIALIZED (
        SELECT id, thread_id, position, created_at FROM threads_post
         WHERE author_id = %s AND state = 'visible' ORDER BY id DESC LIMIT {LOOKED_AT}
      ), shown AS MATERIALIZED (
        SELECT l.id, l.position, l.created_at, t.title, t.kind, COALESCE(t.accepted_post_id = l.id, false) AS accepted,
               s.slug, s.name
          FROM latest l JOIN threads_thread t ON t.id = l.thread_id JOIN spaces_space s ON s.id = t.space_id
         WHERE t.state = 'visible' AND t.space_id IN ({spaces})
         ORDER BY l.created_at DESC, l.id DESC LIMIT {SHOWN}
      )
      SELECT o.id, o.position, left(p.body_html, 700), o.created_at, o.title, o.kind, o.accepted, o.slug, o.name
        FROM shown o JOIN threads_post p ON p.id = o.id ORDER BY o.created_at DESC, o.id DESC"""
    return fetch(sql, (author.pk, *readable), Written._make)


def posts_of_a_month() -> dict[int, int]:
    """Return how many posts that anybody may see who has written in the last thirty days."""
    sql = """SELECT author_id, count(*) FROM threads_post
              WHERE created_at > now() - interval '30 days' AND state = 'visible' AND author_id IS NOT NULL GROUP BY 1"""
    return dict(fetch(sql, (), lambda row: (int(row[0]), int(row[1]))))
