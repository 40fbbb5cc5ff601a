"""Celery's way into the mail."""

from celery import shared_task

from community.notifications.mail import sending
from community.notifications.mail.planning import plan_digests
from community.notifications.retention import heal_counts, purge_old


@shared_task(name="notifications.send_due")
def send_due() -> int:
    """Send what is due. Rung by the clock, and by the doorbell for what cannot wait."""
    return sending.send_due()


@shared_task(name="notifications.plan_digests")
def plan() -> int:
    """Plan the digests that are due."""
    return plan_digests()


@shared_task(name="notifications.purge")
def purge() -> int:
    """Delete notices and mail kept long enough, and heal counts."""
    heal_counts()
    return purge_old()
