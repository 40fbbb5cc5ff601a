"""Who may do what with a group. Callers obtained it through `queries`, so that it is visible was asked already."""

from django.utils.translation import gettext as _

from community.members.models import Audience, Callers, Group, GroupMembership, JoinMode, Member, rules_met
from community.members.permissions import can_take_part
from community.verdict import YES, Verdict, no


def membership_of(group: Group, member: Member | None) -> GroupMembership | None:
    """Return the place of a member in a group; in an automatic one it is read off the member and never stored."""
    if member is None:
        return None
    if group.rule:
        return GroupMembership(group=group, member=member) if group.rule in rules_met(member) else None
    return GroupMembership.objects.filter(group=group, member=member).first()


def can_come_and_go(group: Group) -> Verdict:
    """Whether anybody comes into `group` or leaves it by a decision."""
    if group.rule:
        return no(
            "group_automatic", _("This group keeps itself: who is in it follows from roles and trust levels.")
        )
    return YES


def can_manage_groups(actor: Member) -> Verdict:
    """Whether `actor` may create, change and delete groups."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers create and change groups."))


def can_lead_group(actor: Member, group: Group) -> Verdict:
    """Whether `actor` may decide who is in a group: its owners, and managers."""
    verdict = can_take_part(actor)
    if not verdict or actor.is_at_least("manager"):
        return verdict
    if GroupMembership.objects.filter(group=group, member=actor, is_owner=True).exists():
        return YES
    return no("group_owners_only", _("Only owners of this group and community managers decide who is in it."))


def can_join(actor: Member, group: Group) -> Verdict:
    """Whether `actor` may come into a group by themselves."""
    verdict = can_take_part(actor) and can_come_and_go(group)
    if not verdict or group.join_mode == JoinMode.OPEN:
        return verdict
    if group.join_mode == JoinMode.REQUEST:
        return no("group_on_request", _("People join this group on request."))
    return no("group_by_invitation", _("People join this group by invitation."))


def can_ask(actor: Member, group: Group) -> Verdict:
    """Whether `actor` may ask to come into a group."""
    verdict = can_take_part(actor) and can_come_and_go(group)
    if verdict and group.join_mode != JoinMode.REQUEST:
        return no("group_no_requests", _("This group takes no requests."))
    return verdict


def can_see_people(viewer: Member | None, group: Group) -> bool:
    """Whether `viewer` may read who is in a group."""
    return shows_people(group, viewer, is_inside=membership_of(group, viewer) is not None)


def shows_people(group: Group, viewer: Member | None, *, is_inside: bool) -> bool:
    """Whether a group shows who is in it to a viewer who is inside or not."""
    shown = group.members_visibility
    if shown == Audience.EVERYONE or (viewer is not None and viewer.is_at_least("moderator")):
        return True
    if viewer is None or shown == Audience.STAFF:
        return False
    return is_inside or shown == Audience.MEMBERS


def can_call(actor: Member, group: Group) -> bool:
    """Whether `actor` may call everyone in a group by writing its name. The group is one they see."""
    if actor.is_at_least("moderator") or group.callers == Callers.MEMBERS:
        return True
    if group.callers == Callers.NOBODY:
        return False
    place = membership_of(group, actor)
    return place is not None and (place.is_owner or group.callers == Callers.GROUP)
