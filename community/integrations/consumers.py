"""What is written down when a door for programs opens or closes."""

from community.activity.models import Activity
from community.activity.registry import consumer
from community.integrations.verbs import (
    API_KEY_CREATED,
    API_KEY_REVOKED,
    EMBED_ORIGIN_ADDED,
    EMBED_ORIGIN_REMOVED,
)
from community.moderation.audit import write_entry


@consumer(API_KEY_CREATED, API_KEY_REVOKED, EMBED_ORIGIN_ADDED, EMBED_ORIGIN_REMOVED, hears_replays=False)
def audit_doors(activity: Activity) -> None:
    """Write it into the audit log."""
    write_entry(activity)
