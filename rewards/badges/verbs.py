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


class NominationMade(TypedDict):
    """A member proposed another (`member_id`) for a badge, in these words."""

    badge: str
    name: str
    member_id: int
    words: str


class NominationAnswered(TypedDict):
    """Whether the badge was given, and the word to whoever proposed it."""

    badge: str
    name: str
    member_id: int
    proposer_id: int
    accepted: bool
    answer: str


class BadgeCarried(TypedDict):
    """Which badge its holder carried away as a signed credential."""

    badge: str
    name: str


class BadgeChanged(Changed):
    """Staff created or changed a badge; `fields` by name, from what and to what."""

    badge: str


BADGE_AWARDED = verb("badge.awarded", BadgeAwarded, "A member earned or was given a badge.")
BADGE_REVOKED = verb("badge.revoked", BadgeRevoked, "A badge was taken back from a member.")
BADGE_CHANGED = verb("badge.changed", BadgeChanged, "Staff created or changed a badge.")
NOMINATION_MADE = verb("badge.nominated", NominationMade, "A member proposed another for a badge.")
NOMINATION_ANSWERED = verb(
    "badge.nomination_answered", NominationAnswered, "A manager gave the badge that was proposed, or did not."
)
BADGE_CARRIED = verb("badge.carried", BadgeCarried, "A member carried a badge away as a signed credential.")
