"""Celery's way into writing."""

from celery import shared_task

from community.writing.actions import remove_orphans


@shared_task(name="writing.remove_orphan_uploads")
def remove_orphan_uploads() -> int:
    """Remove pictures that no text uses after a day."""
    return remove_orphans(actor=None)
