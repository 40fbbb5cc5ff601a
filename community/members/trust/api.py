"""The brand's way to trust: one's own standing, the levels in force, and deciding a level by hand."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.queries import get_member_for
from community.members.trust.actions import set_trust
from community.members.trust.queries import get_trust_for, list_levels, trust_of
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of


class MarkOut(Out):
    """One mark of a level, and how far somebody is from it."""

    fact = serializers.CharField(help_text="What is counted; `_lately` ends what counts in a window.")
    asked = serializers.CharField()
    period = serializers.CharField(help_text="Empty for all time.")
    have = serializers.IntegerField()
    need = serializers.IntegerField()
    missing = serializers.IntegerField()
    gap = serializers.CharField(help_text="What is missing, in words; empty when nothing is.")


class LevelOut(Out):
    """A level: what it asks and what it opens."""

    level = serializers.IntegerField()
    name = serializers.CharField()
    marks = MarkOut(many=True)
    rights = serializers.ListField(child=serializers.CharField())


class LevelsOut(Out):
    """All levels, in force now."""

    levels = LevelOut(many=True)
    grace_days = serializers.IntegerField(source="grace")
    keep_percent = serializers.IntegerField(source="keep")


class TrustOut(Out):
    """Where a member stands."""

    level = serializers.IntegerField()
    name = serializers.CharField()
    rights = serializers.ListField(child=serializers.CharField())
    next = LevelOut(allow_null=True, help_text="Null where only the team can give more.")
    gaps = serializers.ListField(child=serializers.CharField())
    is_locked = serializers.BooleanField()
    reason = serializers.CharField(help_text="Of a level decided by hand.")
    known_customer = serializers.SerializerMethodField()
    keeps_until = serializers.DateTimeField(
        allow_null=True, help_text="Until when a regular below the marks keeps the level."
    )

    def get_known_customer(self, page: Any) -> bool:
        """Return whether the brand's own system vouches for them."""
        return bool(page.customer_source)


class TrustIn(In):
    """A level decided by hand."""

    level = serializers.IntegerField(min_value=0, max_value=4)
    locked = serializers.BooleanField(
        required=False, default=False, help_text="Keep exactly this level; otherwise it is the least."
    )
    reason = serializers.CharField(max_length=300, help_text="Told to the member.")


GRANT = OpenApiExample(
    "Grant a level",
    value={"level": 3, "locked": False, "reason": "Helped us plan the winter gathering."},
    request_only=True,
)


class TrustLevels(ApiView):
    """How trust grows here."""

    scopes: ClassVar = {"GET": "members:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listTrustLevels", tags=["Members"], responses=LevelsOut)
    def get(self, request: Request) -> Response:
        """Read every level: what it asks and what it opens, with the numbers in force."""
        return Response(LevelsOut(list_levels()).data)


class MyTrust(ApiView):
    """The caller's standing."""

    scopes: ClassVar = {"GET": "me:read"}

    @extend_schema(operation_id="getMyTrust", tags=["Me"], responses=TrustOut)
    def get(self, request: Request) -> Response:
        """Read the caller's level, what it opens, and exactly what is missing to the next."""
        return Response(TrustOut(trust_of(actor_of(request))).data)


class MemberTrust(ApiView):
    """A member's standing, for the team."""

    scopes: ClassVar = {"GET": "members:trust", "PUT": "members:trust"}
    least: ClassVar = {"GET": "moderator", "PUT": "manager"}

    @extend_schema(operation_id="getMemberTrust", tags=["Members"], responses=TrustOut)
    def get(self, request: Request, handle: str) -> Response:
        """Read how a member stands."""
        return Response(TrustOut(get_trust_for(actor_of(request), handle)).data)

    @extend_schema(
        operation_id="setMemberTrust", tags=["Members"], request=TrustIn, responses=TrustOut, examples=[GRANT]
    )
    def put(self, request: Request, handle: str) -> Response:
        """Grant a member at least a level, or lock exactly one. They are told the reason."""
        actor = actor_of(request)
        member = get_member_for(actor, handle)
        set_trust(actor=actor, member=member, **read_body(request, TrustIn))
        return Response(TrustOut(get_trust_for(actor, handle)).data)


urlpatterns = [
    path("trust", TrustLevels.as_view(), name="api_trust_levels"),
    path("me/trust", MyTrust.as_view(), name="api_my_trust"),
    path("members/<str:handle>/trust", MemberTrust.as_view(), name="api_member_trust"),
]
