"""Members as others meet them."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.addresses import network_of
from community.limits import spend_as_reader
from community.members import actions, limits
from community.members.api.shapes import EXAMPLE, MemberOut, MemberPageOut
from community.members.directory.queries import Narrowing, people_for
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
    q = serializers.CharField(
        required=False, default="", max_length=80, help_text="How names or handles begin."
    )
    place = serializers.CharField(
        required=False, default="", max_length=60, help_text="How their place begins."
    )
    tier = serializers.CharField(required=False, default="", max_length=30)
    team = serializers.BooleanField(required=False, default=False, help_text="Only people of the team.")
    group = serializers.SlugField(
        required=False, default="", help_text="Who is in this group, where the caller may read that."
    )
    badge = serializers.SlugField(
        required=False, default="", help_text="Who holds this badge and lets others see it."
    )
    trust = serializers.IntegerField(
        required=False, default=None, min_value=0, max_value=4, help_text="For the team: a trust level."
    )
    answer = serializers.CharField(
        required=False,
        default="",
        max_length=120,
        help_text="A profile field and a choice of it: `terrain:Forest`.",
    )


class MemberList(ApiView):
    """Everyone."""

    scopes: ClassVar = {"GET": "members:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listMembers", tags=["Members"], parameters=[MemberListIn], responses=MemberPageOut
    )
    def get(self, request: Request) -> Response:
        """List members, the newest or the most helpful first, narrowed as the directory is."""
        asked, viewer = read_query(request, MemberListIn), viewer_of(request)
        order, words = ORDERS[asked.pop("sort")], asked.pop("q")
        if words:
            spend_as_reader(limits.FIND, viewer, network_of(request._request), limits.FIND_AS_GUEST)
        key, _colon, value = asked.pop("answer").partition(":")
        narrowing = Narrowing(
            words=words, answers={key: value} if value else {}, ways={"badge": asked.pop("badge")},
            **{name: asked.pop(name) for name in ("place", "tier", "team", "group", "trust")},
        )  # fmt: skip
        members = people_for(viewer, narrowing)
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
