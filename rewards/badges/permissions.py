"""Who may give and take badges by hand."""

from django.utils.translation import gettext as _

from community.members.models import Member, Role
from community.members.permissions import can_take_part
from community.verdict import YES, Verdict, no
from rewards.badges.models import Badge


def can_give_badges(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may give `member` a badge or take one back: community managers, and never their own."""
    if not actor.is_at_least("manager"):
        return no("managers_only", _("Only community managers give badges."))
    if actor.pk == member.pk:
        return no("own_badge", _("Another manager has to do that for you."))
    if member.role != Role.MEMBER:
        return no("staff_earn_nothing", _("People of the team do not collect badges."))
    return YES


def can_nominate(actor: Member, badge: Badge, member: Member) -> Verdict:
    """Whether `actor` may propose `member` for a badge: whoever takes part, another member, for badges that are open to it."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if not (badge.is_active and badge.takes_nominations):
        return no("not_proposed", _("Nobody is proposed for this badge."))
    if actor.pk == member.pk:
        return no("own_nomination", _("Propose somebody else: praise is for others to give."))
    if member.role != Role.MEMBER or not member.is_active:
        return no("staff_earn_nothing", _("People of the team do not collect badges."))
    return YES


def can_change_badges(actor: Member) -> Verdict:
    """Whether `actor` may create and change badges."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers change badges."))
