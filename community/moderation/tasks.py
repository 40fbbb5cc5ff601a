"""Celery's way into moderation."""

from celery import shared_task

from community.moderation.actions import close_moot_cases
from community.moderation.actions.ending import end_due_penalties
from community.moderation.log.sealing import seal_entries


@shared_task(name="moderation.ask_checker")
def ask_outside() -> int:
    """Ask the outside checker about new texts of new members, where there is one."""
    # It needs the way out, which nothing else of moderation does.
    from community.moderation.spam.asking import ask_checker

    return ask_checker()


@shared_task(name="moderation.end_penalties", soft_time_limit=50, time_limit=60)
def end_penalties() -> int:
    """Write down which penalties ended by themselves."""
    return end_due_penalties()


@shared_task(name="moderation.seal_audit")
def seal_audit() -> int:
    """Seal what the team did since the last time."""
    return seal_entries()


@shared_task(name="moderation.close_moot")
def close_moot() -> int:
    """End cases about what is not there any more."""
    return close_moot_cases(actor=None)
