"""Celery's way into journeys."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from engagement.journeys import actions


@shared_task(name="journeys.mark_anniversaries")
def mark_anniversaries() -> int:
    """Note for whom it is the day on which they joined in an earlier year."""
    # Days are asked of the database in Greenwich, whatever the site's own zone.
    with timezone.override(dt.UTC):
        return actions.mark_anniversaries(actor=None, now=timezone.now())
