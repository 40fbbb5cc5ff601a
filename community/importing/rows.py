"""Turns their facts into our rows, without a database.

Rows are plain tuples named like the columns they fill: an import makes too many of them for model objects.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.text import slugify

from community.importing.source import SourcePost, SourceThread
from community.threads.models import State
from community.writing.markdown import Rendered

MAX_TITLE = 255
MAX_TAGS = 5
VISIBLE, HIDDEN = State.VISIBLE.value, State.HIDDEN.value


@dataclass(slots=True)
class PreparedThread:
    """A thread with, for each of its posts, the Markdown source and what it rendered to."""

    source: SourceThread
    rendered: list[tuple[str, Rendered]]


class ThreadRow(NamedTuple):
    """Columns of `Thread`; those that are not here are as in a new one."""

    id: int
    space_id: int
    author_id: int | None
    kind: str
    title: str
    excerpt: str
    tags: list[str]
    is_locked: bool
    accepted_post_id: int | None
    accepted_at: dt.datetime | None
    last_position: int
    reply_count: int
    reaction_count: int
    view_count: int
    last_post_at: dt.datetime
    last_author_id: int | None
    created_at: dt.datetime


class PostRow(NamedTuple):
    """Columns of `Post`; those that are not here are as in a new one. `reactions` and `imported` are JSON."""

    id: int
    thread_id: int
    author_id: int | None
    position: int
    reply_to_id: int | None
    body_md: str
    body_html: str
    render_version: int
    state: str
    reactions: str
    imported: str
    edit_count: int
    edited_at: dt.datetime | None
    created_at: dt.datetime


def rows_of(
    item: PreparedThread, thread_pk: int, post_keys: Iterator[int], space_pk: int, members: Mapping[str, int]
) -> tuple[ThreadRow, list[PostRow]]:
    """Return the row of a thread and those of its posts, with every key and counter set."""
    said = item.source.posts
    keys = {post.external_id: next(post_keys) for post in said}
    opening = keys[said[0].external_id]
    posts = []
    for position, (theirs, text) in enumerate(zip(said, item.rendered, strict=True), start=1):
        key = keys[theirs.external_id]
        answered = keys.get(theirs.reply_to) if theirs.reply_to else None
        if answered in (key, opening):  # an answer to the opening post is a plain reply here
            answered = None
        posts.append(_post(theirs, text, (key, thread_pk, position, answered), members))
    accepted = keys.get(item.source.accepted) if item.source.accepted else None
    return _thread(item, posts, (thread_pk, space_pk, accepted)), posts


def _thread(item: PreparedThread, posts: list[PostRow], keys: tuple[int, int, int | None]) -> ThreadRow:
    theirs = item.source
    last = max(posts, key=lambda post: post.created_at)
    pk, space_pk, accepted = keys
    accepted_at = theirs.accepted_at if accepted else None
    if accepted and not accepted_at:
        accepted_at = next(post.created_at for post in posts if post.id == accepted)
    return ThreadRow(
        id=pk,
        space_id=space_pk,
        author_id=posts[0].author_id,
        kind=theirs.kind,
        title=one_line(theirs.title)[:MAX_TITLE] or "Untitled",
        excerpt=item.rendered[0][1].excerpt[:300],
        tags=tag_slugs(theirs.tags),
        is_locked=theirs.is_locked,
        accepted_post_id=accepted,
        accepted_at=accepted_at,
        last_position=len(posts),
        reply_count=sum(1 for post in posts[1:] if post.state == VISIBLE),
        reaction_count=sum(said.up for said in theirs.posts),
        view_count=max(0, theirs.views),
        last_post_at=last.created_at,
        last_author_id=last.author_id,
        created_at=theirs.created_at,
    )


def _post(
    said: SourcePost,
    text: tuple[str, Rendered],
    keys: tuple[int, int, int, int | None],
    members: Mapping[str, int],
) -> PostRow:
    author = members.get(said.author_id) if said.author_id else None
    markdown, rendered = text
    pk, thread_pk, position, reply_to = keys
    return PostRow(
        pk,
        thread_pk,
        author,
        position,
        reply_to,
        markdown,
        rendered.html,
        rendered.version,
        HIDDEN if said.is_hidden else VISIBLE,
        f'{{"helpful": {said.up}}}' if said.up else "{}",
        _brought_along(said, author),
        1 if said.edited_at else 0,
        said.edited_at,
        said.created_at,
    )


def _brought_along(said: SourcePost, author: int | None) -> str:
    if author is not None and not said.emoji:
        return _votes(said.up, said.down)
    facts: dict[str, object] = {"up": said.up, "down": said.down}
    if said.emoji:
        facts["emoji"] = said.emoji
    if author is None and said.author_name:
        facts["author"] = one_line(said.author_name)[:80]
    return json.dumps(facts)


@lru_cache(maxsize=1024)
def _votes(up: int, down: int) -> str:
    return json.dumps({"up": up, "down": down})


def tag_slugs(words: list[str]) -> list[str]:
    """Return at most five distinct tag slugs, in their order."""
    return list(dict.fromkeys(filter(None, map(_slug, words))))[:MAX_TAGS]


@lru_cache(maxsize=4096)
def _slug(word: str) -> str:
    return slugify(word, allow_unicode=True)[:40]


def one_line(text: str) -> str:
    """Return a text without line breaks, control characters and doubled spaces."""
    return re.sub(r"[\x00-\x1f\x7f\s]+", " ", text).strip()
