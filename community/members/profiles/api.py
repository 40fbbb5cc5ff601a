"""The brand's way to banners, follows and whom the caller ignores."""

from typing import Any, ClassVar

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import NotFound
from community.members.api.shapes import MemberRefOut
from community.members.models import Follow, Ignore
from community.members.permissions import can_see_follows
from community.members.profiles import actions
from community.members.queries import get_member_for, get_profile_for
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.parsers import FileParser
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of, viewer_of

LATEST = Order("tied", ("id",))


class BannerIn(In):
    """A banner."""

    file = serializers.FileField(help_text="PNG, JPEG, WebP or GIF; cut to four times as wide as high.")


class BannerOut(Out):
    """Where the banner is; empty when there is none."""

    banner_url = serializers.CharField()


class MyBanner(ApiView):
    """The caller's banner."""

    scopes: ClassVar = {"GET": "me:read", "PUT": "me:write", "DELETE": "me:write"}
    parser_classes = (FileParser,)

    @extend_schema(operation_id="getMyBanner", tags=["Me"], responses=BannerOut)
    def get(self, request: Request) -> Response:
        """Read the address of the caller's banner."""
        actor = actor_of(request)
        return Response({"banner_url": get_profile_for(actor, actor.handle).banner_url})

    @extend_schema(
        operation_id="changeMyBanner",
        tags=["Me"],
        request={"multipart/form-data": BannerIn},
        responses=BannerOut,
    )
    def put(self, request: Request) -> Response:
        """Change the banner, sent as `multipart/form-data`. Where it was taken is removed."""
        address = actions.set_banner(actor=actor_of(request), **read_body(request, BannerIn))
        return Response({"banner_url": address})

    @extend_schema(operation_id="removeMyBanner", tags=["Me"], responses={204: None})
    def delete(self, request: Request) -> Response:
        """Take the banner away."""
        actor = actor_of(request)
        actions.remove_banner(actor=actor, member=actor)
        return Response(status=204)


class MemberBanner(ApiView):
    """The banner of a member."""

    scopes: ClassVar = {"GET": "members:read", "DELETE": "fields:write"}
    guests = ("GET",)
    least: ClassVar = {"DELETE": "manager"}

    @extend_schema(operation_id="getMemberBanner", tags=["Members"], responses=BannerOut)
    def get(self, request: Request, handle: str) -> Response:
        """Read the address of a member's banner."""
        return Response({"banner_url": get_profile_for(viewer_of(request), handle).banner_url})

    @extend_schema(operation_id="removeMemberBanner", tags=["Members"], responses={204: None})
    def delete(self, request: Request, handle: str) -> Response:
        """Take away a banner that does not fit in."""
        actor = actor_of(request)
        actions.remove_banner(actor=actor, member=get_member_for(actor, handle))
        return Response(status=204)


class FollowerOut(Out):
    """Somebody who follows a member."""

    member = MemberRefOut(source="follower")
    since = serializers.DateTimeField(source="created_at")


class FollowedOut(Out):
    """Somebody whom a member follows."""

    member = MemberRefOut(source="followed")
    since = serializers.DateTimeField(source="created_at")


def _follows(request: Request, handle: str, mine: str, other: str, shape: type[Out]) -> Response:
    viewer = viewer_of(request)
    member = get_member_for(viewer, handle)
    if not can_see_follows(viewer, member):
        raise NotFound()
    rows = Follow.objects.filter(**{mine: member, f"{other}__is_active": True}).select_related(other)
    return page_of(request, rows, LATEST, shape, **read_query(request, PageIn))


class Followers(ApiView):
    """Who follows a member."""

    scopes: ClassVar = {"GET": "members:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listFollowers", tags=["Members"], parameters=[PageIn], responses=page_shape(FollowerOut)
    )
    def get(self, request: Request, handle: str) -> Response:
        """List who follows a member, the latest first; absent where the member keeps that to themselves."""
        return _follows(request, handle, "followed", "follower", FollowerOut)


class Following(ApiView):
    """Whom a member follows."""

    scopes: ClassVar = {"GET": "members:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listFollowing", tags=["Members"], parameters=[PageIn], responses=page_shape(FollowedOut)
    )
    def get(self, request: Request, handle: str) -> Response:
        """List whom a member follows, the latest first; absent where the member keeps that to themselves."""
        return _follows(request, handle, "follower", "followed", FollowedOut)


class IgnoreIn(In):
    """For how long."""

    days = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="7, 30 or 120; null is for good."
    )


class IgnoreOut(Out):
    """Somebody the caller ignores."""

    member = MemberRefOut(source="ignored")
    until = serializers.DateTimeField(allow_null=True)


class MemberIgnore(ApiView):
    """Whether the caller ignores a member."""

    scopes: ClassVar = {"PUT": "members:write", "DELETE": "members:write"}

    @extend_schema(operation_id="ignoreMember", tags=["Members"], request=IgnoreIn, responses={204: None})
    def put(self, request: Request, handle: str) -> Response:
        """Fold a member's posts for a while or for good. They may still write, and are not told."""
        actor = actor_of(request)
        typed: dict[str, Any] = read_body(request, IgnoreIn)
        actions.ignore_member(actor=actor, member=get_member_for(actor, handle), days=typed["days"])
        return Response(status=204)

    @extend_schema(operation_id="unignoreMember", tags=["Members"], responses={204: None})
    def delete(self, request: Request, handle: str) -> Response:
        """Read a member again."""
        actor = actor_of(request)
        actions.unignore_member(actor=actor, member=get_member_for(actor, handle))
        return Response(status=204)


class MyIgnores(ApiView):
    """Whom the caller ignores."""

    scopes: ClassVar = {"GET": "me:read"}

    @extend_schema(
        operation_id="listIgnores", tags=["Me"], parameters=[PageIn], responses=page_shape(IgnoreOut)
    )
    def get(self, request: Request) -> Response:
        """List whom the caller ignores, the latest first."""
        rows = Ignore.objects.filter(ignorer=actor_of(request)).select_related("ignored")
        rows = rows.exclude(until__lt=timezone.now())
        return page_of(request, rows, LATEST, IgnoreOut, **read_query(request, PageIn))


urlpatterns = [
    path("me/banner", MyBanner.as_view(), name="api_my_banner"),
    path("me/ignores", MyIgnores.as_view(), name="api_my_ignores"),
    path("members/<str:handle>/banner", MemberBanner.as_view(), name="api_member_banner"),
    path("members/<str:handle>/followers", Followers.as_view(), name="api_member_followers"),
    path("members/<str:handle>/following", Following.as_view(), name="api_member_following"),
    path("members/<str:handle>/ignore", MemberIgnore.as_view(), name="api_member_ignore"),
]
