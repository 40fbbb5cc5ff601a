"""How a post came to read as it does: its texts in order, and what each edit took away and added."""

import datetime as dt
from dataclasses import dataclass

from community.members.models import Member
from community.threads.models import Post, PostRevision
from community.threads.queries.differences import Patience, Piece, compare

_MOST = 50


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit, newest first in a history."""

    number: int
    editor: Member | None
    at: dt.datetime
    reason: str
    title: list[Piece]
    body: list[Piece]


def history_of(post: Post) -> list[Edit]:
    """Return the latest edits of a post, newest first. Callers obtained the post through `get_post_for`.

    A revision holds the text before an edit, with who made it and why; what came after is the next one, or today's.
    """
    revisions = PostRevision.objects.filter(post=post).select_related("editor").order_by("-number")[:_MOST]
    title, body = post.thread.title if post.position == 1 else "", post.body_md
    edits, patience = [], Patience()
    for kept in revisions:
        edits.append(
            Edit(
                number=kept.number,
                editor=kept.editor,
                at=kept.created_at,
                reason=kept.reason,
                title=compare(kept.title, title, patience) if kept.title != title else [],
                body=compare(kept.body_md, body, patience) if kept.body_md != body else [],
            )
        )
        title, body = kept.title, kept.body_md
    return edits
