"""The brand's way to points."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.permissions import can_read_profile
from community.members.queries import get_member_for
from community.rest.inputs import Out, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of, viewer_of
from rewards.points.models import Transfer
from rewards.points.queries import get_how_page, get_statement
from rewards.points.words import say_what, say_why

NEWEST = Order("transfer", ("id",))


class TodayOut(Out):
    """How much of the daily limit is used."""

    earned = serializers.IntegerField()
    cap = serializers.IntegerField()


class BalanceOut(Out):
    """The caller's own points."""

    earned = serializers.IntegerField(help_text="Decides the tier; spending does not lower it.")
    to_spend = serializers.IntegerField()
    owed = serializers.IntegerField(help_text="Taken back after it was spent; settled by what comes next.")
    today = TodayOut()


class TransferOut(Out):
    """One line of a statement."""

    id = serializers.IntegerField()
    kind = serializers.CharField(help_text="award, reversal, adjustment or spending.")
    what = serializers.SerializerMethodField()
    why = serializers.SerializerMethodField()
    earned = serializers.IntegerField()
    spendable = serializers.IntegerField()
    post_id = serializers.IntegerField(
        allow_null=True, help_text="What it was for, whether or not it is shown now."
    )
    is_undone = serializers.SerializerMethodField()
    occurred_at = serializers.DateTimeField()

    def get_what(self, transfer: Any) -> str:
        """Return what happened, in words."""
        return say_what(transfer)

    def get_why(self, transfer: Any) -> str:
        """Return why it counted as it did, in words."""
        return say_why(transfer)

    def get_is_undone(self, transfer: Any) -> bool:
        """Return whether a later line takes it back."""
        return hasattr(transfer, "reversal")


class RuleOut(Out):
    """What a contribution is worth."""

    name = serializers.CharField()
    points = serializers.IntegerField()
    who = serializers.CharField()
    limits = serializers.ListField(child=serializers.CharField())
    pays = serializers.BooleanField()
    changed_at = serializers.DateTimeField()


class RulesOut(Out):
    """How points work."""

    results = RuleOut(many=True)
    daily_cap = serializers.IntegerField()
    changed_at = serializers.DateTimeField(allow_null=True)


class TotalsOut(Out):
    """A member's points as everyone may know them."""

    points_earned = serializers.IntegerField(
        allow_null=True, help_text="Null when they keep it to themselves."
    )
    tier = serializers.CharField(help_text="Empty when they keep it to themselves.")


TransferPageOut = page_shape(TransferOut)
EXAMPLE = OpenApiExample(
    "A balance",
    value={"earned": 640, "to_spend": 420, "owed": 0, "today": {"earned": 15, "cap": 100}},
    response_only=True,
)


class MyPoints(ApiView):
    """The caller's balance."""

    scopes: ClassVar = {"GET": "points:read"}

    @extend_schema(operation_id="getMyPoints", tags=["Points"], responses=BalanceOut, examples=[EXAMPLE])
    def get(self, request: Request) -> Response:
        """Read the caller's own balance."""
        return Response(BalanceOut(get_statement(actor_of(request))).data)


class MyStatement(ApiView):
    """The caller's statement."""

    scopes: ClassVar = {"GET": "points:read"}

    @extend_schema(
        operation_id="listMyPoints", tags=["Points"], parameters=[PageIn], responses=TransferPageOut
    )
    def get(self, request: Request) -> Response:
        """List how the caller's points came and went, newest first."""
        rows = Transfer.objects.filter(member=actor_of(request)).select_related("reverses", "reversal")
        return page_of(request, rows, NEWEST, TransferOut, **read_query(request, PageIn))


class Rules(ApiView):
    """The rules in force."""

    scopes: ClassVar = {"GET": "points:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listPointRules", tags=["Points"], responses=RulesOut)
    def get(self, request: Request) -> Response:
        """List what is worth how much, from the very rows the engine reads."""
        page = get_how_page()
        return Response(
            {
                "results": RuleOut(page.rules, many=True).data,
                "daily_cap": page.cap,
                "changed_at": page.changed_at,
            }
        )


class MemberPoints(ApiView):
    """A member's points."""

    scopes: ClassVar = {"GET": "points:read"}
    guests = ("GET",)

    @extend_schema(operation_id="getMemberPoints", tags=["Points"], responses=TotalsOut)
    def get(self, request: Request, handle: str) -> Response:
        """Read what a member lets others know of their points."""
        viewer = viewer_of(request)
        member = get_member_for(viewer, handle)
        shows = member.show_points and can_read_profile(viewer, member)
        return Response(
            {
                "points_earned": member.points_earned if shows else None,
                "tier": member.tier if member.show_tier else "",
            }
        )


urlpatterns = [
    path("me/points", MyPoints.as_view(), name="api_my_points"),
    path("me/points/statement", MyStatement.as_view(), name="api_my_statement"),
    path("points/rules", Rules.as_view(), name="api_point_rules"),
    path("members/<str:handle>/points", MemberPoints.as_view(), name="api_member_points"),
]
