"""Celery's way into badges."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from rewards.badges.actions import recompute_all, recompute_waiting


@shared_task(name="badges.recompute")
def recompute_badges() -> int:
    """Make badges agree with their rules for everybody. Returns how many changed."""
    return recompute_all()


@shared_task(name="badges.catch_up")
def catch_up_badges() -> int:
    """Count new and changed badges for everybody, for at most a minute at a time. Returns how many are done."""
    return recompute_waiting(until=timezone.now() + dt.timedelta(minutes=1))
