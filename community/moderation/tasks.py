"""Celery's way into moderation."""

from celery import shared_task

from community.moderation.log.sealing import seal_entries


@shared_task(name="moderation.seal_audit")
def seal_audit() -> int:
    """Seal what the team did since the last time."""
    return seal_entries()
