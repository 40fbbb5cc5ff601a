"""Celery's way into moderation."""

from celery import shared_task

from community.moderation.actions import close_moot_cases
from community.moderation.log.sealing import seal_entries


@shared_task(name="moderation.ask_checker")
def ask_outside() -> int:
    """Ask the outside checker about new texts of new members, where there is one."""
    # It needs the way out, which nothing else of moderation does.
    from community.moderation.spam.asking import ask_checker

    return ask_checker()


@shared_task(name="moderation.seal_audit")
def seal_audit() -> int:
    """Seal what the team did since the last time."""
    return seal_entries()


@shared_task(name="moderation.close_moot")
def close_moot() -> int:
    """End cases about what is not there any more."""
    return close_moot_cases(actor=None)
