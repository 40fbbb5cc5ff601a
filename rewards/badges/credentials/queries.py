"""What anybody may read of badges that were carried away."""

import uuid

from community.errors import NotFound
from community.members.models import Member
from rewards.badges.models import Award, Badge, Credential


def get_achievement_for(viewer: Member | None, key: str) -> Badge:
    """Return a badge that can be earned. Raises `NotFound`."""
    badge = Badge.objects.active().filter(key=key).first()
    if badge is None:
        raise NotFound()
    return badge


def get_own_award_for(viewer: Member, key: str) -> Award:
    """Return the latest award of a badge that a member holds themselves. Raises `NotFound`."""
    mine = Award.objects.standing().filter(member=viewer, badge__key=key)
    award = mine.select_related("badge", "member").order_by("-period", "-pk").first()
    if award is None:
        raise NotFound()
    return award


def get_credential_for(viewer: Member | None, number: uuid.UUID) -> Credential:
    """Return a credential by the number that only its holder gave away. Raises `NotFound`."""
    row = Credential.objects.select_related("award__badge", "award__member").filter(number=number).first()
    if row is None:
        raise NotFound()
    return row
