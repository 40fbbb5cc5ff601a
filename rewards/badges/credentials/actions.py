"""Carrying a badge away."""

from django.db import transaction

from community.activity.record import record
from community.members.models import Member
from community.members.permissions import can_edit_profile
from rewards.badges import limits
from rewards.badges.credentials.documents import payload
from rewards.badges.credentials.signing import sign
from rewards.badges.models import Award, Credential
from rewards.badges.verbs import BADGE_CARRIED


def carry_badge(*, actor: Member, award: Award) -> str:
    """Return a badge that the actor holds as a signed credential. From then on anyone who has it can ask whether it holds.

    `award` came from `get_own_award_for`. Raises `Refused` or `RateLimited`.
    """
    can_edit_profile(actor, actor).require()
    limits.CARRY.spend(actor)
    return sign(payload(_credential(actor, award)))


@transaction.atomic
def _credential(actor: Member, award: Award) -> Credential:
    row, is_new = Credential.objects.get_or_create(award=award)
    if is_new:
        said = {"badge": award.badge.key, "name": award.badge.name}
        record(BADGE_CARRIED, actor=actor, target=award, payload=said)
    row.award = award
    return row
