"""Tiers by invitation: making one, inviting to it with a reason, ending that with another."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.groups.actions import add_to_group, create_group, remove_from_group
from community.members.models import Audience, Member
from rewards.tiers.models import Invitation, InvitedTier, TierMove, Why
from rewards.tiers.permissions import can_change_tiers, can_invite_to_tier
from rewards.tiers.verbs import INVITED_TIER_CHANGED, TIER_INVITED, TIER_UNINVITED

INVITED_FIELDS = ("name", "about")
SHORTEST_REASON = 10


@transaction.atomic
def save_invited_tier(*, actor: Member, tier: InvitedTier, changes: Mapping[str, Any]) -> InvitedTier:
    """Make a tier by invitation (one without a primary key) or change it (keys from `INVITED_FIELDS`).

    Raises `Refused` or `Invalid`.
    """
    can_change_tiers(actor).require()
    unknown = set(changes) - set(INVITED_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a tier by invitation: {sorted(unknown)}")
    fresh = tier if tier.pk is None else InvitedTier.objects.select_for_update().get(pk=tier.pk)
    before = values_of(fresh)
    differing = [name for name, value in changes.items() if fresh.pk is None or getattr(fresh, name) != value]
    for name in differing:
        setattr(fresh, name, changes[name])
    try:
        fresh.full_clean()
    except ValidationError as error:
        fields = {name: " ".join(sentences) for name, sentences in error.message_dict.items()}
        raise Invalid("tier_unusable", _("Some fields need another look."), fields=fields) from error
    if fresh.pk is None:
        values = {
            "name": f"{fresh.name} {secrets.token_hex(3)}",
            "visibility": Audience.STAFF,
            "members_visibility": Audience.STAFF,
        }
        fresh.group = create_group(actor=actor, values=values)
    if differing:
        fresh.save()
        said = changed_values(before, fresh, differing)
        record(INVITED_TIER_CHANGED, actor=actor, target=fresh, payload={"tier": fresh.name, **said})
    return fresh


@transaction.atomic
def invite_to_tier(*, actor: Member, tier: InvitedTier, member: Member, reason: str) -> Invitation:
    """Put a member into a tier by invitation, with a reason they read. Raises `Refused`, `Invalid` or `Conflict`."""
    can_invite_to_tier(actor, member).require()
    words = _check_reason(reason)
    InvitedTier.objects.select_for_update().get(pk=tier.pk)
    if Invitation.objects.filter(tier=tier, member=member, ended_at=None).exists():
        raise Conflict("invited_already", _("They are in this tier already."))
    invitation = Invitation.objects.create(tier=tier, member=member, reason=words, given_by=actor)
    add_to_group(actor=actor, group=tier.group, member=member)
    TierMove.objects.create(member=member, after=tier.name, why=Why.GIVEN, reason=words, actor=actor)
    record(TIER_INVITED, actor=actor, target=invitation, payload=_payload(invitation, words))
    return invitation


@transaction.atomic
def end_invitation(*, actor: Member, invitation: Invitation, reason: str) -> Invitation:
    """Take a member out of a tier by invitation, with a reason they read. Raises `Refused`, `Invalid` or `Conflict`."""
    can_invite_to_tier(actor, invitation.member).require()
    words = _check_reason(reason)
    held = Invitation.objects.select_for_update(of=("self",)).select_related("tier__group", "member")
    fresh = held.get(pk=invitation.pk)
    if fresh.ended_at is not None:
        raise Conflict("ended_already", _("This has ended already."))
    fresh.ended_at, fresh.ended_by, fresh.end_reason = timezone.now(), actor, words
    fresh.save(update_fields=["ended_at", "ended_by", "end_reason"])
    remove_from_group(actor=actor, group=fresh.tier.group, member=fresh.member)
    TierMove.objects.create(
        member=fresh.member, before=fresh.tier.name, why=Why.TAKEN, reason=words, actor=actor
    )
    record(TIER_UNINVITED, actor=actor, target=fresh, payload=_payload(fresh, words))
    return fresh


def _payload(invitation: Invitation, reason: str) -> dict[str, Any]:
    return {"member_id": invitation.member_id, "name": invitation.tier.name, "reason": reason}


def _check_reason(reason: str) -> str:
    words = " ".join(reason.split())
    if len(words) < SHORTEST_REASON:
        sentence = _("Say in a sentence why; the member reads it.")
        raise Invalid("reason_needed", sentence, fields={"reason": sentence})
    return words[:300]
