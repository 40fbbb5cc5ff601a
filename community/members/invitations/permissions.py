"""Who may invite, and whether an invitation still stands."""

from django.utils import timezone
from django.utils.translation import gettext as _

from community.members.groups.permissions import can_come_and_go
from community.members.invitations import limits
from community.members.models import Group, Invitation, Member
from community.members.permissions import can_keep, can_take_part
from community.verdict import YES, Verdict, no


def can_invite(actor: Member) -> Verdict:
    """Whether `actor` may invite anybody: those who are trusted, and the team."""
    verdict = can_take_part(actor)
    if not verdict or actor.is_at_least("moderator"):
        return verdict
    least = limits.INVITE_FROM()
    if actor.trust_level < least:
        return no(
            "invite_trust",
            _("Inviting is for members of trust level %(n)d and above. Taking part gets you there.")
            % {"n": least},
        )
    return YES


def can_invite_into(actor: Member, group: Group) -> Verdict:
    """Whether `actor` may let people into a group by invitation."""
    if actor.is_at_least("manager"):
        return can_come_and_go(group)
    return no("group_closed", _("Only community managers invite into this group."))


def can_invite_many(actor: Member) -> Verdict:
    """Whether `actor` may invite a whole list."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers invite from a list."))


def can_revoke(actor: Member, invitation: Invitation) -> Verdict:
    """Whether `actor` may take an invitation back: whoever made it, and the team."""
    if invitation.inviter_id == actor.pk:
        return can_keep(actor)
    if actor.is_at_least("manager"):
        return YES
    return no("not_yours", _("Only who made an invitation takes it back."))


def standing(invitation: Invitation) -> Verdict:
    """Whether an invitation can be used now. It never opens more than whoever made it could open today."""
    if invitation.revoked_at is not None:
        return no("invitation_revoked", _("This invitation was taken back."))
    if invitation.declined_at is not None:
        return no("invitation_declined", _("This invitation was declined."))
    if invitation.expires_at <= timezone.now():
        return no("invitation_expired", _("This invitation has run out."))
    if invitation.use_count >= invitation.most_uses:
        return no("invitation_used_up", _("This invitation has been used."))
    inviter, group = invitation.inviter, invitation.group
    lost = inviter is None or not inviter.is_active or not can_invite(inviter)
    if not lost and inviter is not None and invitation.wants_group:
        lost = group is None or not can_invite_into(inviter, group)
    if lost:
        return no("invitation_lost", _("This invitation no longer stands. Ask for a new one."))
    return YES


def fits(invitation: Invitation, email: str) -> Verdict:
    """Whether an invitation is for this address."""
    if invitation.email and invitation.email.casefold() != email.strip().casefold():
        return no(
            "invitation_other_email",
            _("This invitation is for another e-mail address. Join with the one it was sent to."),
        )
    return YES
