"""Reading groups: those a viewer may know of, their pages, and who is in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils import timezone

from community.errors import NotFound
from community.members.groups.permissions import (
    can_ask,
    can_call,
    can_join,
    can_lead_group,
    can_see_people,
    membership_of,
    shows_people,
)
from community.members.models import AskState, Group, GroupAsk, GroupMembership, Member, people_by, rules_met

PEOPLE = 60
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """Groups a viewer may know of, their own first, and what they were invited to."""

    mine: list[Group]
    others: list[Group]
    automatic: list[Group]
    invitations: list[GroupAsk]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One group as its viewer meets it. `people` is empty where they may not read who is in it."""

    group: Group
    place: GroupMembership | None
    invitation: GroupAsk | None
    request: GroupAsk | None
    may_join: bool
    may_ask: bool
    leads: bool
    is_looked_after: bool
    sees_people: bool
    people: list[GroupMembership]
    after: str
    requests: list[GroupAsk]
    invited: list[GroupAsk]


def get_group_for(viewer: Member | None, slug: str) -> Group:
    """Return the group at an address if `viewer` may know of it. Raises `NotFound` otherwise."""
    group = Group.objects.visible_to(viewer).filter(slug=slug.lower()).first()
    if group is None:
        raise NotFound()
    return group


def list_groups(viewer: Member | None) -> GroupsPage:
    """Return the groups `viewer` may know of."""
    found = list(Group.objects.visible_to(viewer).order_by("name")[:MOST_LISTED])
    note_counts(viewer, found)
    if viewer is None:
        return GroupsPage([], found, [], [])
    inside = set(GroupMembership.objects.filter(member=viewer).values_list("group_id", flat=True))
    waiting = GroupAsk.objects.filter(member=viewer, is_invitation=True, state=AskState.OPEN)
    return GroupsPage(
        mine=[group for group in found if group.pk in inside],
        others=[group for group in found if group.pk not in inside and not group.rule],
        automatic=[group for group in found if group.rule],
        invitations=list(waiting.select_related("group", "asked_by").order_by("-pk")),
    )


def note_counts(viewer: Member | None, groups: Sequence[Group]) -> None:
    """Note on groups how many are in them (`shown_count`), where `viewer` may read who: one statement for all."""
    inside = (
        set(
            GroupMembership.objects.filter(member=viewer, group__in=groups).values_list("group_id", flat=True)
        )
        if viewer is not None
        else set()
    )
    met = rules_met(viewer) if viewer is not None else []
    for group in groups:
        sees = shows_people(group, viewer, is_inside=group.pk in inside or group.rule in met)
        group.shown_count = group.member_count if sees else None  # type: ignore[attr-defined]


def people_in(group: Group) -> QuerySet[GroupMembership]:
    """Return who is in a group, those who can still be met, the first first."""
    rows = GroupMembership.objects.filter(group=group, member__is_active=True)
    return rows.select_related("member").order_by("pk")


def ids_in(group: Group) -> QuerySet[Any, int]:
    """Return the keys of who is in a group and can be met, the first first; also of one that keeps itself."""
    if group.rule:
        return people_by(group.rule).order_by("pk").values_list("pk", flat=True)
    return people_in(group).values_list("member_id", flat=True)


def is_looked_after(group_id: int) -> bool:
    """Whether somebody owns a group who can act: not left, not suspended."""
    return _serving(GroupMembership.objects.filter(group=group_id, is_owner=True)).exists()


def longest_in(group: Group) -> QuerySet[GroupMembership]:
    """Return who could look after a group, the longest in it first."""
    return _serving(people_in(group))


def _serving(places: QuerySet[GroupMembership]) -> QuerySet[GroupMembership]:
    free = Q(member__suspended_until=None) | Q(member__suspended_until__lte=timezone.now())
    return places.filter(free, member__is_active=True)


def get_group_page(viewer: Member | None, slug: str, after: str = "") -> GroupPage:
    """Return the page of a group. Raises `NotFound` when `viewer` may not know of it."""
    group = get_group_for(viewer, slug)
    place = membership_of(group, viewer)
    ask = open_ask(group, viewer) if viewer is not None and place is None else None
    leads = viewer is not None and bool(can_lead_group(viewer, group))
    sees = can_see_people(viewer, group)
    people, more = _people(group, after) if sees else ([], "")
    waiting = _asks(group) if leads else []
    outside = viewer is not None and place is None and ask is None
    return GroupPage(
        group=group,
        place=place,
        invitation=ask if ask is not None and ask.is_invitation else None,
        request=ask if ask is not None and not ask.is_invitation else None,
        may_join=outside and viewer is not None and bool(can_join(viewer, group)),
        may_ask=outside and viewer is not None and bool(can_ask(viewer, group)),
        leads=leads,
        is_looked_after=bool(group.rule) or is_looked_after(group.pk),
        sees_people=sees,
        people=people,
        after=more,
        requests=[one for one in waiting if not one.is_invitation],
        invited=[one for one in waiting if one.is_invitation],
    )


def open_ask(group: Group, member: Member) -> GroupAsk | None:
    """Return the request or the invitation of a member that waits."""
    return GroupAsk.objects.filter(group=group, member=member, state=AskState.OPEN).first()


def get_request_for(actor: Member, slug: str, handle: str) -> GroupAsk:
    """Return the waiting request of somebody, for whoever may answer it. Raises `NotFound` or `Refused`."""
    group = get_group_for(actor, slug)
    can_lead_group(actor, group).require()
    rows = GroupAsk.objects.filter(group=group, is_invitation=False, state=AskState.OPEN)
    ask = rows.select_related("member", "group").filter(member__handle=handle.lower()).first()
    if ask is None:
        raise NotFound()
    return ask


def groups_named(actor: Member, names: Iterable[str]) -> dict[str, Group]:
    """Return the groups `actor` may call, of some names behind an @."""
    found = Group.objects.visible_to(actor).filter(slug__in=list(names))
    return {group.slug: group for group in found if can_call(actor, group)}


def groups_called(actor: Member, begun: str, most: int) -> list[Group]:
    """Return the groups `actor` may call whose address begins like `begun`."""
    rows = Group.objects.visible_to(actor).filter(slug__startswith=begun.lower()).order_by("slug")
    return [group for group in rows[: most * 2] if can_call(actor, group)][:most]


def domains_of(member: Member) -> set[str]:
    """Return the domains of the addresses a member has confirmed. What is only claimed counts for nothing."""
    rows = EmailAddress.objects.filter(user=member, verified=True).values_list("email", flat=True)
    return {address.rpartition("@")[2].lower() for address in rows}


def _asks(group: Group) -> list[GroupAsk]:
    rows = GroupAsk.objects.filter(group=group, state=AskState.OPEN, member__is_active=True)
    return list(rows.select_related("member", "asked_by").order_by("pk")[:100])


def _people(group: Group, after: str) -> tuple[list[GroupMembership], str]:
    if group.rule:
        return _met(group, after)
    rows = people_in(group)
    if after.isdecimal() and len(after) <= 18:
        rows = rows.filter(pk__gt=int(after))
    found = list(rows[: PEOPLE + 1])
    return found[:PEOPLE], str(found[PEOPLE - 1].pk) if len(found) > PEOPLE else ""


def _met(group: Group, after: str) -> tuple[list[GroupMembership], str]:
    """Return who meets the rule of an automatic group, as places that are never stored."""
    rows = people_by(group.rule).order_by("pk")
    if after.isdecimal() and len(after) <= 18:
        rows = rows.filter(pk__gt=int(after))
    found = list(rows[: PEOPLE + 1])
    places = [GroupMembership(group=group, member=member) for member in found[:PEOPLE]]
    return places, str(found[PEOPLE - 1].pk) if len(found) > PEOPLE else ""
