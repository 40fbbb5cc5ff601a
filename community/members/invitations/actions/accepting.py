"""Coming by an invitation."""

from django.db import transaction
from django.utils import timezone

from community.activity.models import Activity
from community.activity.record import record
from community.members.groups.actions.joining import put_in
from community.members.invitations.addresses import digest_of
from community.members.invitations.permissions import can_invite_into, fits, standing
from community.members.invitations.verbs import INVITATION_ACCEPTED
from community.members.models import (
    Invitation,
    InvitationUse,
    MailWanted,
    Member,
    Source,
    UninvitedAddress,
)
from community.members.permissions import can_keep
from community.members.verbs import MEMBER_JOINED


@transaction.atomic
def accept_invitation(*, actor: Member, invitation: Invitation) -> InvitationUse:
    """Use an invitation, once per member: called in the transaction that makes the account, so that both happen or neither.

    Uses are counted under a lock: parallel newcomers get exactly as many places as there are. Raises `Refused` with the
    reason when it no longer stands or is for somebody else. What it opens is granted when they have joined
    (`grant_invitations`), so no gate of joining is passed by it.
    """
    if actor.is_suspended:
        can_keep(actor).require()
    row = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("inviter", "group")
        .get(pk=invitation.pk)
    )
    known = InvitationUse.objects.filter(invitation=row, member=actor).first()
    if known is not None:
        return known
    standing(row).require()
    fits(row, actor.email).require()
    row.use_count += 1
    row.save(update_fields=["use_count"])
    use = InvitationUse.objects.create(invitation=row, member=actor)
    payload = {
        "member_id": actor.pk,
        "inviter_id": row.inviter_id,
        "name": actor.name,
        "handle": actor.handle,
    }
    record(INVITATION_ACCEPTED, actor=actor, target=row, payload=payload)
    return use


@transaction.atomic
def grant_invitations(*, actor: None, member: Member) -> int:
    """Give a member what their invitations open, as soon as they have really joined. Returns how many were granted.

    A group opens only while whoever invited may still let people in.
    """
    joined = Activity.objects.filter(
        verb=MEMBER_JOINED.name, target_type=Member._meta.label_lower, target_pk=member.pk
    )
    if not member.is_active or not joined.exists():
        return 0
    waiting = InvitationUse.objects.select_for_update(of=("self",)).filter(member=member, granted_at=None)
    uses = list(waiting.select_related("invitation__inviter", "invitation__group").order_by("pk"))
    for use in uses:
        _let_in(member, use.invitation)
        use.granted_at = timezone.now()
        use.save(update_fields=["granted_at"])
    return len(uses)


def _let_in(member: Member, invitation: Invitation) -> None:
    inviter, group = invitation.inviter, invitation.group
    if inviter is None or group is None or invitation.revoked_at is not None:
        return
    if inviter.is_active and can_invite_into(inviter, group):
        put_in(inviter, group, member, Source.INVITATION)


@transaction.atomic
def decline_invitation(*, actor: None, invitation: Invitation) -> None:
    """Say no for the address an invitation was sent to: it ends, and nobody's invitation is sent there again."""
    if not invitation.email:
        return
    Invitation.objects.filter(pk=invitation.pk, use_count=0, declined_at=None).update(
        declined_at=timezone.now(), mail=MailWanted.NONE
    )
    UninvitedAddress.objects.get_or_create(digest=digest_of(invitation.email))
