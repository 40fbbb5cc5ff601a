"""The brand's way to why points came or did not: what is on its way, the reasons of one post, and what an event would earn."""

from typing import Any, ClassVar

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.queries import get_member_for
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of
from community.spaces.models import Kind
from community.spaces.queries import get_space_for
from community.threads.models import ReactionKind
from rewards.intake.checking import Sent
from rewards.intake.models import NamedBy
from rewards.points.actions import HEARD
from rewards.points.earning.desk import Decision
from rewards.points.earning.misses import Outcome
from rewards.points.examining import Event, examine
from rewards.points.explaining import explain_post, get_own_contribution
from rewards.points.queries import list_pending
from rewards.points.saying import say_boost, say_decision
from rewards.points.words import translated


class PendingOut(Out):
    """Points on their way."""

    id = serializers.IntegerField(source="pk")
    what = serializers.CharField()
    why = serializers.CharField()
    points = serializers.IntegerField()
    href = serializers.CharField(help_text="Empty when the cause is not shown to the caller now.")
    occurred_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(help_text="When they are final and part of the balance.")


class PendingListOut(Out):
    """What is on its way, first what is final first."""

    results = PendingOut(many=True)


class ReasonOut(Out):
    """What a rule made of a contribution, and how often."""

    outcome = serializers.ChoiceField(choices=[outcome.value for outcome in Outcome])
    said = serializers.CharField()
    more = serializers.CharField(
        help_text="A campaign, or why it was taken back. Empty when there is nothing to add."
    )
    times = serializers.IntegerField()
    points = serializers.IntegerField()
    transfer_id = serializers.IntegerField(source="line", help_text="The line of the statement; 0 for none.")
    due_at = serializers.DateTimeField(allow_null=True)


class RuleReasonsOut(Out):
    """One rule."""

    rule = serializers.CharField(source="key")
    name = serializers.CharField()
    points = serializers.IntegerField()
    paid = serializers.IntegerField()
    reasons = ReasonOut(many=True)


class WhyOut(Out):
    """Every rule that could pay for a post."""

    paid = serializers.IntegerField()
    rules = RuleReasonsOut(source="answers", many=True)


class ToldIn(In):
    """What a system of the brand would tell."""

    type = serializers.CharField(max_length=40)
    occurred_at = serializers.DateTimeField(required=False, help_text="Now, unless said.")
    amount = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0)
    currency = serializers.CharField(required=False, default="", max_length=3)
    quantity = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0)
    attributes = serializers.DictField(required=False, default=dict)


class ExamineIn(In):
    """A happening that has not happened. What is left out is the usual case."""

    event = serializers.ChoiceField(choices=HEARD)
    member = serializers.CharField(help_text="The handle of whose post it is.")
    space = serializers.SlugField(required=False, help_text="Needed unless it is an event of the brand.")
    told = ToldIn(required=False, help_text="For `brand_event.arrived`: what would be told of that member.")
    giver = serializers.CharField(
        required=False, default="", help_text="The handle of who marks the post or accepts the answer."
    )
    thread_kind = serializers.ChoiceField(choices=Kind.choices, required=False, default=Kind.QUESTION.value)
    tags = serializers.ListField(child=serializers.CharField(max_length=40), required=False, default=list)
    reaction_kind = serializers.ChoiceField(
        choices=ReactionKind.choices, required=False, default=ReactionKind.HELPFUL.value
    )
    helped_by = serializers.IntegerField(
        required=False, default=0, min_value=0, max_value=1000, help_text="How many found the post helpful."
    )
    asked_by_member = serializers.BooleanField(
        required=False, default=False, help_text="Whether it is in the member's own thread."
    )
    by_asker = serializers.BooleanField(required=False, default=True)


class ExaminedRuleOut(Out):
    """What one rule would make of it."""

    rule = serializers.CharField(source="rule.key")
    name = serializers.SerializerMethodField()
    outcome = serializers.ChoiceField(choices=[outcome.value for outcome in Outcome])
    said = serializers.SerializerMethodField()
    points = serializers.SerializerMethodField()
    campaign = serializers.SerializerMethodField()
    due_at = serializers.SerializerMethodField()

    def get_name(self, decision: Decision) -> str:
        """Return the name of the rule."""
        return translated(decision.rule.name)

    def get_said(self, decision: Decision) -> str:
        """Return what it would make of it, in words."""
        return str(decision.outcome.value) if decision.outcome is Outcome.PAYS else say_decision(decision)

    def get_points(self, decision: Decision) -> int:
        """Return how many points would come of it, now or later."""
        return decision.points if decision.pays else 0

    def get_campaign(self, decision: Decision) -> str:
        """Return the campaign that would make more of it; empty for none."""
        return say_boost(decision.campaign) if decision.campaign and decision.pays else ""

    def get_due_at(self, decision: Decision) -> str | None:
        """Return when it would be final; null when at once."""
        late = decision.outcome is Outcome.WILL_WAIT and decision.due_at is not None
        return decision.due_at.isoformat() if late and decision.due_at else None


class ExaminedOut(Out):
    """What an event would earn."""

    points = serializers.IntegerField()
    rules = ExaminedRuleOut(source="decisions", many=True)


class MyPending(ApiView):
    """What is on its way to the caller."""

    scopes: ClassVar = {"GET": "points:read"}

    @extend_schema(operation_id="listMyPendingPoints", tags=["Points"], responses=PendingListOut)
    def get(self, request: Request) -> Response:
        """List the caller's points that are not final yet. They are in no balance."""
        return Response({"results": PendingOut(list_pending(actor_of(request)), many=True).data})


class WhyPoints(ApiView):
    """Why a post of the caller did or did not earn points."""

    scopes: ClassVar = {"GET": "points:read"}

    @extend_schema(operation_id="explainMyPoints", tags=["Points"], responses=WhyOut)
    def get(self, request: Request, pk: int) -> Response:
        """Go through every rule for a post that the caller wrote."""
        post = get_own_contribution(actor_of(request), pk)
        return Response(WhyOut(explain_post(post)).data)


class Examine(ApiView):
    """What an event would earn."""

    scopes: ClassVar = {"POST": "points:examine"}
    least: ClassVar = {"POST": "manager"}

    @extend_schema(operation_id="examinePoints", tags=["Points"], request=ExamineIn, responses=ExaminedOut)
    def post(self, request: Request) -> Response:
        """Say what an event would earn a member now, rule by rule, with the reason. Writes nothing."""
        actor, typed = actor_of(request), read_body(request, ExamineIn)
        return Response(ExaminedOut(examine(actor, _event(actor, typed))).data)


def _told(typed: dict[str, Any] | None) -> Sent | None:
    if typed is None:
        return None
    return Sent(
        "shop", "examined", **{"occurred_at": timezone.now(), "named_by": NamedBy.HANDLE.value, **typed}
    )


def _event(actor: Any, typed: dict[str, Any]) -> Event:
    return Event(
        verb=typed["event"],
        member=get_member_for(actor, typed["member"]),
        space=get_space_for(actor, typed["space"]) if typed.get("space") else None,
        told=_told(typed.get("told")),
        giver=get_member_for(actor, typed["giver"]) if typed["giver"] else None,
        thread_kind=typed["thread_kind"],
        tags=tuple(typed["tags"]),
        reaction_kind=typed["reaction_kind"],
        helped_by=typed["helped_by"],
        asked_by_member=typed["asked_by_member"],
        by_asker=typed["by_asker"],
    )


urlpatterns = [
    path("me/points/pending", MyPending.as_view(), name="api_my_pending_points"),
    path("me/points/why/<int:pk>", WhyPoints.as_view(), name="api_points_why"),
    path("points/examine", Examine.as_view(), name="api_points_examine"),
]
