"""How a post came to read as it does: its texts in order, and what each edit took away and added."""

import datetime as dt
import difflib
import re
from dataclasses import dataclass
from typing import NamedTuple

from community.members.models import Member
from community.threads.models import Post, PostRevision

_MOST = 50
_WORD = re.compile(r"\s+|[^\s\w]|\w+")
# Longer texts are compared by lines: words of twenty thousand characters would take seconds.
_BY_WORDS_UP_TO = 6000


class Piece(NamedTuple):
    """A stretch of text: `same`, `added` or `taken`."""

    what: str
    text: str


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
    edits = []
    for kept in revisions:
        edits.append(
            Edit(
                number=kept.number,
                editor=kept.editor,
                at=kept.created_at,
                reason=kept.reason,
                title=compare(kept.title, title) if kept.title != title else [],
                body=compare(kept.body_md, body) if kept.body_md != body else [],
            )
        )
        title, body = kept.title, kept.body_md
    return edits


def compare(before: str, after: str) -> list[Piece]:
    """Return what became of a text, piece by piece."""
    small = len(before) + len(after) <= _BY_WORDS_UP_TO
    old, new = (_WORD.findall(t) if small else t.splitlines(keepends=True) for t in (before, after))
    pieces: list[Piece] = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
        else:
            pieces += [
                p for p in (Piece("taken", "".join(old[a:b])), Piece("added", "".join(new[c:d]))) if p.text
            ]
    return pieces
