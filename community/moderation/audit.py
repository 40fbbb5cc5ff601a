"""Writing down what people of the team did. Features above this one let their own consumers call it."""

from collections.abc import Mapping
from typing import Any

from community.activity.models import Activity
from community.moderation.models import AuditEntry


def write_entry(activity: Activity) -> None:
    """Write one entry for an Activity of someone of the team; what members do to their own things is not audited."""
    actor = activity.actor
    by_team = actor is not None and actor.is_staff and not _is_their_own(activity)
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
                reason=str(activity.payload.get("reason") or activity.payload.get("memo") or "")[:300],
                activity_id=activity.pk,
                occurred_at=activity.occurred_at,
            )
        ],
        ignore_conflicts=True,
    )


def _sides(payload: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split a payload into what was and what is; what names neither is told as what is."""
    before = _side(payload, "before")
    after = {key: value for key, value in payload.items() if key not in ("before", "after", "reason")}
    what = _side(payload, "after")
    # Where each field says what it is, their names alone say nothing more.
    if what and set(after.get("fields") or ()) <= set(what):
        after.pop("fields", None)
    return before, {**after, **what}


def _side(payload: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return one side: several things by name, or one as `value`."""
    if name not in payload:
        return {}
    held = payload[name]
    return dict(held) if isinstance(held, dict) else {"value": held}


def _is_their_own(activity: Activity) -> bool:
    """Whether somebody of the team did it to their own words or account, as any member may."""
    if activity.payload.get("author_id") == activity.actor_id:
        return True
    return activity.target_type == "members.member" and activity.target_pk == activity.actor_id
