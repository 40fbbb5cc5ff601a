"""Coming into a group and leaving it. Every way in ends here, so that the count and the record are right."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Refused
from community.members.groups import limits
from community.members.groups.permissions import (
    can_come_and_go,
    can_join,
    can_lead_group,
    can_manage_groups,
)
from community.members.groups.verbs import GROUP_JOINED, GROUP_LEFT, GROUP_OWNER_CHANGED
from community.members.models import AskState, Group, GroupAsk, GroupMembership, Member, Source
from community.members.permissions import can_keep


@transaction.atomic
def join_group(*, actor: Member, group: Group) -> bool:
    """Come into an open group. Joining twice changes nothing. Raises `Refused` or `RateLimited`."""
    can_join(actor, group).require()
    limits.JOIN.spend(actor)
    return put_in(actor, group, actor, Source.JOINED)


@transaction.atomic
def leave_group(*, actor: Member, group: Group) -> bool:
    """Leave a group, which is always open to whoever is in it. Leaving twice changes nothing."""
    can_come_and_go(group).require()
    limits.JOIN.spend(actor)
    return take_out(actor, group, actor)


@transaction.atomic
def add_to_group(*, actor: Member, group: Group, member: Member) -> bool:
    """Put `member` into a group: managers, without asking them. Owners invite. Raises `Refused`."""
    (can_manage_groups(actor) and can_come_and_go(group)).require()
    return put_in(actor, group, member, Source.HAND)


@transaction.atomic
def remove_from_group(*, actor: Member, group: Group, member: Member) -> bool:
    """Take `member` out of a group. Owners cannot take each other out. Raises `Refused`."""
    (can_lead_group(actor, group) and can_come_and_go(group)).require()
    place = GroupMembership.objects.filter(group=group, member=member).first()
    if place is not None and place.is_owner and not actor.is_at_least("manager") and member.pk != actor.pk:
        raise Refused("owner_stays", _("Only a community manager can take an owner out."))
    return take_out(actor, group, member)


@transaction.atomic
def set_owner(*, actor: Member, group: Group, member: Member, is_owner: bool) -> GroupMembership:
    """Let `member`, who is in the group, look after it or no longer: managers, and owners for themselves only the latter.

    Raises `Refused` or `Conflict`.
    """
    may = can_keep(actor) if actor.pk == member.pk and not is_owner else can_manage_groups(actor)
    (may and can_come_and_go(group)).require()
    place = GroupMembership.objects.select_for_update().filter(group=group, member=member).first()
    if place is None:
        raise Conflict("not_in_group", _("They are not in this group."))
    if place.is_owner != is_owner:
        payload = {"member_id": member.pk, "group": group.name, "before": place.is_owner, "after": is_owner}
        place.is_owner = is_owner
        place.save(update_fields=["is_owner"])
        record(GROUP_OWNER_CHANGED, actor=actor, target=group, payload=payload)
    return place


def put_in(actor: Member | None, group: Group, member: Member, source: str) -> bool:
    """Write a member into a group unless they are in it: two who do it at once write one row. Returns whether it was new."""
    place = GroupMembership(group=group, member=member, source=source, added_by=actor)
    # Locked first, so that the count and what waits are settled with the row.
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    if GroupMembership.objects.filter(group=group, member=member).exists():
        return False
    place.save()
    Group.objects.filter(pk=group.pk).update(member_count=F("member_count") + 1)
    waiting = GroupAsk.objects.filter(group=group, member=member, state=AskState.OPEN)
    waiting.update(state=AskState.ACCEPTED, answered_by=actor, answered_at=timezone.now())
    payload = {"member_id": member.pk, "group": group.name, "source": str(source)}
    record(GROUP_JOINED, actor=actor, target=group, payload=payload)
    return True


def take_out(actor: Member | None, group: Group, member: Member) -> bool:
    """Delete a member's place in a group. Returns whether there was one."""
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    place = GroupMembership.objects.filter(group=group, member=member).first()
    if place is None:
        return False
    place.delete()
    Group.objects.filter(pk=group.pk).update(member_count=F("member_count") - 1)
    payload = {
        "member_id": member.pk,
        "group": group.name,
        "source": place.source,
        "was_owner": place.is_owner,
    }
    record(GROUP_LEFT, actor=actor, target=group, payload=payload)
    return True
