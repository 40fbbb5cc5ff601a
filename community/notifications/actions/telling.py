"""Telling members something, and taking it back when it can no longer be seen."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from community.activity.models import Activity
from community.members.actions import move_unread_counts
from community.members.models import Member
from community.notifications import live
from community.notifications.mail.queue import queue
from community.notifications.models import MOST_ACTORS, Notice
from community.notifications.push.queue import queue_push
from community.notifications.queries.recipients import members_to_tell
from community.notifications.queries.shown import visible_pks
from community.notifications.registry import Kind
from community.notifications.sql import SAY_MORE, TELL


@transaction.atomic
def notify(
    *,
    actor: Member | None,
    member_ids: Iterable[int],
    kind: Kind,
    activity: Activity,
    payload: Mapping[str, Any] | None = None,
    subject: tuple[str, int] | None = None,
    thread_id: int | None = None,
    merge_key: str = "",
) -> int:
    """Tell members something; returns how many were told. Never the actor, never twice about one Activity.

    Callers have left out who may not see the subject; it is asked again at showing and at sending (docs/notices.md).
    """
    actor_id = actor.pk if actor is not None else None
    recipients = [] if activity.quiet else members_to_tell(kind, actor_id, member_ids)
    if not recipients:
        return 0
    subject_type, subject_pk = subject or (activity.target_type, activity.target_pk)
    values = {
        "activity": activity.pk,
        "members": recipients,
        "kind": kind.key,
        "priority": kind.priority,
        "subject_type": subject_type,
        "subject_pk": subject_pk,
        "thread": thread_id,
        "merge_key": merge_key if kind.merges else "",
        "payload": json.dumps(dict(payload or {})),
        "actors": [actor_id] if actor_id is not None else [],
        "most_actors": MOST_ACTORS,
        "now": timezone.now(),
    }
    told = _tell(values)
    new = {member_id: pk for pk, member_id, is_new in told if is_new}
    said_more = _say_more(values, recipients, {member_id for _pk, member_id, _new in told})
    queue(kind=kind, activity=activity, notices={**new, **said_more})
    joined = {member_id: pk for pk, member_id, is_new in told if kind.push_each and not is_new}
    queue_push(kind=kind, activity=activity, notices={**joined, **new, **said_more})
    move_unread_counts(actor=actor, deltas=dict.fromkeys(new, 1))
    live.publish_unread(member_ids=list(new))
    return len(told)


def _tell(values: Mapping[str, Any]) -> list[tuple[int, int, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(TELL, values)
        told: list[tuple[int, int, bool]] = cursor.fetchall()
    return told


def _say_more(values: Mapping[str, Any], recipients: list[int], told: set[int]) -> dict[int, int]:
    """Let a kind of higher priority replace what this Activity said before to members it did not tell now."""
    left = [member_id for member_id in recipients if member_id not in told]
    if not left or not values["priority"]:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SAY_MORE, {**values, "members": left})
        return {member_id: pk for pk, member_id in cursor.fetchall()}


@transaction.atomic
def reconsider(
    *,
    subject: tuple[str, int] | None = None,
    thread_ids: Iterable[int] | QuerySet[Any] | None = None,
) -> int:
    """Ask again who may see unread notices about a subject or threads; counts follow. Returns how many changed."""
    rows = Notice.objects.filter(read_at=None).select_related("member").select_for_update(of=("self",))
    if subject is not None:
        rows = rows.filter(subject_type=subject[0], subject_pk=subject[1])
    elif thread_ids is not None:
        rows = rows.filter(thread_id__in=thread_ids)
    else:
        raise ValueError("say what to reconsider: a subject or threads")
    return _reconsider(list(rows.order_by("member_id", "pk")))


@transaction.atomic
def reconsider_member(*, member: Member) -> int:
    """Ask again what one member may see of their unread notices, after they entered or left something."""
    rows = Notice.objects.of(member).filter(read_at=None).select_related("member")
    return _reconsider(list(rows.select_for_update(of=("self",)).order_by("pk")))


def _reconsider(notices: list[Notice]) -> int:
    deltas: Counter[int] = Counter()
    changed: dict[bool, list[int]] = {True: [], False: []}
    for member in {notice.member_id: notice.member for notice in notices}.values():
        mine = [notice for notice in notices if notice.member_id == member.pk]
        visible = visible_pks(mine, member)
        for notice in mine:
            if notice.is_hidden is (notice.pk in visible):
                changed[not notice.is_hidden].append(notice.pk)
                deltas[member.pk] += 1 if notice.is_hidden else -1
    Notice.objects.filter(pk__in=changed[False]).update(is_hidden=False)
    # What is hidden stops gathering, or the next event would join a notice that nobody sees.
    Notice.objects.filter(pk__in=changed[True]).update(is_hidden=True, merge_key="")
    move_unread_counts(actor=None, deltas=deltas)
    live.publish_unread(member_ids=list(deltas))
    return sum(map(len, changed.values()))
