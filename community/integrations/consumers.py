"""What is written down when a door for programs opens or closes, and what goes to the brand's own systems."""

from community.activity.models import Activity
from community.activity.registry import batch_for, consumer, on_demand
from community.integrations.verbs import (
    API_KEY_CREATED,
    API_KEY_REVOKED,
    EMBED_ORIGIN_ADDED,
    EMBED_ORIGIN_REMOVED,
    WEBHOOK_ADDED,
    WEBHOOK_CHANGED,
    WEBHOOK_REMOVED,
    WEBHOOK_REPLAYED,
    WEBHOOK_SECRET_RENEWED,
    WEBHOOK_TURNED_OFF,
    WEBHOOK_TURNED_ON,
)
from community.integrations.webhooks.listening import queue_messages
from community.moderation.audit import write_entry


@consumer(API_KEY_CREATED, API_KEY_REVOKED, EMBED_ORIGIN_ADDED, EMBED_ORIGIN_REMOVED, hears_replays=False)
def audit_doors(activity: Activity) -> None:
    """Write it into the audit log."""
    write_entry(activity)


@consumer(
    WEBHOOK_ADDED,
    WEBHOOK_CHANGED,
    WEBHOOK_SECRET_RENEWED,
    WEBHOOK_TURNED_ON,
    WEBHOOK_TURNED_OFF,
    WEBHOOK_REMOVED,
    WEBHOOK_REPLAYED,
    hears_replays=False,
)
def audit_webhooks(activity: Activity) -> None:
    """Write it into the audit log."""
    write_entry(activity)


@on_demand
def queue_webhooks(activity: Activity) -> None:
    """Queue what endpoints want to hear. It asks for verbs only while an endpoint is in use."""
    queue_messages([activity])


@batch_for(queue_webhooks)
def queue_webhooks_of(activities: list[Activity]) -> None:
    """The same for many, by as many statements."""
    queue_messages(activities)
