"""Slow mode: how long one member waits between two replies in the same thread."""

import datetime as dt
import math

from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import RateLimited
from community.members.models import Member
from community.spaces.permissions import moderates_space
from community.sql import fetch_one
from community.threads.models import Steering, Thread
from community.threads.spans import span_said

LONGEST = 604_800
# More than anybody may write in a day.
_LATEST = """SELECT max(created_at) FROM (SELECT thread_id, created_at FROM threads_post
  WHERE author_id = %s ORDER BY id DESC LIMIT 400) p WHERE thread_id = %s"""


def pace_of(thread: Thread) -> int:
    """Return the seconds between two replies of one member: the longer of what the thread and its space ask."""
    own = 0
    if thread.is_steered:
        found = Steering.objects.filter(pk=thread.pk).values_list("slow_seconds", flat=True)
        own = next(iter(found), 0)
    return max(own, thread.space.slow_seconds)


def check_pace(actor: Member, thread: Thread) -> None:
    """Raise `RateLimited` when `actor` replied in a locked thread too short a while ago. Who keeps order does not wait."""
    if not thread.is_steered and not thread.space.slow_seconds:
        return
    seconds = pace_of(thread)
    if not seconds or moderates_space(actor, thread.space):
        return
    latest = fetch_one(_LATEST, (actor.pk, thread.pk), lambda row: row[0])
    if latest is None:
        return
    left = math.ceil((latest + dt.timedelta(seconds=seconds) - timezone.now()).total_seconds())
    if left > 0:
        text = _(
            "Slow mode: you can reply here again in %(wait)s. What you typed stays in the box until then."
        )
        raise RateLimited("slow_mode", text % {"wait": span_said(left)}, retry_after=left)
