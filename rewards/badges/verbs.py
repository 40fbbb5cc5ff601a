"""What can happen to badges."""

from typing import TypedDict

from community.activity.changes import Changed
from community.activity.registry import verb


class BadgeAwarded(TypedDict):
    """A member has a badge. `again` when they had it before and it had been taken back."""

    badge: str
    name: str
    member_id: int
    value: int
    again: bool


class BadgeRevoked(TypedDict):
    """A member no longer has a badge: what it counted is gone, or staff took it back."""

    badge: str
    name: str
    member_id: int
    reason: str


class BadgeChanged(Changed):
    """Staff created or changed a badge; `fields` by name, from what and to what."""

    badge: str


BADGE_AWARDED = verb("badge.awarded", BadgeAwarded, "A member earned or was given a badge.")
BADGE_REVOKED = verb("badge.revoked", BadgeRevoked, "A badge was taken back from a member.")
BADGE_CHANGED = verb("badge.changed", BadgeChanged, "Staff created or changed a badge.")
