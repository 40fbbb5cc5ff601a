"""What the record of a changed profile says."""

from collections.abc import Iterable, Mapping
from typing import Any

from community.activity.changes import Changed, changed_values
from community.members.models import Member


def profile_change(
    actor: Member | None, before: Mapping[str, Any], member: Member, names: Iterable[str]
) -> Changed:
    """Return what `PROFILE_CHANGED` says: what the team changed whole, what members change about themselves by name alone."""
    if actor is None or actor.pk == member.pk:
        return {"fields": sorted(names), "before": {}, "after": {}}
    return changed_values(before, member, names)
