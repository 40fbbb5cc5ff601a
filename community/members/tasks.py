"""Celery's way into members."""

from celery import shared_task

from community.members import presence
from community.members.doors.arrivals import forget_arrivals
from community.members.groups.counting import count_automatic_groups, count_groups
from community.members.invitations.actions import run_batch
from community.members.profiles import actions as profiles
from community.members.trust.actions import settle_everyone, settle_lately


@shared_task(name="members.flush_seen")
def flush_seen() -> int:
    """Write down who was here since the last time."""
    return presence.flush_seen()


@shared_task(name="members.settle_lately")
def settle_lately_seen() -> int:
    """Give those who read lately the level they have earned."""
    count_automatic_groups()
    return settle_lately(hours=3)


@shared_task(name="members.settle_everyone")
def settle_all() -> int:
    """Give everyone the level they have earned."""
    count_groups()
    return settle_everyone()


@shared_task(name="members.expire_ignores")
def expire_ignores() -> int:
    """Sweep away what members ignored for a while."""
    return profiles.expire_ignores()


@shared_task(name="members.run_batches")
def run_batches() -> int:
    """Work through some rows of a list of invitations."""
    return run_batch(actor=None)


@shared_task(name="members.forget_arrivals")
def forget_old_arrivals() -> int:
    """Forget how people joined a month ago."""
    return forget_arrivals(actor=None)
