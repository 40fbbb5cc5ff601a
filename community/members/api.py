"""The brand's way to members."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members import actions
from community.members.models import Member, MessagesFrom
from community.members.queries import get_member_for
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of, viewer_of

NEWEST = Order("joined", ("joined_at", "id"))


class MemberRefOut(Out):
    """A member, as rows name them."""

    handle = serializers.CharField()
    name = serializers.CharField()
    avatar_url = serializers.CharField()
    team_title = serializers.CharField(help_text="What they do for the brand; empty for customers.")
    tier = serializers.SerializerMethodField(help_text="Empty when they keep it to themselves.")
    url = serializers.CharField(source="get_absolute_url")

    def get_tier(self, member: Any) -> str:
        """Return the tier unless the member hides it."""
        return str(member.tier) if member.show_tier else ""


class MemberOut(MemberRefOut):
    """A profile, as everyone may read it."""

    bio_html = serializers.CharField()
    location = serializers.CharField()
    website = serializers.CharField()
    joined_at = serializers.DateTimeField()
    thread_count = serializers.IntegerField()
    post_count = serializers.IntegerField()
    accepted_count = serializers.IntegerField(help_text="How many of their answers were accepted.")
    helped_count = serializers.IntegerField()
    badge_count = serializers.SerializerMethodField(help_text="Null when they keep it to themselves.")
    points_earned = serializers.SerializerMethodField(help_text="Null when they keep it to themselves.")

    def get_badge_count(self, member: Any) -> int | None:
        """Return how many badges they wear, unless hidden."""
        return member.badge_count if member.show_badges else None

    def get_points_earned(self, member: Any) -> int | None:
        """Return their points, unless hidden."""
        return member.points_earned if member.show_points else None


class MeOut(MemberOut):
    """The account itself: what only its owner reads."""

    id = serializers.IntegerField()
    email = serializers.EmailField()
    role = serializers.CharField()
    trust_level = serializers.IntegerField()
    language = serializers.CharField()
    time_zone = serializers.CharField()
    unread_notices = serializers.IntegerField()
    unread_conversations = serializers.IntegerField()
    messages_from = serializers.CharField()
    read_receipts = serializers.BooleanField()
    mail_shows_messages = serializers.BooleanField()
    points_to_spend = serializers.IntegerField()


class MeIn(In):
    """What a member may change about themselves."""

    name = serializers.CharField(max_length=80)
    location = serializers.CharField(max_length=60, allow_blank=True)
    website = serializers.URLField(max_length=200, allow_blank=True)
    show_points = serializers.BooleanField()
    show_tier = serializers.BooleanField()
    show_badges = serializers.BooleanField()
    on_leaderboards = serializers.BooleanField()
    messages_from = serializers.ChoiceField(
        choices=MessagesFrom.choices, help_text="Who may begin a conversation."
    )
    read_receipts = serializers.BooleanField()
    mail_shows_messages = serializers.BooleanField()


MemberPageOut = page_shape(MemberOut)
EXAMPLE = OpenApiExample(
    "A member",
    value={
        "handle": "maya",
        "name": "Maya Lindqvist",
        "avatar_url": "",
        "team_title": "",
        "tier": "Guide",
        "url": "/@maya/",
        "bio_html": "<p>Winter camper.</p>",
        "location": "Umeå",
        "website": "",
        "joined_at": "2025-03-01T09:00:00Z",
        "thread_count": 12,
        "post_count": 88,
        "accepted_count": 9,
        "helped_count": 41,
        "badge_count": 6,
        "points_earned": 640,
    },
    response_only=True,
)


class Me(ApiView):
    """The account a key or session belongs to."""

    scopes: ClassVar = {"GET": "me:read", "PATCH": "me:write"}

    @extend_schema(operation_id="getMe", tags=["Me"], responses=MeOut)
    def get(self, request: Request) -> Response:
        """Read the account the key or session belongs to."""
        return Response(MeOut(actor_of(request)).data)

    @extend_schema(operation_id="changeMe", tags=["Me"], request=MeIn(partial=True), responses=MeOut)
    def patch(self, request: Request) -> Response:
        """Change the profile and its choices. What is not sent stays."""
        actor = actor_of(request)
        changes = read_body(request, MeIn, partial=True)
        return Response(MeOut(actions.edit_profile(actor=actor, member=actor, changes=changes)).data)


class MemberList(ApiView):
    """Everyone."""

    scopes: ClassVar = {"GET": "members:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listMembers", tags=["Members"], parameters=[PageIn], responses=MemberPageOut)
    def get(self, request: Request) -> Response:
        """List members, newest first."""
        members = Member.objects.get_queryset().visible_to(viewer_of(request))
        return page_of(request, members, NEWEST, MemberOut, **read_query(request, PageIn))


class MemberDetail(ApiView):
    """One member."""

    scopes: ClassVar = {"GET": "members:read"}
    guests = ("GET",)

    @extend_schema(operation_id="getMember", tags=["Members"], responses=MemberOut, examples=[EXAMPLE])
    def get(self, request: Request, handle: str) -> Response:
        """Read a profile."""
        return Response(MemberOut(get_member_for(viewer_of(request), handle)).data)


class MemberBlock(ApiView):
    """Whether the caller blocks a member."""

    scopes: ClassVar = {"PUT": "members:write", "DELETE": "members:write"}

    @extend_schema(operation_id="blockMember", tags=["Members"], request=None, responses={204: None})
    def put(self, request: Request, handle: str) -> Response:
        """Want nothing of a member: no messages, no notices. They are not told. Blocking twice changes nothing."""
        actor = actor_of(request)
        actions.block_member(actor=actor, member=get_member_for(actor, handle))
        return Response(status=204)

    @extend_schema(operation_id="unblockMember", tags=["Members"], responses={204: None})
    def delete(self, request: Request, handle: str) -> Response:
        """Let a member reach the caller again."""
        actor = actor_of(request)
        actions.unblock_member(actor=actor, member=get_member_for(actor, handle))
        return Response(status=204)


class MemberFollow(ApiView):
    """Whether the caller follows a member."""

    scopes: ClassVar = {"PUT": "members:write", "DELETE": "members:write"}

    @extend_schema(operation_id="followMember", tags=["Members"], request=None, responses={204: None})
    def put(self, request: Request, handle: str) -> Response:
        """Follow a member. Following twice changes nothing."""
        actor = actor_of(request)
        actions.follow_member(actor=actor, member=get_member_for(actor, handle))
        return Response(status=204)

    @extend_schema(operation_id="unfollowMember", tags=["Members"], responses={204: None})
    def delete(self, request: Request, handle: str) -> Response:
        """Stop following a member."""
        actor = actor_of(request)
        actions.unfollow_member(actor=actor, member=get_member_for(actor, handle))
        return Response(status=204)


urlpatterns = [
    path("me", Me.as_view(), name="api_me"),
    path("members", MemberList.as_view(), name="api_members"),
    path("members/<str:handle>", MemberDetail.as_view(), name="api_member"),
    path("members/<str:handle>/block", MemberBlock.as_view(), name="api_member_block"),
    path("members/<str:handle>/follow", MemberFollow.as_view(), name="api_member_follow"),
]
