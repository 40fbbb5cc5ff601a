"""Saying with one press that a post helped."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import ChangeLost, change_and_record
from community.activity.registry import Verb
from community.errors import Invalid, NotFound
from community.members.models import Member
from community.spaces.visibility import readable_spaces_by_name
from community.threads import counters, limits, queries
from community.threads.models import Post, Reaction, ReactionKind
from community.threads.permissions import can_react, can_take_back
from community.threads.verbs import REACTION_ADDED, REACTION_REMOVED

_KINDS = frozenset(ReactionKind.values)


def add_reaction(*, actor: Member, post: Post, kind: str) -> bool:
    """Say `kind` about `post`. Returns False when it was said already; then nothing changes.

    Raises `Refused`, `Invalid`, `RateLimited` or `NotFound`.
    """
    _check_kind(kind)
    can_react(actor, post, kind).require()
    limits.REACT.spend(actor)
    return _add(actor, post, kind)


def remove_reaction(*, actor: Member, post: Post, kind: str) -> bool:
    """Take a reaction back. Returns False when there was none. Counts against the same limit as reacting."""
    _check_kind(kind)
    can_take_back(actor, post).require()
    limits.REACT.spend(actor)
    return _remove(actor, post, kind)


# The row is written only while the post may still be reacted to: of the rest of `can_react` nothing changes.
_SAY = """
  INSERT INTO threads_reaction (post_id, member_id, kind, created_at)
  SELECT p.id, %(me)s, %(kind)s, %(now)s FROM threads_post p JOIN threads_thread t ON t.id = p.thread_id
   WHERE p.id = %(post)s AND p.state = 'visible' AND t.state = 'visible' AND t.space_id IN ({spaces})
  ON CONFLICT DO NOTHING RETURNING id
"""
_TAKE_BACK = """
  DELETE FROM threads_reaction WHERE post_id = %(post)s AND member_id = %(me)s AND kind = %(kind)s RETURNING id
"""


@lru_cache(maxsize=16)
def _saying(spaces: str) -> str:
    return _SAY.format(spaces=spaces)


def _add(actor: Member, post: Post, kind: str) -> bool:
    spaces, readable = readable_spaces_by_name(actor)
    said = _move(REACTION_ADDED, actor, post, kind, 1, _saying(spaces), {"now": timezone.now(), **readable})
    if not said:
        # It was said already, or the post went meanwhile: then this says so.
        fresh = queries.get_post_for(actor, post.pk)
        can_react(actor, fresh, kind).require()
        post.reactions = fresh.reactions
    return said


def _remove(actor: Member, post: Post, kind: str) -> bool:
    fresh = queries.get_post_for(actor, post.pk)
    gone = _move(REACTION_REMOVED, actor, fresh, kind, -1, _TAKE_BACK, {})
    post.reactions = fresh.reactions
    return gone


def _check_kind(kind: str) -> None:
    if kind not in _KINDS:
        raise Invalid("reaction_unknown", _("There is no such reaction."))


def _move(
    verb: Verb, actor: Member, post: Post, kind: str, step: int, change: str, params: Mapping[str, Any]
) -> bool:
    """Change the reaction, its counts and the log in one statement. Returns False when there was nothing to change."""
    said = {"post_id": post.pk, "post_author_id": post.author_id, "thread_id": post.thread_id, "kind": kind}
    try:
        moved = change_and_record(
            verb,
            counters.move_reactions(change),
            {"me": actor.pk, "kind": kind, "step": step, "post": post.pk, "thread": post.thread_id, **params},
            actor=actor,
            target=Reaction,
            names="reaction_id",
            payload=said,
            space_id=post.thread.space_id,
        )
    except ChangeLost:
        # The post went, or moved to another thread, between the first part of the statement and the last.
        raise NotFound() from None
    if moved is None:
        return False
    _pk, reactions = moved
    post.reactions = json.loads(reactions)
    return True
