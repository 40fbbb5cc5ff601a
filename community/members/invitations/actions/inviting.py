"""Making invitations and taking them back."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members.invitations import limits
from community.members.invitations.addresses import is_uninvited
from community.members.invitations.permissions import can_invite, can_invite_into, can_revoke
from community.members.invitations.places import name_of_place
from community.members.invitations.verbs import INVITATION_MADE, INVITATION_REVOKED
from community.members.models import Group, Invitation, MailWanted, Member
from community.writing.lines import one_line


@transaction.atomic
def invite_by_link(
    *, actor: Member, uses: int = 1, group: Group | None = None, landing: str = "", message: str = ""
) -> Invitation:
    """Make a link by which so many may join. Raises `Refused`, `RateLimited` or `Invalid`."""
    _allow(actor, group)
    most = limits.STAFF_LINK_USES() if actor.is_at_least("moderator") else limits.LINK_USES()
    if not 1 <= uses <= most:
        sentence = _("A link of yours can be used by at most %(n)d people.") % {"n": most}
        raise Invalid("invitation_uses", sentence, fields={"uses": sentence})
    return _make(actor, Invitation(most_uses=uses), group, landing, message)


@transaction.atomic
def invite_by_mail(
    *, actor: Member, email: str, group: Group | None = None, landing: str = "", message: str = ""
) -> Invitation:
    """Send somebody an invitation that is for their address alone; what was sent to it before and still stands is taken back.

    Whether there is an account with that address is not told: then its letter says so to its owner. Raises `Refused`,
    `RateLimited` or `Invalid`.
    """
    _allow(actor, group)
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError as error:
        sentence = _("Enter an e-mail address such as name@example.org.")
        raise Invalid("invitation_email", sentence, fields={"email": sentence}) from error
    before = Invitation.objects.filter(
        inviter=actor, email__iexact=email, use_count=0, revoked_at=None, expires_at__gt=timezone.now()
    )
    before.update(revoked_at=timezone.now())
    # Who asked to be left alone is: nobody learns that they did.
    mail = MailWanted.NONE if is_uninvited(email) else MailWanted.QUEUED
    return _make(actor, Invitation(email=email, mail=mail), group, landing, message)


@transaction.atomic
def revoke_invitation(*, actor: Member, invitation: Invitation) -> None:
    """Take an invitation back. Who came by it stays. Doing it twice changes nothing."""
    can_revoke(actor, invitation).require()
    changed = Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(
        revoked_at=timezone.now(), mail=MailWanted.NONE
    )
    if changed:
        payload = {"inviter_id": invitation.inviter_id}
        record(INVITATION_REVOKED, actor=actor, target=invitation, payload=payload)


def _allow(actor: Member, group: Group | None) -> None:
    can_invite(actor).require()
    if group is not None:
        can_invite_into(actor, group).require()
    limits.INVITE.spend(actor)


def _make(
    actor: Member, invitation: Invitation, group: Group | None, landing: str, message: str
) -> Invitation:
    invitation.inviter, invitation.group, invitation.wants_group = actor, group, group is not None
    invitation.landing = check_landing(actor, landing)
    invitation.message = one_line(message)[: limits.MESSAGE_LENGTH]
    invitation.expires_at = timezone.now() + limits.LASTS.span()
    invitation.mail_due_at = timezone.now() if invitation.mail == MailWanted.QUEUED else None
    invitation.save()
    payload = {
        "uses": invitation.most_uses,
        "by_mail": bool(invitation.email),
        "group_id": group.pk if group else None,
    }
    record(INVITATION_MADE, actor=actor, target=invitation, payload=payload)
    return invitation


def check_landing(actor: Member, landing: str) -> str:
    """Return where an invitation leads, empty for the home. Raises `Invalid` for what its inviter cannot see."""
    landing = landing.strip()
    if landing and (len(landing) > 200 or name_of_place(actor, landing) is None):
        sentence = _("Give the address of a thread or a space you can read, such as /s/help/.")
        raise Invalid("invitation_landing", sentence, fields={"landing": sentence})
    return landing
