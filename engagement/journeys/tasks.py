"""Celery's way into journeys."""

from celery import shared_task
from django.utils import timezone

from engagement.journeys import actions


@shared_task(name="journeys.mark_anniversaries")
def mark_anniversaries() -> int:
    """Note who joined on this day of an earlier year."""
    return actions.mark_anniversaries(actor=None, day=timezone.now().date())
