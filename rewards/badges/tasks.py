"""Celery's way into badges."""

from celery import shared_task

from rewards.badges.actions import recompute_all


@shared_task(name="badges.recompute")
def recompute_badges() -> int:
    """Make badges agree with their metrics for everybody. Returns how many changed."""
    return recompute_all()
