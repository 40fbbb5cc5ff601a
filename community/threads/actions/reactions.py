"""Saying with one press that a post helped."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.activity.registry import Verb
from community.errors import Invalid, NotFound
from community.members.models import Member
from community.spaces.visibility import readable_spaces_by_name
from community.threads import counters, limits, queries
from community.threads.models import Post, Reaction, ReactionKind
from community.threads.permissions import can_react, can_take_back
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


@transaction.atomic
def _add(actor: Member, post: Post, kind: str) -> bool:
    spaces, readable = readable_spaces_by_name(actor)
    params = {"me": actor.pk, "kind": kind, "now": timezone.now(), **readable}
    said = counters.move_reactions(post, 1, _SAY.format(spaces=spaces), params)
    if said is None:
        # It was said already, or the post went meanwhile: then this says so.
        fresh = queries.get_post_for(actor, post.pk)
        can_react(actor, fresh, kind).require()
        post.reactions = fresh.reactions
        return False
    pk, counted = said
    if not counted:
        raise NotFound()
    _record(REACTION_ADDED, actor, post, kind, pk)
    return True


@transaction.atomic
def _remove(actor: Member, post: Post, kind: str) -> bool:
    fresh = queries.get_post_for(actor, post.pk)
    gone = counters.move_reactions(fresh, -1, _TAKE_BACK, {"me": actor.pk, "kind": kind})
    post.reactions = fresh.reactions
    if gone is None:
        return False
    _record(REACTION_REMOVED, actor, fresh, kind, gone[0])
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
