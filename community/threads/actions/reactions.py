"""Saying with one press that a post helped."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.activity.registry import Verb
from community.errors import Invalid, NotFound
from community.members.models import Member
from community.members.permissions import can_take_part
from community.spaces.visibility import readable_spaces
from community.sql import write
from community.threads import counters, limits, queries
from community.threads.models import Post, Reaction, ReactionKind
from community.threads.permissions import can_react
from community.threads.verbs import REACTION_ADDED, REACTION_REMOVED


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
    can_take_part(actor).require()
    limits.REACT.spend(actor)
    return _remove(actor, post, kind)


# What a post must still be when the row is written: of the rest of `can_react` nothing changes.
_STILL_THERE = """
  FROM threads_post p JOIN threads_thread t ON t.id = p.thread_id
 WHERE p.id = %s AND p.state = 'visible' AND t.state = 'visible' AND t.space_id IN ({spaces})
"""


@transaction.atomic
def _add(actor: Member, post: Post, kind: str) -> bool:
    spaces, readable = readable_spaces(actor)
    written = write(
        "INSERT INTO threads_reaction (post_id, member_id, kind, created_at)"
        f" SELECT p.id, %s, %s, %s {_STILL_THERE.format(spaces=spaces)} ON CONFLICT DO NOTHING RETURNING id",
        (actor.pk, kind, timezone.now(), post.pk, *readable),
    )
    if not written:
        # It was said already, or the post went meanwhile: then this says so.
        fresh = queries.get_post_for(actor, post.pk)
        can_react(actor, fresh, kind).require()
        post.reactions = fresh.reactions
        return False
    if not counters.move_reactions(post, kind, 1):
        raise NotFound()
    _record(REACTION_ADDED, actor, post, kind, written[0][0])
    return True


@transaction.atomic
def _remove(actor: Member, post: Post, kind: str) -> bool:
    fresh = queries.get_post_for(actor, post.pk)
    gone = write(
        "DELETE FROM threads_reaction WHERE post_id = %s AND member_id = %s AND kind = %s RETURNING id",
        (fresh.pk, actor.pk, kind),
    )
    if not gone:
        return False
    counters.move_reactions(fresh, kind, -1)
    _record(REACTION_REMOVED, actor, fresh, kind, gone[0][0])
    post.reactions = fresh.reactions
    return True


def _check_kind(kind: str) -> None:
    if kind not in ReactionKind.values:
        raise Invalid("reaction_unknown", _("There is no such reaction."))


def _record(verb: Verb, actor: Member, post: Post, kind: str, reaction_pk: int) -> None:
    record(
        verb,
        actor=actor,
        target=Reaction(pk=reaction_pk, post=post, member=actor, kind=kind),
        space_id=post.thread.space_id,
        payload={
            "reaction_id": reaction_pk,
            "post_id": post.pk,
            "post_author_id": post.author_id,
            "thread_id": post.thread_id,
            "kind": kind,
        },
    )
