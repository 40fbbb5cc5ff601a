"""Celery's way in."""

from celery import shared_task

from community.integrations import actions, upkeep
from community.integrations.webhooks import replaying, sending


@shared_task(name="integrations.write_down_uses")
def write_down_uses() -> int:
    """Note when keys were last used."""
    return upkeep.write_down_uses()


@shared_task(name="integrations.revoke_idle_keys")
def revoke_idle_keys() -> int:
    """Close keys nobody uses."""
    return actions.revoke_idle_keys()


@shared_task(name="integrations.send_webhooks")
def send_webhooks() -> int:
    """Send what is due to endpoints."""
    return sending.send_due()


@shared_task(name="integrations.replay_webhooks")
def replay_webhooks() -> int:
    """Queue the next part of spans that are sent again."""
    return replaying.go_on()
