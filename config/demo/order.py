"""What the team of the demo did to keep order, through the same actions as on the pages."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from community.members.models import Member
from community.spaces.models import Space
from community.threads import actions
from community.threads.models import Regrouping, Steering, Thread


def add_order(members: Mapping[str, Member], spaces: Mapping[str, Space]) -> None:
    """Pin a thread everywhere for a while, slow a lively one down, let one close, and archive an old one. Once."""
    if Steering.objects.exists() or Regrouping.objects.exists():
        return
    dewi = members["dewi"]
    shown = Thread.objects.filter(state="visible", space__access="public").select_related("space")
    lively = shown.order_by("-reply_count", "pk")[0]
    actions.set_slow_mode(actor=dewi, thread=lively, seconds=300, reason="It goes fast here")
    actions.set_timer(actor=dewi, thread=lively, kind="close", idle_days=14)
    news = (
        shown.exclude(pk=lively.pk).filter(author__role__in=("moderator", "manager", "admin")).order_by("-pk")
    )
    if (thread := news.first()) is not None:
        until = timezone.now() + dt.timedelta(days=10)
        actions.pin_thread(actor=dewi, thread=thread, everywhere=True, until=until)
    old = (
        shown.exclude(pk=lively.pk)
        .filter(kind="question", accepted_post__isnull=False)
        .order_by("created_at")
    )
    if (thread := old.first()) is not None:
        actions.archive_thread(actor=dewi, thread=thread, reason="Solved long ago")
