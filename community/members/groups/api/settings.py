"""Groups themselves: the list, one group and its settings."""

from functools import partial
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.groups import actions, queries
from community.members.groups.api.shapes import (
    NEW,
    GroupChangeIn,
    GroupIn,
    GroupOut,
    GroupPageOut,
    GroupSettingsOut,
)
from community.members.groups.permissions import can_lead_group
from community.members.models import Group, Member
from community.rest.inputs import read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.views import ApiView, actor_of, viewer_of

BY_NAME = Order("name", ("name", "id"), falling=False)


def _shown(actor: Member, group: Group) -> Response:
    shape = GroupSettingsOut if actor.is_at_least("manager") else GroupOut
    queries.note_counts(actor, [group])
    return Response(shape(group).data)


class GroupList(ApiView):
    """All groups."""

    scopes: ClassVar = {"GET": "groups:read", "POST": "groups:write"}
    guests = ("GET",)
    least: ClassVar = {"POST": "manager"}

    @extend_schema(operation_id="listGroups", tags=["Groups"], parameters=[PageIn], responses=GroupPageOut)
    def get(self, request: Request) -> Response:
        """List the groups the caller may know of, by name."""
        viewer = viewer_of(request)
        groups = Group.objects.visible_to(viewer)
        count = partial(queries.note_counts, viewer)
        return page_of(request, groups, BY_NAME, GroupOut, prepare=count, **read_query(request, PageIn))

    @extend_schema(
        operation_id="createGroup",
        tags=["Groups"],
        request=GroupIn,
        responses={201: GroupSettingsOut},
        examples=[NEW],
    )
    def post(self, request: Request) -> Response:
        """Create a group. Unless said otherwise only those inside know of it and nobody joins by themselves."""
        actor = actor_of(request)
        group = actions.create_group(actor=actor, values=read_body(request, GroupIn))
        queries.note_counts(actor, [group])
        return Response(GroupSettingsOut(group).data, status=201)


class GroupDetail(ApiView):
    """One group."""

    scopes: ClassVar = {"GET": "groups:read", "PATCH": "groups:write", "DELETE": "groups:write"}
    guests = ("GET",)
    least: ClassVar = {"DELETE": "manager"}

    @extend_schema(operation_id="getGroup", tags=["Groups"], responses=GroupOut)
    def get(self, request: Request, slug: str) -> Response:
        """Read a group."""
        viewer = viewer_of(request)
        group = queries.get_group_for(viewer, slug)
        queries.note_counts(viewer, [group])
        return Response(GroupOut(group).data)

    @extend_schema(
        operation_id="changeGroup",
        tags=["Groups"],
        request=GroupChangeIn(partial=True),
        responses=GroupSettingsOut,
    )
    def patch(self, request: Request, slug: str) -> Response:
        """Change settings of a group. What is not sent stays."""
        actor = actor_of(request)
        group = queries.get_group_for(actor, slug)
        can_lead_group(actor, group).require()
        changes = read_body(request, GroupChangeIn, partial=True)
        return _shown(actor, actions.change_group(actor=actor, group=group, changes=changes))

    @extend_schema(operation_id="deleteGroup", tags=["Groups"], responses={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        """Delete a group. What it opened is closed to those who were in it."""
        actor = actor_of(request)
        actions.delete_group(actor=actor, group=queries.get_group_for(actor, slug))
        return Response(status=204)
