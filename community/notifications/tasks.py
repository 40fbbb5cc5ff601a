"""Celery's way into the mail and the notices to browsers."""

from celery import shared_task

from community.notifications.mail import answering, collecting, invitations, sending
from community.notifications.mail.planning import plan_digests
from community.notifications.push import sending as push_sending
from community.notifications.push.settling import remove_left_behind
from community.notifications.retention import heal_counts


@shared_task(name="notifications.send_due")
def send_due() -> int:
    """Send what is due. Rung by the clock, and by the doorbell for what cannot wait."""
    return sending.send_due()


@shared_task(name="notifications.send_push")
def send_push() -> int:
    """Send to browsers what is due. Rung by the clock, and by the doorbell when somebody waits for it."""
    return push_sending.send_due_push()


@shared_task(name="notifications.tidy_browsers")
def tidy_browsers() -> int:
    """Forget browsers where the member signed out, and those of closed and suspended accounts."""
    return remove_left_behind()


@shared_task(name="notifications.plan_digests")
def plan() -> int:
    """Plan the digests that are due."""
    return plan_digests()


@shared_task(name="notifications.read_inbound")
def read_inbound() -> int:
    """Read mail that came in. Rung by the clock, and by the doorbell when some arrives."""
    return answering.read_inbound()


@shared_task(name="notifications.fetch_mail")
def fetch_mail() -> int:
    """Look into the mailbox, where there is one."""
    return collecting.fetch_mail()


@shared_task(name="notifications.heal_counts")
def heal() -> int:
    """Set the counts at the bell right where they drifted."""
    return heal_counts()


@shared_task(name="notifications.send_invitations")
def send_invitations() -> int:
    """Send the letters of invitation that are due."""
    return invitations.send_invitations()
