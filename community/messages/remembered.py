"""What a process remembers for a few seconds, so that a home page without events asks nothing about them."""

import datetime as dt
import time

from django.db.models import Q
from django.utils import timezone

from community.messages.models import Room

REMEMBERED_SECONDS = 30.0


class _Memory:
    """Whether some room had its time soon, and when this process last looked."""

    answer = False
    read_at = 0.0


def any_room_soon(ahead: dt.timedelta) -> bool:
    """Return whether any room is open for a while or opens within `ahead`, as of half a minute ago at most."""
    now = time.monotonic()
    if not _Memory.read_at or now - _Memory.read_at > REMEMBERED_SECONDS:
        moment = timezone.now()
        waiting = Q(closes_at=None) | Q(closes_at__gt=moment)
        _Memory.answer = Room.objects.filter(waiting, closed_at=None, opens_at__lt=moment + ahead).exists()
        _Memory.read_at = now
    return _Memory.answer


def forget() -> None:
    """Look anew at the next occasion."""
    _Memory.read_at = 0.0
