"""What a member wrote lately, for their profile."""

import datetime as dt
from typing import Any, NamedTuple

from community.members.models import Member
from community.spaces.visibility import readable_spaces
from community.sql import fetch
from community.threads.plain import plain

SHOWN = 6
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
    sql = f"""SELECT p.id, p.position, left(p.body_html, 700), p.created_at, t.title, t.kind,
        COALESCE(t.accepted_post_id = p.id, false), s.slug, s.name
      FROM threads_post p JOIN threads_thread t ON t.id = p.thread_id JOIN spaces_space s ON s.id = t.space_id
      WHERE p.author_id = %s AND p.state = 'visible' AND t.state = 'visible' AND t.space_id IN ({spaces})
      ORDER BY p.id DESC LIMIT {SHOWN}"""
    return fetch(sql, (author.pk, *readable), Written._make)
