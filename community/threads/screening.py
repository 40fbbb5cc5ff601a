"""Judging what is about to become a thread, a reply or an edit, and keeping what has to wait.

Whoever keeps it is put in place by an upper feature (`keep_by`): until the team has looked, nothing of it is in the tables of threads.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from community.errors import Held
from community.members.models import Member
from community.screening import Manner, Place, Writing, judge
from community.spaces.models import Space
from community.threads import composing, limits
from community.threads.composing import Composed
from community.threads.models import Post, Thread
from community.threads.polling import PollSpec
from community.typed import SumWanted
from community.verdict import Verdict

# Given what was judged, what it belongs to and what else the action was given: keep it and raise `Held`.
Keep = Callable[["Waiting"], Held]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything that is needed to write it later, as if it had never waited."""

    writing: Writing
    composed: Composed
    space: Space
    thread: Thread | None
    post: Post | None
    # The rest of the action's arguments, as JSON can hold them.
    arguments: Mapping[str, Any]


class _Keeper:
    keep: "Keep | None" = None


def keep_by(keep: Keep) -> None:
    """Let an upper feature keep what waits."""
    _Keeper.keep = staticmethod(keep)


def look(
    place: Place,
    actor: Member,
    space: Space,
    composed: Composed,
    *,
    title: str | None = None,
    before: Mapping[str, str] | None = None,
    manner: Manner | None = None,
) -> Writing:
    """Let everyone judge who wants to. Staff are trusted. Raises `Invalid` when it may not be shown at all."""
    texts = {"body": composed.body_md} if title is None else {"title": title, "body": composed.body_md}
    writing = Writing(place, actor, texts, space, links=composed.links, before=before or {})
    if manner is not None:
        writing.manner = manner
    if actor.is_staff:
        return writing
    try:
        return judge(writing)
    except SumWanted:
        limits.give_back(actor, place)
        raise


def require_or_wait(verdict: Verdict, *, anew: bool) -> bool:
    """Return whether what is written now will wait because its writer is paused. Raises `Refused` for every other no.

    Whoever keeps it decides how much of that is kept. What waited or is brought in waits for nothing more.
    """
    if anew and verdict.code == "silenced" and _Keeper.keep is not None:
        return True
    verdict.require()
    return False


def recomposed(writing: Writing, composed: Composed) -> Composed:
    """Return the text as it is stored: rendered anew when a screener changed it."""
    if writing.texts["body"] == composed.body_md:
        return composed
    return composing.compose(writing.author, writing.space, composing.check_body(writing.texts["body"]))


def hold_back(
    writing: Writing,
    composed: Composed,
    *,
    thread: Thread | None = None,
    post: Post | None = None,
    **arguments: Any,
) -> None:
    """Keep what has to wait and raise `Held`; let everything else go on."""
    if not writing.grounds or _Keeper.keep is None:
        return
    raise _Keeper.keep(Waiting(writing, composed, writing.space, thread, post, arguments))


def packed_poll(poll: PollSpec | None) -> dict[str, Any] | None:
    """Return a poll as JSON can hold it."""
    if poll is None:
        return None
    packed = dataclasses.asdict(poll)
    packed["closes_at"] = poll.closes_at.isoformat() if poll.closes_at else None
    return packed


def unpacked_poll(packed: Mapping[str, Any] | None) -> PollSpec | None:
    """Return the poll that was packed."""
    if packed is None:
        return None
    closes_at = dt.datetime.fromisoformat(packed["closes_at"]) if packed["closes_at"] else None
    return PollSpec(**{**packed, "options": tuple(packed["options"]), "closes_at": closes_at})
