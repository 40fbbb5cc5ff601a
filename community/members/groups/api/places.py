"""Who is in a group, and the caller's own place."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import NotFound
from community.members.groups import actions, queries
from community.members.groups.api.shapes import GroupMetOut, GroupOwnerIn, GroupPlaceOut, GroupPlacePageOut
from community.members.groups.permissions import can_lead_group, can_see_people
from community.members.models import Member, people_by
from community.members.queries import get_member_for
from community.rest.inputs import read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.switches import Switch, switch
from community.rest.views import ApiView, actor_of, viewer_of

FIRST_IN = Order("added", ("id",), falling=False)


class GroupPeople(ApiView):
    """Who is in a group."""

    scopes: ClassVar = {"GET": "groups:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listGroupMembers", tags=["Groups"], parameters=[PageIn], responses=GroupPlacePageOut
    )
    def get(self, request: Request, slug: str) -> Response:
        """List who is in a group, the first first. Absent to whoever may not read it."""
        viewer = viewer_of(request)
        group = queries.get_group_for(viewer, slug)
        if not can_see_people(viewer, group):
            raise NotFound()
        page = read_query(request, PageIn)
        if group.rule:
            return page_of(request, people_by(group.rule), FIRST_IN, GroupMetOut, **page)
        return page_of(request, queries.people_in(group), FIRST_IN, GroupPlaceOut, **page)


class GroupPlace(ApiView):
    """Somebody's place in a group."""

    scopes: ClassVar = {"PUT": "groups:write", "DELETE": "groups:write"}
    least: ClassVar = {"PUT": "manager"}

    @extend_schema(
        operation_id="putIntoGroup", tags=["Groups"], request=GroupOwnerIn, responses=GroupPlaceOut
    )
    def put(self, request: Request, slug: str, handle: str) -> Response:
        """Put a member into a group without asking, and say whether they look after it."""
        actor = actor_of(request)
        group, member = queries.get_group_for(actor, slug), get_member_for(actor, handle)
        asked = read_body(request, GroupOwnerIn)
        actions.add_to_group(actor=actor, group=group, member=member)
        place = actions.set_owner(actor=actor, group=group, member=member, **asked)
        return Response(GroupPlaceOut(place).data)

    @extend_schema(operation_id="takeOutOfGroup", tags=["Groups"], responses={204: None})
    def delete(self, request: Request, slug: str, handle: str) -> Response:
        """Take a member out of a group: its owners and managers."""
        actor = actor_of(request)
        group = queries.get_group_for(actor, slug)
        can_lead_group(actor, group).require()
        actions.remove_from_group(actor=actor, group=group, member=get_member_for(actor, handle))
        return Response(status=204)


@switch(
    "Groups",
    on=("joinGroup", "Join an open group. Joining twice changes nothing."),
    off=("leaveGroup", "Leave a group."),
)
class MyPlace(Switch):
    """Whether the caller is in a group."""

    scopes: ClassVar = {"PUT": "groups:write", "DELETE": "groups:write"}

    def turn(self, actor: Member, on: bool, **place: Any) -> None:
        """Join or leave."""
        act = actions.join_group if on else actions.leave_group
        act(actor=actor, group=queries.get_group_for(actor, place["slug"]))


class MyOwnership(ApiView):
    """Whether the caller looks after a group."""

    scopes: ClassVar = {"DELETE": "groups:write"}

    @extend_schema(operation_id="stepDownFromGroup", tags=["Groups"], responses={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        """Stay in a group and look after it no longer. The team is told when nobody else does."""
        actor = actor_of(request)
        group = queries.get_group_for(actor, slug)
        actions.set_owner(actor=actor, group=group, member=actor, is_owner=False)
        return Response(status=204)
