"""Who may do what to an account."""

import datetime as dt

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from community.members import limits
from community.members.models import Member, Role
from community.members.roles import ROLES
from community.verdict import YES, Verdict, no


def can_keep(actor: Member) -> Verdict:
    """Whether a member may note what only they see, such as a bookmark or a thread they want to hear nothing of."""
    if not actor.is_active:
        return no("account_closed", _("This account is closed."))
    if actor.is_suspended:
        return no(
            "suspended",
            _("Your account is paused until %(day)s. You can answer the message we sent you.")
            % {"day": _day(actor.suspended_until)},
        )
    return YES


def can_take_part(actor: Member) -> Verdict:
    """Whether a member may write at all: the first question of every action that shows something to others."""
    verdict = can_keep(actor)
    if verdict and actor.is_silenced:
        return no(
            "silenced",
            _("You can read, but not write until %(day)s. You can answer the message we sent you.")
            % {"day": _day(actor.silenced_until)},
        )
    return verdict


def _day(moment: dt.datetime | None) -> str:
    """Return the day of a moment in the words and the time zone of its reader."""
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")


def can_edit_profile(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may change the profile of `member`."""
    if actor.pk == member.pk:
        return can_keep(actor)
    if actor.is_at_least("manager") and member.role != Role.ADMIN:
        return YES
    return no("not_yours", _("Only the member can change this profile."))


def can_change_role(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may change what `member` may do: administrators, and never their own role."""
    if not actor.is_at_least("admin") or actor.pk == member.pk:
        return no("role_fixed", _("Only another administrator can change this role."))
    return YES


def can_name_team(actor: Member) -> Verdict:
    """Whether `actor` may say who works for the brand."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers name the team."))


def outranks(actor: Member, member: Member) -> Verdict:
    """Whether the role of `actor` is above that of `member`: what is done to people is done to those below oneself."""
    if ROLES.index(member.role) < ROLES.index(actor.role):
        return YES
    return no("role_too_high", _("Only someone with a higher role can do this to a member of the team."))


def can_follow(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may follow `member`."""
    if actor.pk == member.pk:
        return no("follow_self", _("You already hear about your own posts."))
    return can_take_part(actor)


def can_block(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may block `member`. People of the team must be able to reach everyone."""
    if actor.pk == member.pk:
        return no("block_self", _("You cannot block yourself."))
    if member.is_staff:
        return no("block_team", _("People of the team cannot be blocked: they must be able to reach you."))
    return YES if actor.is_active and not actor.is_suspended else can_take_part(actor)


def can_ignore(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may ignore `member`: who has been here for a while, and nobody of the team."""
    if actor.pk == member.pk:
        return no("ignore_self", _("You cannot ignore yourself."))
    if member.is_staff:
        return no("ignore_team", _("People of the team cannot be ignored: they must be able to reach you."))
    least = limits.IGNORE_FROM()
    if actor.trust_level < least and not actor.is_staff:
        return no(
            "ignore_trust",
            _("Ignoring is for members of trust level %(n)d and above. You can block somebody at any time.")
            % {"n": least},
        )
    return YES if actor.is_active and not actor.is_suspended else can_take_part(actor)


def can_read_profile(viewer: Member | None, member: Member) -> bool:
    """Whether `viewer` sees more of a profile than name and portrait: a member may keep the rest to themselves and staff."""
    if not member.hides_profile:
        return True
    return viewer is not None and (viewer.pk == member.pk or viewer.is_at_least("moderator"))


def can_see_follows(viewer: Member | None, member: Member) -> bool:
    """Whether `viewer` may see whom a member follows, and who follows them."""
    own = viewer is not None and viewer.pk == member.pk
    return own or (member.shows_follows and can_read_profile(viewer, member))


def can_keep_doors(actor: Member) -> Verdict:
    """Whether `actor` may say who joins and how people sign in."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers change the doors."))


def can_admit(actor: Member) -> Verdict:
    """Whether `actor` may let newcomers in who wait for it."""
    if actor.is_at_least("moderator"):
        return YES
    return no("team_only", _("Only the team lets newcomers in."))
