"""Writing down in the log that badges were given and taken back."""

from collections.abc import Sequence

from django.utils import timezone

from community.activity.record import Happening, record_many
from community.activity.registry import Verb
from community.members.models import Member
from rewards.badges.models import Award, Badge
from rewards.badges.verbs import BADGE_AWARDED, BADGE_REVOKED


def tell_awarded(
    badge: Badge, given: Sequence[tuple[Award, bool, bool]], *, actor: Member | None = None
) -> None:
    """Record awards: each with whether it was had before, and whether it is history that stays quiet."""
    for wanted in (False, True):
        happenings = [
            _happening(BADGE_AWARDED, badge, award, actor, value=award.value, again=again)
            for award, again, quiet in given
            if quiet is wanted
        ]
        if happenings:
            record_many(happenings, quiet=wanted)


def tell_revoked(
    badge: Badge, taken: Sequence[tuple[Award, bool]], *, reason: str, actor: Member | None = None
) -> None:
    """Record awards that were taken back."""
    for wanted in (False, True):
        happenings = [
            _happening(BADGE_REVOKED, badge, award, actor, reason=reason)
            for award, quiet in taken
            if quiet is wanted
        ]
        if happenings:
            record_many(happenings, quiet=wanted)


def _happening(verb: Verb, badge: Badge, award: Award, actor: Member | None, **more: object) -> Happening:
    return Happening(
        verb=verb,
        actor_id=actor.pk if actor else None,
        target_type=Award._meta.label_lower,
        target_pk=award.pk,
        payload={"badge": badge.key, "name": badge.name, "member_id": award.member_id, **more},
        occurred_at=timezone.now(),
    )
