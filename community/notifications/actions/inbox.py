"""What members do with their inbox."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.actions import move_unread_counts
from community.members.models import Member
from community.notifications import live
from community.notifications.models import Notice, NoticeQuerySet
from community.notifications.queries.inbox import get_notice_for
from community.notifications.registry import find_kind


@transaction.atomic
def open_notice(*, actor: Member, pk: int) -> Notice:
    """Mark one notice of `actor` as read and return it. Raises `NotFound`."""
    notice = get_notice_for(actor, pk)
    _mark(Notice.objects.of(actor).filter(pk=pk), actor)
    return notice


@transaction.atomic
def mark_read(*, actor: Member, pks: Iterable[int]) -> int:
    """Mark some notices of `actor` as read. Returns how many were not."""
    return len(_mark(Notice.objects.of(actor).filter(pk__in=list(pks)), actor))


@transaction.atomic
def mark_thread_read(*, actor: Member, thread_id: int) -> int:
    """Mark everything about a thread as read, because `actor` has just read it."""
    return len(_mark(Notice.objects.of(actor).filter(thread_id=thread_id), actor))


@transaction.atomic
def mark_subject_read(*, actor: Member, subject: tuple[str, int]) -> int:
    """Mark everything about a subject as read, because `actor` has just seen it."""
    about = Notice.objects.of(actor).filter(subject_type=subject[0], subject_pk=subject[1])
    return len(_mark(about, actor))


@transaction.atomic
def mark_all_read(*, actor: Member) -> dt.datetime:
    """Mark everything as read. Returns the moment, by which it can be undone."""
    now = timezone.now()
    _mark(Notice.objects.of(actor), actor, now)
    return now


@transaction.atomic
def undo_mark_all_read(*, actor: Member, moment: dt.datetime) -> int:
    """Make unread again what `mark_all_read` marked at `moment`, except what has been merged anew since."""
    newer = Notice.objects.of(actor).filter(read_at=None).exclude(merge_key="").values("merge_key")
    rows = Notice.objects.of(actor).filter(read_at=moment).exclude(merge_key__in=newer)
    hidden = dict(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", "is_hidden"))
    Notice.objects.filter(pk__in=hidden).update(read_at=None)
    _move_unread(actor, sum(not is_hidden for is_hidden in hidden.values()))
    return len(hidden)


def _mark(notices: NoticeQuerySet, actor: Member, now: dt.datetime | None = None) -> list[int]:
    """Set `read_at` on what is unread; the counter follows by exactly what was changed here."""
    rows = notices.filter(read_at=None).select_for_update(of=("self",)).order_by("pk")
    hidden = dict(rows.values_list("pk", "is_hidden"))
    if hidden:
        Notice.objects.filter(pk__in=hidden).update(read_at=now or timezone.now())
        _move_unread(actor, -sum(not is_hidden for is_hidden in hidden.values()))
    return list(hidden)


def _move_unread(actor: Member, delta: int) -> None:
    if delta:
        move_unread_counts(actor=actor, deltas={actor.pk: delta})
        live.publish_unread(member_ids=[actor.pk])


@transaction.atomic
def mute_thread(*, actor: Member, pk: int, muted: bool = True) -> Notice:
    """Stop (or resume) news about the thread of a notice. Raises `NotFound`, or `Invalid` when there is no thread."""
    notice = get_notice_for(actor, pk)
    kind = find_kind(notice.kind)
    if notice.thread_id is None or kind is None or kind.mute is None:
        raise Invalid("no_thread", _("This notice does not belong to a thread."))
    kind.mute(actor, notice.thread_id, muted)
    return notice
