"""Who may move points by hand and change what earns them."""

from django.utils.translation import gettext as _

from community.members.models import Member
from community.members.permissions import can_take_part
from community.verdict import YES, Verdict, no
from rewards.points.models import REVIEW_SCOPE, Hold


def can_adjust_points(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may correct the points of `member`: community managers, and never their own."""
    if not actor.is_at_least("manager"):
        return no("managers_only", _("Only community managers correct points."))
    if actor.pk == member.pk:
        return no("own_points", _("Another manager has to correct your points."))
    return YES


def can_change_rules(actor: Member) -> Verdict:
    """Whether `actor` may change, pause or resume earning rules."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers change what earns points."))


def can_settle_hold(actor: Member, hold: Hold) -> Verdict:
    """Whether `actor` may spend or let go of points that are held: the member's own, or a community manager."""
    if actor.pk == hold.member_id:
        if hold.scope == REVIEW_SCOPE:
            return no("held_back", _("A person of the team looks at these points. You can answer them."))
        return can_take_part(actor)
    if actor.is_at_least("manager"):
        return YES
    return no("not_yours", _("These points are held for someone else."))


def can_spend(actor: Member) -> Verdict:
    """Whether `actor` may spend points of their own."""
    return can_take_part(actor)
