"""A post under the finger of its reader: what a press needs before it acts, and what the answer shows, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Model

from community import rows
from community.errors import NotFound
from community.members.models import Member
from community.spaces.models import Space
from community.spaces.visibility import readable_spaces
from community.sql import fetch_one
from community.threads.models import Post, Thread
from community.threads.queries.access import readable_posts
from community.threads.queries.rows import AUTHOR, Author, PostRow, ThreadHead

M = TypeVar("M", bound=Model)

# What no press asks for stays where it is: the words, and how a thread and a space are listed.
_LEFT_OUT: dict[type[Model], tuple[str, ...]] = {
    Post: ("body_md", "body_html", "render_version", "imported", "has_poll", "deleted_at"),
    Thread: ("excerpt", "details", "language", "reaction_count", "last_author"),
    Space: (
        "description",
        "is_listed",
        "see_for",
        "create_for",
        "parent",
        "icon",
        "colour",
        "position",
        "asks",
        "thread_count",
        "last_thread_at",
        "required_group",
        "auto_close_days",
        "created_at",
    ),
}

_SQL = """
SELECT {post}, {thread}, {space},
       COALESCE((SELECT m.is_moderator FROM spaces_spacemembership m
                  WHERE m.space_id = t.space_id AND m.member_id = %s), false),
       ARRAY(SELECT x.kind FROM threads_reaction x WHERE x.post_id = p.id AND x.member_id = %s),
       EXISTS (SELECT 1 FROM threads_bookmark b WHERE b.post_id = p.id AND b.member_id = %s),
       {author}
  FROM threads_post p
  JOIN threads_thread t ON t.id = p.thread_id
  JOIN spaces_space s ON s.id = t.space_id
  LEFT JOIN members_member u ON u.id = p.author_id
 WHERE p.id = %s AND t.space_id IN ({spaces}){shown}
"""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A post with its thread and space for actions, and the same as the line under it shows them."""

    post: Post
    head: ThreadHead
    row: PostRow


def get_pressed_for(actor: Member, pk: int) -> Pressed:
    """Return the post if `actor` may read it. Raises `NotFound` otherwise."""
    spaces, readable = readable_spaces(actor)
    sql = _statement(spaces, readable_posts(actor))
    pressed = fetch_one(sql, (actor.pk, actor.pk, actor.pk, pk, *readable), _build)
    if pressed is None:
        raise NotFound()
    return pressed


@lru_cache(maxsize=16)
def _statement(spaces: str, shown: str) -> str:
    return _SQL.format(
        post=_columns(Post, "p"),
        thread=_columns(Thread, "t"),
        space=_columns(Space, "s"),
        author=AUTHOR,
        spaces=spaces,
        shown=shown,
    )


def _build(values: Sequence[Any]) -> Pressed:
    post, end = _built(Post, values, 0)
    thread, end = _built(Thread, values, end)
    space, end = _built(Space, values, end)
    rows.join(thread, "space", space)
    rows.join(post, "thread", thread)
    moderates, mine, kept, *author = values[end:]
    row = _row(post, frozenset(mine), kept, Author._make(author) if author[0] is not None else None)
    return Pressed(post, _head(thread, moderates), row)


def _columns(model: type[Model], alias: str) -> str:
    return rows.columns(model, alias, without=_LEFT_OUT[model])


def _built(model: type[M], values: Sequence[Any], start: int) -> tuple[M, int]:
    """Return the object that begins at `start`, and where the next one does."""
    left_out = _LEFT_OUT[model]
    end = start + rows.width(model, without=left_out)
    return rows.build(model, values[start:end], without=left_out), end


def _head(thread: Thread, moderates: bool) -> ThreadHead:
    """Return the thread as its posts are drawn. How its reader follows and has read it stands elsewhere on the page."""
    return ThreadHead(
        pk=thread.pk,
        title=thread.title,
        kind=thread.kind,
        tags=thread.tags,
        state=thread.state,
        is_locked=thread.is_locked,
        pinned_at=thread.pinned_at,
        author_id=thread.author_id,
        accepted_post_id=thread.accepted_post_id,
        accepted_at=thread.accepted_at,
        accepted_position=None,
        last_position=thread.last_position,
        reply_count=thread.reply_count,
        view_count=thread.view_count,
        created_at=thread.created_at,
        last_post_at=thread.last_post_at,
        space=thread.space,
        level="",
        last_read=0,
        moderates=moderates,
        draft="",
    )


def _row(post: Post, mine: frozenset[str], kept: bool, author: Author | None) -> PostRow:
    return PostRow(
        pk=post.pk,
        position=post.position,
        html="",
        state=post.state,
        state_reason=post.state_reason,
        counts=post.reactions,
        edit_count=post.edit_count,
        edited_at=post.edited_at,
        is_wiki=post.is_wiki,
        created_at=post.created_at,
        reply_to_id=post.reply_to_id,
        reply_to_position=None,
        reply_to_name="",
        mine=mine,
        kept=kept,
        author=author,
        answers=[],
    )
