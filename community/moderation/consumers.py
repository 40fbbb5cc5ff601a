"""The audit log hears what people with a role do."""

from collections.abc import Mapping
from typing import Any

from community.activity.models import Activity
from community.activity.registry import consumer
from community.brand.verbs import BRAND_CHANGED
from community.members.verbs import ROLE_CHANGED
from community.moderation.models import AuditEntry
from community.moderation.verbs import CASE_DECIDED, CASE_REOPENED, MEMBER_PENALISED, PENALTY_LIFTED
from community.threads.verbs import POST_EDITED, POST_STATE_CHANGED, THREAD_CHANGED


@consumer(
    CASE_DECIDED,
    CASE_REOPENED,
    MEMBER_PENALISED,
    PENALTY_LIFTED,
    ROLE_CHANGED,
    BRAND_CHANGED,
    THREAD_CHANGED,
    POST_STATE_CHANGED,
    POST_EDITED,
    hears_replays=False,
)
def write_audit(activity: Activity) -> None:
    """Write one entry per Activity of someone of the team; what members do to their own things is not audited."""
    actor = activity.actor
    by_team = actor is not None and actor.is_staff and activity.payload.get("author_id") != actor.pk
    if not by_team and activity.verb not in AuditEntry.ALWAYS:
        return
    before, after = _sides(activity.payload)
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                actor_id=activity.actor_id,
                actor_name=actor.name[:80] if actor is not None else "—",
                act=activity.verb,
                target_type=activity.target_type,
                target_pk=activity.target_pk,
                before=before,
                after=after,
                reason=str(activity.payload.get("reason", ""))[:300],
                activity_id=activity.pk,
                occurred_at=activity.occurred_at,
            )
        ],
        ignore_conflicts=True,
    )


def _sides(payload: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split a payload into what was and what is; what names neither is told as what is."""
    before = {"value": payload["before"]} if "before" in payload else {}
    after = {key: value for key, value in payload.items() if key not in ("before", "after", "reason")}
    if "after" in payload:
        after["value"] = payload["after"]
    return before, after
