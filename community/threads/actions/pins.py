"""Pinning threads: in their space or everywhere, for good or until a date; and putting a pin away as a reader."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.members.permissions import can_keep
from community.threads import limits
from community.threads.actions.changes import record_change
from community.threads.actions.timers import drop_timer, put_timer
from community.threads.locks import lock_thread
from community.threads.models import PinAside, Thread, TimerKind
from community.threads.permissions import can_pin_everywhere, can_tidy_thread
from community.threads.steered import keep_steering, steering_of
from community.threads.timing import check_moment


def pin_thread(
    *, actor: Member, thread: Thread, everywhere: bool = False, until: dt.datetime | None = None
) -> Thread:
    """Keep `thread` at the top of its space, or with `everywhere` of the lists of everybody, `until` a moment if given.

    Raises `Refused`, `Invalid` or `NotFound`.
    """
    if until is not None:
        check_moment(until)
    if everywhere:
        can_pin_everywhere(actor).require()
    return _pin(actor, thread, "everywhere" if everywhere else "yes", until)


def unpin_thread(*, actor: Member, thread: Thread) -> Thread:
    """Let `thread` move with the others again, to everybody. Raises `Refused` or `NotFound`."""
    return _pin(actor, thread, "no", None)


@transaction.atomic
def _pin(actor: Member, thread: Thread, wanted: str, until: dt.datetime | None) -> Thread:
    held = lock_thread(actor, thread.pk)
    can_tidy_thread(actor, held).require()
    set_pinned(actor, held, wanted)
    if wanted != "no" and until is not None:
        put_timer(actor, held, TimerKind.UNPIN, due_at=until)
    else:
        drop_timer(held, TimerKind.UNPIN)
    return held


def set_pinned(actor: Member | None, thread: Thread, wanted: str) -> None:
    """Pin a locked thread (`yes` in its space, `everywhere`) or unpin it (`no`). Without an actor its timer does."""
    steering = steering_of(thread)
    before = "no" if thread.pinned_at is None else "everywhere" if steering.is_everywhere else "yes"
    if before == wanted:
        return
    if (thread.pinned_at is None) != (wanted == "no"):
        thread.pinned_at = None if wanted == "no" else timezone.now()
        thread.save(update_fields=["pinned_at"])
    if steering.is_everywhere != (wanted == "everywhere"):
        steering.is_everywhere = wanted == "everywhere"
        keep_steering(thread, steering)
    if wanted == "no":
        # Pinned anew, it is news again.
        PinAside.objects.filter(thread=thread).delete()
    record_change(actor, thread, "pin", before, wanted)


def put_pin_away(*, actor: Member, thread: Thread) -> None:
    """Let a pinned thread take its turn in the lists of `actor` alone. Doing it twice changes nothing.

    Raises `Refused` or `RateLimited`.
    """
    can_keep(actor).require()
    limits.KEEP.spend(actor)
    PinAside.objects.bulk_create([PinAside(thread=thread, member=actor)], ignore_conflicts=True)


def bring_pin_back(*, actor: Member, thread: Thread) -> None:
    """Show a pinned thread on top again to `actor`. Doing it twice changes nothing."""
    PinAside.objects.filter(thread=thread, member=actor).delete()
