"""Which posts notices may speak of, and just what their words need: an inbox is read often, a model per post costs more."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from community.members.models import Member
from community.notifications.models import Notice
from community.spaces.visibility import readable_spaces
from community.sql import fetch
from community.threads.queries.access import readable_posts, readable_threads
from community.threads.queries.rows import thread_path

# Enough for the beginning that an e-mail quotes.
_QUOTABLE = 3000
# A poll is told of by its question; it is stored as typed, so it is escaped like the text before it.
_ASKED = """CASE WHEN p.has_poll THEN (
  SELECT ' 📊 ' || replace(replace(k.question, '&', '&amp;'), '<', '&lt;')
    FROM threads_poll k WHERE k.post_id = p.id) ELSE '' END"""
_POSTS = f"""
SELECT p.id, left(p.body_html, %s) || {_ASKED}, t.title, u.name
  FROM threads_post p
  JOIN threads_thread t ON t.id = p.thread_id
  LEFT JOIN members_member u ON u.id = p.author_id
 WHERE p.id = ANY(%s) AND t.space_id IN ({{spaces}}){{shown}}
"""  # noqa: S608 - only constants of this module are put together
_THREADS = """
SELECT t.id, t.title, s.name, s.slug
  FROM threads_thread t JOIN spaces_space s ON s.id = t.space_id
 WHERE t.id = ANY(%s) AND t.space_id IN ({spaces}){shown}
"""


class SpaceTold(NamedTuple):
    """The space of a thread in a notice."""

    name: str
    slug: str

    def get_absolute_url(self) -> str:
        """The list of its threads."""
        return f"/s/{self.slug}/"


class ThreadTold(NamedTuple):
    """A thread as notices tell of it."""

    pk: int
    title: str
    space: SpaceTold

    def get_absolute_url(self) -> str:
        """The thread."""
        return thread_path(self.pk, self.title)


class TitleTold(NamedTuple):
    """The thread of a post in a notice."""

    title: str


class AuthorTold(NamedTuple):
    """The author of a post in a notice."""

    name: str


class PostTold(NamedTuple):
    """A post as notices tell of it, with the attributes of the model that their words read."""

    pk: int
    body_html: str
    thread: TitleTold
    author: AuthorTold | None

    def get_absolute_url(self) -> str:
        """The post."""
        return f"/p/{self.pk}/"


def load_posts(notices: Sequence[Notice], viewer: Member) -> Mapping[int, PostTold]:
    """Fetch the posts of notices that `viewer` may read now, by one statement."""
    spaces, readable = readable_spaces(viewer)
    shown = readable_posts(viewer)
    wanted = sorted({notice.subject_pk for notice in notices})
    sql = _POSTS.format(spaces=spaces, shown=shown)
    found = {post.pk: post for post in fetch(sql, (_QUOTABLE, wanted, *readable), _post)}
    return {notice.pk: found[notice.subject_pk] for notice in notices if notice.subject_pk in found}


def load_threads(notices: Sequence[Notice], viewer: Member) -> Mapping[int, ThreadTold]:
    """Fetch the threads of notices that `viewer` may read now, by one statement."""
    spaces, readable = readable_spaces(viewer)
    shown = readable_threads(viewer)
    wanted = sorted({notice.subject_pk for notice in notices})
    sql = _THREADS.format(spaces=spaces, shown=shown)
    found = {thread.pk: thread for thread in fetch(sql, (wanted, *readable), _thread)}
    return {notice.pk: found[notice.subject_pk] for notice in notices if notice.subject_pk in found}


def _thread(row: Sequence[object]) -> ThreadTold:
    pk, title, space, slug = row
    return ThreadTold(int(str(pk)), str(title), SpaceTold(str(space), str(slug)))


def _post(row: Sequence[object]) -> PostTold:
    pk, body_html, title, author = row
    return PostTold(
        int(str(pk)),
        str(body_html),
        TitleTold(str(title)),
        None if author is None else AuthorTold(str(author)),
    )
