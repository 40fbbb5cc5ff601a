"""The brand's way to badges."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import NotFound
from community.members.api import MemberRefOut
from community.members.queries import get_member_for
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of, viewer_of
from rewards.badges.actions import pin_badges
from rewards.badges.models import Award, Badge
from rewards.badges.queries import list_badges, pinned_keys
from rewards.points.words import translated

NEWEST = Order("awarded", ("awarded_at", "id"))


class BadgeOut(Out):
    """A badge and how it is earned."""

    key = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    criteria = serializers.CharField()
    number = serializers.IntegerField(help_text="How many it takes.")
    have = serializers.IntegerField(help_text="How many the caller has; 0 for guests.")
    holders = serializers.IntegerField()
    since = serializers.DateTimeField(allow_null=True, help_text="When the caller earned it.")
    gives_title = serializers.BooleanField(help_text="Whether holders may wear its name (chooseMyTitle).")
    url = serializers.CharField(source="href")


class BadgesOut(Out):
    """All badges that can be earned."""

    results = BadgeOut(many=True)


class BadgeRefOut(Out):
    """A badge, as rows name it."""

    key = serializers.CharField()
    name = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url")

    def get_name(self, badge: Any) -> str:
        """Return the name in the caller's language."""
        return translated(badge.name)


class MemberBadgeOut(Out):
    """A badge a member holds."""

    badge = BadgeRefOut()
    awarded_at = serializers.DateTimeField()


class HolderOut(Out):
    """A member who holds a badge."""

    member = MemberRefOut()
    awarded_at = serializers.DateTimeField()


MemberBadgePageOut = page_shape(MemberBadgeOut)
HolderPageOut = page_shape(HolderOut)
EXAMPLE = OpenApiExample(
    "Badges",
    value={
        "results": [
            {
                "key": "first-answer",
                "name": "First answer",
                "description": "Helped someone for the first time.",
                "criteria": "Answer one question.",
                "number": 1,
                "have": 0,
                "holders": 14,
                "since": None,
                "gives_title": False,
                "url": "/badges/first-answer/",
            }
        ]
    },
    response_only=True,
)


class BadgeList(ApiView):
    """Every badge."""

    scopes: ClassVar = {"GET": "badges:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listBadges", tags=["Badges"], responses=BadgesOut, examples=[EXAMPLE])
    def get(self, request: Request) -> Response:
        """List the badges that can be earned, with the caller's own progress."""
        return Response({"results": BadgeOut(list_badges(viewer_of(request)), many=True).data})


class BadgeHolders(ApiView):
    """Who holds a badge."""

    scopes: ClassVar = {"GET": "badges:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listBadgeHolders", tags=["Badges"], parameters=[PageIn], responses=HolderPageOut
    )
    def get(self, request: Request, key: str) -> Response:
        """List who holds a badge and lets others see it, the latest first."""
        badge = Badge.objects.active().filter(key=key).first()
        if badge is None:
            raise NotFound()
        awards: QuerySet[Award] = Award.objects.visible_to(viewer_of(request)).filter(badge=badge)
        return page_of(
            request, awards.select_related("member"), NEWEST, HolderOut, **read_query(request, PageIn)
        )


class MemberBadges(ApiView):
    """The badges of a member."""

    scopes: ClassVar = {"GET": "badges:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listMemberBadges", tags=["Badges"], parameters=[PageIn], responses=MemberBadgePageOut
    )
    def get(self, request: Request, handle: str) -> Response:
        """List the badges a member holds and lets others see, the latest first."""
        viewer = viewer_of(request)
        awards: QuerySet[Award] = Award.objects.visible_to(viewer).filter(
            member=get_member_for(viewer, handle)
        )
        return page_of(
            request, awards.select_related("badge"), NEWEST, MemberBadgeOut, **read_query(request, PageIn)
        )


class PinnedIn(In):
    """Which badges stand first."""

    badges = serializers.ListField(
        child=serializers.CharField(max_length=40),
        max_length=20,
        help_text="Keys of badges the caller holds, at most three, in their order; empty for none.",
    )


class PinnedOut(Out):
    """The badges that stand first, by key."""

    badges = serializers.ListField(child=serializers.CharField())


class MyPinnedBadges(ApiView):
    """Which badges the caller shows first."""

    scopes: ClassVar = {"GET": "me:read", "PUT": "me:write"}

    @extend_schema(operation_id="getMyPinnedBadges", tags=["Me"], responses=PinnedOut)
    def get(self, request: Request) -> Response:
        """Read which badges stand first on the caller's profile and card."""
        return Response({"badges": pinned_keys(actor_of(request))})

    @extend_schema(operation_id="changeMyPinnedBadges", tags=["Me"], request=PinnedIn, responses=PinnedOut)
    def put(self, request: Request) -> Response:
        """Choose which badges stand first. What was chosen before is forgotten."""
        typed = read_body(request, PinnedIn)
        return Response({"badges": pin_badges(actor=actor_of(request), keys=typed["badges"])})


urlpatterns = [
    path("me/pinned-badges", MyPinnedBadges.as_view(), name="api_my_pinned_badges"),
    path("badges", BadgeList.as_view(), name="api_badges"),
    path("badges/<str:key>/holders", BadgeHolders.as_view(), name="api_badge_holders"),
    path("members/<str:handle>/badges", MemberBadges.as_view(), name="api_member_badges"),
]
