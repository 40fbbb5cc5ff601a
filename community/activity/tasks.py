"""Celery's way into the spine."""

from celery import shared_task

from community.activity import relay
from community.activity.doorbell import hear_doorbell


@shared_task(name="activity.deliver_due")
def deliver_due() -> int:
    """Deliver what is due. Rung by the doorbell."""
    hear_doorbell()
    return relay.deliver_due()


@shared_task(name="activity.sweep")
def sweep() -> int:
    """Deliver what is due. Rung by the clock, so that a lost doorbell costs seconds only."""
    return relay.deliver_due()
