"""Turns their facts into our rows, without a database."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.text import slugify

from community.importing.source import SourcePost, SourceThread
from community.spaces.models import Space
from community.threads.models import Post, State, Thread
from community.writing.markdown import Rendered

MAX_TITLE = 255
MAX_TAGS = 5


@dataclass(slots=True)
class PreparedThread:
    """A thread with, for each of its posts, the Markdown source and what it rendered to."""

    source: SourceThread
    rendered: list[tuple[str, Rendered]]


def rows_of(
    item: PreparedThread, thread_pk: int, post_keys: Iterator[int], space: Space, members: Mapping[str, int]
) -> tuple[Thread, list[Post]]:
    """Return the unsaved thread and its posts, with every key and counter set."""
    theirs = item.source
    posts: list[Post] = []
    by_external: dict[str, int] = {}
    for position, (said, (markdown, rendered)) in enumerate(
        zip(theirs.posts, item.rendered, strict=True), start=1
    ):
        post = _post(said, markdown, rendered, members)
        post.pk, post.thread_id, post.position = next(post_keys), thread_pk, position
        by_external[said.external_id] = post.pk
        posts.append(post)
    for said, post in zip(theirs.posts, posts, strict=True):
        answered = by_external.get(said.reply_to) if said.reply_to else None
        # An answer to the opening post is a plain reply here.
        post.reply_to_id = answered if answered not in (post.pk, posts[0].pk) else None
    thread = _thread(theirs, posts, item.rendered[0][1].excerpt, members)
    thread.pk, thread.space_id = thread_pk, space.pk
    if theirs.accepted:
        thread.accepted_post_id = by_external.get(theirs.accepted)
        thread.accepted_at = theirs.accepted_at or next(
            post.created_at for post in posts if post.pk == thread.accepted_post_id
        )
    return thread, posts


def _thread(theirs: SourceThread, posts: list[Post], excerpt: str, members: Mapping[str, int]) -> Thread:
    last = max(posts, key=lambda post: post.created_at)
    return Thread(
        author_id=posts[0].author_id,
        kind=theirs.kind,
        title=_one_line(theirs.title)[:MAX_TITLE] or "Untitled",
        excerpt=excerpt[:300],
        tags=tag_slugs(theirs.tags),
        is_locked=theirs.is_locked,
        last_position=len(posts),
        reply_count=sum(1 for post in posts[1:] if post.state == State.VISIBLE),
        reaction_count=sum(sum(post.reactions.values()) for post in posts),
        view_count=max(0, theirs.views),
        last_post_at=last.created_at,
        last_author_id=last.author_id,
        created_at=theirs.created_at,
    )


def _post(said: SourcePost, markdown: str, rendered: Rendered, members: Mapping[str, int]) -> Post:
    author = members.get(said.author_id) if said.author_id else None
    imported: dict[str, object] = {"up": said.up, "down": said.down}
    if said.emoji:
        imported["emoji"] = said.emoji
    if author is None and said.author_name:
        imported["author"] = _one_line(said.author_name)[:80]
    return Post(
        author_id=author,
        body_md=markdown,
        body_html=rendered.html,
        render_version=rendered.version,
        state=State.HIDDEN if said.is_hidden else State.VISIBLE,
        reactions={"helpful": said.up} if said.up else {},
        imported=imported,
        created_at=said.created_at,
        edited_at=said.edited_at,
        edit_count=1 if said.edited_at else 0,
    )


def tag_slugs(words: list[str]) -> list[str]:
    """Return at most five distinct tag slugs, in their order."""
    slugs = (slugify(word, allow_unicode=True)[:40] for word in words)
    return list(dict.fromkeys(filter(None, slugs)))[:MAX_TAGS]


def _one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\s]+", " ", text).strip()
