"""Threads, posts and their earlier texts."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from community.belongings import (
    AT_A_TIME,
    Belonging,
    Column,
    Fate,
    Leaving,
    Row,
    add_belonging,
    rows_of,
    table,
)
from community.threads.actions.emptying import empty_posts, empty_threads
from community.threads.models import Poll, Post, Thread

if TYPE_CHECKING:
    from community.members.models import Member

_WRITTEN = {"created_at": _("Written")}


def _posts(owner: "Member") -> Iterator[Row]:
    """Their own words, wherever they stand; the title of a thread only while they may read it."""
    mine = Post.objects.filter(author=owner).order_by("pk")
    fields = ("id", "thread_id", "position", "body_md", "state", "created_at", "edited_at")
    rows = iter(mine.values(*fields).iterator(chunk_size=AT_A_TIME))
    while some := list(islice(rows, AT_A_TIME)):
        titles = _titles(owner, {row["thread_id"] for row in some})
        for row in some:
            yield {**row, "thread_title": titles.get(row["thread_id"], "")}


def _polls(owner: "Member") -> Iterator[Row]:
    """The polls in their posts, with the options they gave."""
    for poll in (
        Poll.objects.filter(post__author=owner).order_by("pk").prefetch_related("options").iterator(AT_A_TIME)
    ):
        options = [option.text for option in poll.options.all()]
        yield {
            "post_id": poll.post_id,
            "question": poll.question,
            "options": options,
            "created_at": poll.created_at,
        }


def _titles(owner: "Member", pks: Iterable[int]) -> dict[int, str]:
    return dict(Thread.objects.visible_to(owner).filter(pk__in=pks).order_by().values_list("pk", "title"))


def _erase(leaving: Leaving) -> int:
    """Leave the places of their posts without words, when they chose so."""
    if not leaving.deletes_posts:
        return 0
    return empty_posts(actor=None, author_id=leaving.member_id) + empty_threads(
        actor=None, author_id=leaving.member_id
    )


add_belonging(
    Belonging(
        "threads.threads",
        _("Threads you began"),
        columns=(
            Column("threads.Thread", "author", Fate.DETACH),
            Column("threads.Thread", "last_author", Fate.DETACH),
        ),
        words={
            "id": _("Number"),
            "title": _("Title"),
            "kind": _("Kind"),
            "tags": _("Topics"),
            "state": _("State"),
            **_WRITTEN,
        },
        rows=rows_of("threads.Thread", "author", ("id", "title", "kind", "tags", "state", "created_at")),
        order=20,
    )
)
add_belonging(
    Belonging(
        "threads.posts",
        _("Posts"),
        columns=(Column("threads.Post", "author", Fate.DETACH),),
        words={
            "id": _("Number"),
            "thread_title": _("Thread"),
            "body_md": _("Text"),
            "state": _("State"),
            **_WRITTEN,
            "edited_at": _("Edited"),
        },
        rows=_posts,
        erase=_erase,
        order=21,
    )
)
table(
    "threads.revisions",
    _("Earlier texts of posts"),
    "threads.PostRevision",
    "editor",
    {
        "post_id": _("Post"),
        "number": _("Number"),
        "title": _("Title"),
        "body_md": _("Text"),
        "reason": _("Reason"),
        **_WRITTEN,
    },
    fate=Fate.DETACH,
    order=22,
)
add_belonging(
    Belonging(
        "threads.polls",
        _("Polls you made"),
        words={"post_id": _("Post"), "question": _("Question"), "options": _("Options"), **_WRITTEN},
        rows=_polls,
        order=23,
    )
)
