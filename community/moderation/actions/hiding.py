"""Hiding what a member wrote lately together with a penalty, and showing it again when that is lifted."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from community.errors import Refused
from community.members.models import Member
from community.moderation import limits
from community.moderation.models import Case, CaseState, Decision, Penalty
from community.moderation.permissions import can_penalise
from community.spaces.models import Space
from community.threads.actions import set_post_state, set_post_state_by_rule
from community.threads.models import Post, State
from community.threads.permissions import can_moderate_thread


def latest_posts(actor: Member, member: Member, days: int) -> QuerySet[Post]:
    """Return what `member` wrote in so many days that is shown where `actor` keeps order, the latest first."""
    since = timezone.now() - dt.timedelta(days=days)
    shown = Post.objects.filter(author=member, state=State.VISIBLE, created_at__gt=since)
    spaces = Space.objects.visible_to(actor)
    return shown.filter(thread__space__in=spaces.values("pk")).order_by("-pk")


@transaction.atomic
def hide_latest_posts(*, actor: Member, penalty: Penalty, days: int) -> Penalty:
    """Hide the latest posts of whom `penalty` is laid on, with its reason; threads they began go along. Raises `Refused`."""
    can_penalise(actor, penalty.member).require()
    chosen = latest_posts(actor, penalty.member, days)[: limits.MOST_HIDDEN].values_list("pk", flat=True)
    penalty.hidden_posts = _hide(actor, list(chosen), penalty.reason)
    penalty.save(update_fields=["hidden_posts"])
    return penalty


@transaction.atomic
def hide_posts_again(*, actor: Member, penalty: Penalty) -> None:
    """Hide again what was hidden with `penalty`, because lifting it was taken back. Raises `Refused`."""
    can_penalise(actor, penalty.member).require()
    _hide(actor, penalty.hidden_posts, penalty.reason)


@transaction.atomic
def show_posts_again(*, actor: Member, penalty: Penalty) -> None:
    """Show what was hidden with a penalty that was lifted, unless something else has happened to it since."""
    keys = penalty.hidden_posts
    if not keys:
        return
    judged = Q(state=CaseState.DECIDED) & ~Q(decision=Decision.KEEP) | Q(
        state=CaseState.OPEN, facts__has_key="hidden"
    )
    elsewhere = Case.objects.filter(judged, post__in=keys).values("post")
    for post in _in_order(keys).filter(state=State.HIDDEN).exclude(pk__in=elsewhere):
        if can_moderate_thread(actor, post.thread):
            set_post_state(actor=actor, post=post, state=State.VISIBLE, reason="")
        else:
            # It stands where only others of the team keep order, and was hidden by the same penalty.
            set_post_state_by_rule(post=post, state=State.VISIBLE, reason="")


def _hide(actor: Member, keys: Iterable[int], reason: str) -> list[int]:
    hidden = []
    for post in _in_order(keys).filter(state=State.VISIBLE):
        try:
            set_post_state(actor=actor, post=post, state=State.HIDDEN, reason=reason)
        except Refused:
            # Where they keep no order, or nobody may change anything any more.
            continue
        hidden.append(post.pk)
    return hidden


def _in_order(keys: Iterable[int]) -> QuerySet[Post]:
    """Return these posts as everybody locks them."""
    return Post.objects.filter(pk__in=keys).select_related("thread__space").order_by("thread", "pk")
