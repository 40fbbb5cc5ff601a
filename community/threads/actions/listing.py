"""Whether a thread stands in lists and takes anything new, and how fast one may reply in it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.models import Member
from community.threads import counters, slow_mode
from community.threads.actions.changes import record_change, yes_or_no
from community.threads.locks import lock_thread
from community.threads.models import Steering, Thread, ThreadState
from community.threads.permissions import can_moderate_thread
from community.threads.steered import keep_steering, steering_of
from community.threads.steering import READABLE


def unlist_thread(*, actor: Member, thread: Thread, reason: str = "") -> Thread:
    """Take `thread` out of lists, search, feeds and notices; whoever has its address still reads it and may reply.

    Raises `Refused` or `NotFound`.
    """
    return _set(actor, thread, "unlist", True, reason)


def list_thread(*, actor: Member, thread: Thread) -> Thread:
    """Let `thread` stand in lists again. Raises `Refused` or `NotFound`."""
    return _set(actor, thread, "unlist", False, "")


def archive_thread(*, actor: Member, thread: Thread, reason: str = "") -> Thread:
    """Keep `thread` as it is: nothing is added or changed, it leaves the lists, and search still finds it.

    Raises `Refused` or `NotFound`.
    """
    return _set(actor, thread, "archive", True, reason)


def unarchive_thread(*, actor: Member, thread: Thread) -> Thread:
    """Take `thread` back into use. Raises `Refused` or `NotFound`."""
    return _set(actor, thread, "archive", False, "")


@transaction.atomic
def _set(actor: Member, thread: Thread, what: str, wanted: bool, reason: str) -> Thread:
    held = lock_thread(actor, thread.pk)
    can_moderate_thread(actor, held).require()
    set_listing(actor, held, what, wanted, reason)
    return held


def set_listing(actor: Member | None, thread: Thread, what: str, wanted: bool, reason: str = "") -> None:
    """`unlist` or `archive` a locked thread, or take that back. Without an actor its timer does."""
    steering, column = steering_of(thread), {"unlist": "unlisted_at", "archive": "archived_at"}[what]
    if (getattr(steering, column) is not None) == wanted:
        return
    setattr(steering, column, timezone.now() if wanted else None)
    keep_steering(thread, steering)
    _show(thread, steering)
    record_change(actor, thread, what, yes_or_no(not wanted), yes_or_no(wanted), reason=reason)


def _show(thread: Thread, steering: Steering) -> None:
    """A thread that is hidden or removed stays so; when it is shown again, it is as decided here."""
    if ThreadState(thread.state) in READABLE:
        counters.change_thread_state(thread, steering.listing)


@transaction.atomic
def set_slow_mode(*, actor: Member, thread: Thread, seconds: int, reason: str = "") -> Thread:
    """Let one member wait so many seconds between two replies in `thread`; 0 ends it.

    Raises `Refused`, `Invalid` or `NotFound`.
    """
    if not 0 <= seconds <= slow_mode.LONGEST:
        text = _("Choose a wait of up to seven days.")
        raise Invalid("slow_mode_range", text, fields={"seconds": text})
    held = lock_thread(actor, thread.pk)
    can_moderate_thread(actor, held).require()
    steering = steering_of(held)
    before = steering.slow_seconds
    if before != seconds:
        steering.slow_seconds = seconds
        keep_steering(held, steering)
        record_change(actor, held, "slow", str(before), str(seconds), reason=reason)
    return held
