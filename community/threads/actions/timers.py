"""Timers of a thread: what happens to it at a time, or after so many days without a reply; and reminders of one's own."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.models import Member
from community.members.permissions import can_keep
from community.spaces.models import Space
from community.threads import limits
from community.threads.actions.changes import record_change
from community.threads.locks import lock_thread
from community.threads.models import Thread, ThreadTimer, TimerKind
from community.threads.permissions import can_moderate_thread, can_move_thread
from community.threads.steered import note_steered
from community.threads.timing import check_idle_days, check_moment, due_after

# What may wait for the last reply: the others have their time.
IDLE = (TimerKind.CLOSE, TimerKind.REMOVE, TimerKind.BUMP)


@transaction.atomic
def set_timer(
    *,
    actor: Member,
    thread: Thread,
    kind: str,
    at: dt.datetime | None = None,
    idle_days: int | None = None,
    space: Space | None = None,
) -> ThreadTimer:
    """Let something (a `TimerKind`) happen to `thread` at a moment, or after so many days without a reply, in place of
    what was set before. `space` is where to publish it. A reminder is one's own: whoever reads the thread may set it.

    Raises `Refused`, `Invalid` or `NotFound`.
    """
    _check(kind, at, idle_days, space)
    if kind == TimerKind.REMIND:
        can_keep(actor).require()
        limits.KEEP.spend(actor)
    held = lock_thread(actor, thread.pk)
    if kind != TimerKind.REMIND:
        can_moderate_thread(actor, held).require()
    if space is not None and space.pk != held.space_id:
        can_move_thread(actor, held, space).require()
    due = due_after(held.last_post_at, idle_days) if idle_days else at
    assert due is not None
    timer = put_timer(actor, held, TimerKind(kind), due_at=due, idle_days=idle_days, space=space)
    if kind != TimerKind.REMIND:
        record_change(actor, held, "timer", "", _said(timer))
    return timer


@transaction.atomic
def cancel_timer(*, actor: Member, thread: Thread, kind: str) -> None:
    """Let nothing of this `kind` happen to `thread` by itself; of reminders, one's own. Doing it twice changes nothing.

    Raises `Refused` or `NotFound`.
    """
    held = lock_thread(actor, thread.pk)
    if kind == TimerKind.REMIND:
        ThreadTimer.objects.filter(thread=held, kind=kind, set_by=actor).delete()
        return
    can_moderate_thread(actor, held).require()
    timer = ThreadTimer.objects.filter(thread=held, kind=kind).first()
    if timer is not None:
        before = _said(timer)
        drop_timer(held, TimerKind(kind))
        record_change(actor, held, "timer", before, "")


def put_timer(
    actor: Member | None,
    thread: Thread,
    kind: TimerKind,
    *,
    due_at: dt.datetime,
    idle_days: int | None = None,
    space: Space | None = None,
) -> ThreadTimer:
    """Set a timer of a locked thread in place of the one of its kind."""
    mine = {"set_by": actor} if kind == TimerKind.REMIND else {}
    ThreadTimer.objects.filter(thread=thread, kind=kind, **mine).delete()
    timer = ThreadTimer.objects.create(
        thread=thread, kind=kind, due_at=due_at, idle_days=idle_days, space=space, set_by=actor
    )
    note_steered(thread)
    return timer


def drop_timer(thread: Thread, kind: TimerKind) -> None:
    """Take a timer of a locked thread away, if it has one."""
    if ThreadTimer.objects.filter(thread=thread, kind=kind).delete()[0]:
        note_steered(thread)


def _said(timer: ThreadTimer) -> str:
    when = f"idle {timer.idle_days} d" if timer.idle_days else timer.due_at.isoformat(timespec="minutes")
    return f"{timer.kind}: {when}"


def _check(kind: str, at: dt.datetime | None, idle_days: int | None, space: Space | None) -> None:
    if kind not in TimerKind.values:
        raise _unusable("timer_kind", "kind", _("Choose what happens."))
    if (at is None) == (idle_days is None):
        raise _unusable("timer_when", "at", _("Choose a moment, or a number of days without a reply."))
    if at is not None:
        check_moment(at)
    if idle_days is not None:
        if kind not in IDLE:
            raise _unusable("timer_days", "days", _("This needs a moment."))
        check_idle_days(idle_days)
    if (kind == TimerKind.PUBLISH) != (space is not None):
        raise _unusable("timer_space", "space", _("Choose the space to publish it in."))


def _unusable(code: str, field: str, message: str) -> Invalid:
    return Invalid(code, message, fields={field: message})
