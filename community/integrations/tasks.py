"""Celery's way in."""

from celery import shared_task

from community.integrations import actions, upkeep


@shared_task(name="integrations.write_down_uses")
def write_down_uses() -> int:
    """Note when keys were last used."""
    return upkeep.write_down_uses()


@shared_task(name="integrations.revoke_idle_keys")
def revoke_idle_keys() -> int:
    """Close keys nobody uses."""
    return actions.revoke_idle_keys()
