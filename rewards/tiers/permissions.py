"""Who may change tiers and invite to them."""

from django.utils.translation import gettext as _

from community.members.models import Member, Role
from community.verdict import YES, Verdict, no


def can_change_tiers(actor: Member) -> Verdict:
    """Whether `actor` may rename tiers and move their thresholds."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers change tiers."))


def can_invite_to_tier(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may put `member` into a tier by invitation, or end that: community managers, and never themselves."""
    if not actor.is_at_least("manager"):
        return no("managers_only", _("Only community managers invite to tiers."))
    if actor.pk == member.pk:
        return no("own_tier", _("Another manager has to do that for you."))
    if member.role != Role.MEMBER or not member.is_active:
        return no("staff_earn_nothing", _("Tiers are for members who are here."))
    return YES
