"""Members as others meet them."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members import actions
from community.members.api.shapes import EXAMPLE, MemberOut, MemberPageOut
from community.members.models import Member
from community.members.queries import get_member_for
from community.rest.inputs import read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.switches import Switch, switch
from community.rest.views import ApiView, viewer_of

ORDERS = {
    "newest": Order("joined", ("joined_at", "id")),
    "helpful": Order("helpful", ("accepted_count", "id")),
}


class MemberListIn(PageIn):
    """In which order."""

    sort = serializers.ChoiceField(
        choices=list(ORDERS),
        required=False,
        default="newest",
        help_text="The newest, or those whose answers were accepted most, first.",
    )


class MemberList(ApiView):
    """Everyone."""

    scopes: ClassVar = {"GET": "members:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listMembers", tags=["Members"], parameters=[MemberListIn], responses=MemberPageOut
    )
    def get(self, request: Request) -> Response:
        """List members, the newest or the most helpful first."""
        asked = read_query(request, MemberListIn)
        order = ORDERS[asked.pop("sort")]
        members = Member.objects.get_queryset().visible_to(viewer_of(request))
        return page_of(request, members, order, MemberOut, **asked)


class MemberDetail(ApiView):
    """One member."""

    scopes: ClassVar = {"GET": "members:read"}
    guests = ("GET",)

    @extend_schema(operation_id="getMember", tags=["Members"], responses=MemberOut, examples=[EXAMPLE])
    def get(self, request: Request, handle: str) -> Response:
        """Read a profile."""
        viewer = viewer_of(request)
        return Response(MemberOut(get_member_for(viewer, handle), context={"viewer": viewer}).data)


@switch(
    "Members",
    on=(
        "blockMember",
        "Want nothing of a member: no messages, no notices. They are not told. Blocking twice changes nothing.",
    ),
    off=("unblockMember", "Let a member reach the caller again."),
)
class MemberBlock(Switch):
    """Whether the caller blocks a member."""

    scopes: ClassVar = {"PUT": "members:write", "DELETE": "members:write"}

    def turn(self, actor: Member, on: bool, **place: Any) -> None:
        """Switch it on or off."""
        act = actions.block_member if on else actions.unblock_member
        act(actor=actor, member=get_member_for(actor, place["handle"]))


@switch(
    "Members",
    on=("followMember", "Follow a member. Following twice changes nothing."),
    off=("unfollowMember", "Stop following a member."),
)
class MemberFollow(Switch):
    """Whether the caller follows a member."""

    scopes: ClassVar = {"PUT": "members:write", "DELETE": "members:write"}

    def turn(self, actor: Member, on: bool, **place: Any) -> None:
        """Switch it on or off."""
        act = actions.follow_member if on else actions.unfollow_member
        act(actor=actor, member=get_member_for(actor, place["handle"]))
