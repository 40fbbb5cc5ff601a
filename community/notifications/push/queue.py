"""Queueing a notice for the browsers of those who want this kind there."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from community.activity.models import Activity
from community.notifications.mail.queue import ring
from community.notifications.models import (
    Channel,
    Choice,
    OutboundPush,
    Preference,
    PushState,
    PushSubscription,
)
from community.notifications.push.keys import is_on
from community.notifications.queries.rules import current_push_rules
from community.notifications.registry import Kind


def queue_push(*, kind: Kind, activity: Activity, notices: Mapping[int, int]) -> int:
    """Queue `notices` (member → notice) for browsers where the member wants it. Returns how many rows were written."""
    wanted = wanting(kind, notices) if notices and is_on() else []
    if not wanted:
        return 0
    now = timezone.now()
    # A notice of this Activity that says more now keeps its place, and is told once.
    OutboundPush.objects.filter(
        notice__in=notices.values(), activity=activity, state=PushState.QUEUED
    ).update(kind=kind.key, purpose=kind.purpose, priority=kind.priority)
    wait = current_push_rules().wait
    rows = [
        OutboundPush(
            member_id=member_id,
            notice_id=notices[member_id],
            activity=activity,
            kind=kind.key,
            purpose=kind.purpose,
            priority=kind.priority,
            created_at=now,
            due_at=now + wait,
        )
        for member_id in wanted
    ]
    OutboundPush.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def wanting(kind: Kind, member_ids: Iterable[int]) -> list[int]:
    """Return, in order, which of the members have a browser that is told and want this kind there."""
    have = PushSubscription.objects.live().filter(member__in=list(member_ids))
    reachable = set(have.values_list("member_id", flat=True))
    if not reachable or kind.is_fixed:
        return sorted(reachable) if kind.push else []
    rows = Preference.objects.filter(member__in=reachable, kind=kind.key, channel=Channel.PUSH)
    chosen = dict(rows.values_list("member_id", "choice"))
    default = Choice.ON if kind.push else Choice.OFF
    return sorted(pk for pk in reachable if chosen.get(pk, default) == Choice.ON)


def ring_push() -> None:
    """Ask a worker, once the transaction has committed, to send what is due."""
    transaction.on_commit(lambda: ring("notifications.send_push"), robust=True)
