"""Celery's way into members."""

from celery import shared_task

from community.members import presence


@shared_task(name="members.flush_seen")
def flush_seen() -> int:
    """Write down who was here since the last time."""
    return presence.flush_seen()
