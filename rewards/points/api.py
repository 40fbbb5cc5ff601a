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
from rewards.points.brand_words import name_events
from rewards.points.how import get_how_page
from rewards.points.models import Hold, Transfer
from rewards.points.narrowing import KINDS, Wanted
from rewards.points.queries import get_statement
from rewards.points.words import say_what, say_why

NEWEST = Order("transfer", ("id",))
WANTED = ("kind", "rule", "since", "until")
NEWEST_HOLD = Order("hold", ("id",))


class TodayOut(Out):
    """How much of the daily limit is used."""

    earned = serializers.IntegerField()
    cap = serializers.IntegerField()


class ExpiringOut(Out):
    """Points to spend with a date."""

    day = serializers.DateField(help_text="The last day on which they count (UTC).")
    points = serializers.IntegerField()


class BalanceOut(Out):
    """The caller's own points."""

    earned = serializers.IntegerField(help_text="Decides the tier; spending does not lower it.")
    to_spend = serializers.IntegerField(help_text="What is free to be spent now.")
    held = serializers.IntegerField(
        help_text="Set aside for what is not settled yet; not part of `to_spend`."
    )
    owed = serializers.IntegerField(help_text="Taken back after it was spent; settled by what comes next.")
    expiring = ExpiringOut(
        many=True, help_text="What of `to_spend` and `held` has a date, the next one first."
    )
    pending = serializers.IntegerField(
        source="on_their_way", help_text="On their way: earned, and not final yet. Not part of the others."
    )
    today = TodayOut()


class TransferOut(Out):
    """One line of a statement."""

    id = serializers.IntegerField()
    kind = serializers.CharField(help_text="award, reversal, adjustment, spending or expiry.")
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


class HoldOut(Out):
    """Points that are set aside."""

    id = serializers.IntegerField()
    amount = serializers.IntegerField()
    memo = serializers.CharField(help_text="What they are held for.")
    state = serializers.CharField(help_text="open, captured, released or expired.")
    captured = serializers.IntegerField(help_text="How many of them were spent.")
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class RuleOut(Out):
    """What a contribution is worth."""

    name = serializers.CharField()
    points = serializers.IntegerField()
    who = serializers.CharField()
    limits = serializers.ListField(child=serializers.CharField())
    conditions = serializers.ListField(child=serializers.CharField(), help_text="When it pays at all.")
    pays = serializers.BooleanField()
    changed_at = serializers.DateTimeField()


class CampaignOut(Out):
    """For some days, some rules give more; of several the highest counts."""

    name = serializers.CharField()
    more = serializers.CharField()
    where = serializers.ListField(child=serializers.CharField())
    rules = serializers.ListField(child=serializers.CharField(), help_text="Empty: every rule.")
    active_from = serializers.DateTimeField()
    active_to = serializers.DateTimeField()
    runs = serializers.BooleanField()


class RulesOut(Out):
    """How points work."""

    results = RuleOut(many=True)
    campaigns = CampaignOut(many=True, help_text="Those that run, and those that begin within a week.")
    daily_cap = serializers.IntegerField()
    expiry = serializers.CharField(help_text="How long points to spend count, in words.")
    changed_at = serializers.DateTimeField(allow_null=True)


class TotalsOut(Out):
    """A member's points as everyone may know them."""

    points_earned = serializers.IntegerField(
        allow_null=True, help_text="Null when they keep it to themselves."
    )
    tier = serializers.CharField(help_text="Empty when they keep it to themselves.")


HoldPageOut = page_shape(HoldOut)
TransferPageOut = page_shape(TransferOut)
EXAMPLE = OpenApiExample(
    "A balance",
    value={
        "earned": 640,
        "to_spend": 420,
        "held": 0,
        "owed": 0,
        "expiring": [],
        "pending": 15,
        "today": {"earned": 15, "cap": 100},
    },
    response_only=True,
)


class MyPoints(ApiView):
    """The caller's balance."""

    scopes: ClassVar = {"GET": "points:read"}

    @extend_schema(operation_id="getMyPoints", tags=["Points"], responses=BalanceOut, examples=[EXAMPLE])
    def get(self, request: Request) -> Response:
        """Read the caller's own balance."""
        return Response(BalanceOut(get_statement(actor_of(request))).data)


class StatementIn(PageIn):
    """Which lines are wanted. Days are UTC, both among those wanted."""

    kind = serializers.ChoiceField(choices=sorted(KINDS), required=False)
    rule = serializers.SlugField(max_length=40, required=False, help_text="The key of an earning rule.")
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)


class MyStatement(ApiView):
    """The caller's statement."""

    scopes: ClassVar = {"GET": "points:read"}

    @extend_schema(
        operation_id="listMyPoints", tags=["Points"], parameters=[StatementIn], responses=TransferPageOut
    )
    def get(self, request: Request) -> Response:
        """List how the caller's points came and went, newest first."""
        rows = Transfer.objects.filter(member=actor_of(request)).select_related(
            "reverses", "reversal", "boost__campaign"
        )
        asked = read_query(request, StatementIn)
        wanted = Wanted(**{name: asked.pop(name) for name in WANTED if name in asked})
        return page_of(request, wanted.narrow(rows), NEWEST, TransferOut, prepare=name_events, **asked)


class MyHolds(ApiView):
    """What is set aside of the caller's points."""

    scopes: ClassVar = {"GET": "points:read"}

    @extend_schema(operation_id="listMyHolds", tags=["Points"], parameters=[PageIn], responses=HoldPageOut)
    def get(self, request: Request) -> Response:
        """List what was set aside of the caller's points, newest first."""
        rows = Hold.objects.filter(member=actor_of(request))
        return page_of(request, rows, NEWEST_HOLD, HoldOut, **read_query(request, PageIn))


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
                "campaigns": CampaignOut(page.campaigns, many=True).data,
                "daily_cap": page.cap,
                "expiry": page.expiry,
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
    path("me/points/holds", MyHolds.as_view(), name="api_my_holds"),
    path("points/rules", Rules.as_view(), name="api_point_rules"),
    path("members/<str:handle>/points", MemberPoints.as_view(), name="api_member_points"),
]
