"""Saying with one press that a post helped."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.activity.registry import Verb
from community.errors import Invalid, NotFound
from community.members.models import Member
from community.members.permissions import can_take_part
from community.threads import counters, limits
from community.threads.models import Post, Reaction, ReactionKind
from community.threads.permissions import can_react
from community.threads.verbs import REACTION_ADDED, REACTION_REMOVED


def add_reaction(*, actor: Member, post: Post, kind: str) -> bool:
    """Say `kind` about `post`. Returns False when it was said already; then nothing changes.

    Raises `Refused`, `Invalid`, `RateLimited` or `NotFound`.
    """
    _check_kind(kind)
    can_take_part(actor).require()
    limits.REACT.spend(actor)
    return _add(actor, post, kind)


def remove_reaction(*, actor: Member, post: Post, kind: str) -> bool:
    """Take a reaction back. Returns False when there was none. Counts against the same limit as reacting."""
    _check_kind(kind)
    can_take_part(actor).require()
    limits.REACT.spend(actor)
    return _remove(actor, post, kind)


@transaction.atomic
def _add(actor: Member, post: Post, kind: str) -> bool:
    fresh = _read(actor, post)
    can_react(actor, fresh, kind).require()
    pk = _run(
        "INSERT INTO threads_reaction (post_id, member_id, kind, created_at) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING RETURNING id",
        [fresh.pk, actor.pk, kind, timezone.now()],
    )
    if pk is None:
        return False
    if not counters.move_reactions(fresh, kind, 1):
        raise NotFound()
    _record(REACTION_ADDED, actor, fresh, kind, pk)
    post.reactions = fresh.reactions
    return True


@transaction.atomic
def _remove(actor: Member, post: Post, kind: str) -> bool:
    fresh = _read(actor, post)
    pk = _run(
        "DELETE FROM threads_reaction WHERE post_id = %s AND member_id = %s AND kind = %s RETURNING id",
        [fresh.pk, actor.pk, kind],
    )
    if pk is None:
        return False
    counters.move_reactions(fresh, kind, -1)
    _record(REACTION_REMOVED, actor, fresh, kind, pk)
    post.reactions = fresh.reactions
    return True


def _read(actor: Member, post: Post) -> Post:
    """Return the post as it is now, in one statement, if `actor` may read it."""
    fresh = (
        Post.objects.visible_to(actor)
        .select_related("thread__space")
        .defer("body_md", "body_html")
        .filter(pk=post.pk)
        .first()
    )
    if fresh is None:
        raise NotFound()
    return fresh


def _check_kind(kind: str) -> None:
    if kind not in ReactionKind.values:
        raise Invalid("reaction_unknown", _("There is no such reaction."))


def _run(sql: str, params: list[Any]) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        row = cursor.fetchone()
    return int(row[0]) if row else None


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
