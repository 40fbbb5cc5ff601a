"""The brand's way to tiers."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import NotFound
from community.rest.inputs import Out
from community.rest.views import ApiView, actor_of, viewer_of
from rewards.points.words import translated
from rewards.tiers.queries import invited_tiers_of, list_steps, moves_of, progress_of, read_tiers


class PerkOut(Out):
    """One thing a tier opens."""

    text = serializers.CharField()
    url = serializers.CharField(source="href", help_text="Where it leads; empty for who may not go there.")


class InvitedOut(Out):
    """A tier by invitation the caller is in. Nobody else reads of it."""

    name = serializers.CharField()
    about = serializers.CharField()
    reason = serializers.CharField()
    since = serializers.DateTimeField()
    perks = PerkOut(many=True)


class TierOut(Out):
    """A tier, and what it opens."""

    name = serializers.CharField()
    threshold = serializers.IntegerField(help_text="Points that count for it.")
    abilities = serializers.ListField(child=serializers.CharField(), help_text="What it opens, in words.")
    perks = PerkOut(many=True, help_text="What the house itself opens to it.")


class TiersOut(Out):
    """How tiers are reached, and all of them."""

    basis = serializers.CharField(help_text="Which points decide: lifetime, months or year.")
    months = serializers.IntegerField(help_text="How many months count, where the basis is months.")
    may_fall = serializers.BooleanField(
        help_text="Whether a tier can be lost by points that no longer count."
    )
    grace_days = serializers.IntegerField(help_text="How long it is kept then.")
    results = TierOut(many=True)


class TierMoveOut(Out):
    """One move between tiers."""

    before = serializers.CharField()
    after = serializers.CharField()
    why = serializers.CharField(help_text="earned, correct, short, rules, given or taken.")
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class MyTierOut(Out):
    """Where the caller stands."""

    tier = serializers.CharField()
    points = serializers.IntegerField(source="earned", help_text="The points that count for it.")
    next = serializers.CharField(allow_null=True)
    missing = serializers.IntegerField(help_text="Points to the next tier; 0 on the last.")
    by = serializers.DateField(allow_null=True, help_text="The last day to earn them, where there is one.")
    outlook = serializers.ListField(
        child=serializers.CharField(), help_text="What comes after the time that counts, in words."
    )
    perks = PerkOut(many=True, help_text="What the tier opens.")
    invited = InvitedOut(many=True)
    moves = TierMoveOut(many=True, help_text="How it came to that, the latest first.")


class Tiers(ApiView):
    """All tiers."""

    scopes: ClassVar = {"GET": "points:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listTiers", tags=["Points"], responses=TiersOut)
    def get(self, request: Request) -> Response:
        """List the tiers, what each opens and which points decide."""
        _tiers, rules = read_tiers()
        facts = {name: getattr(rules, name) for name in ("basis", "months", "may_fall", "grace_days")}
        return Response({**facts, "results": TierOut(list_steps(viewer_of(request)), many=True).data})


class MyTier(ApiView):
    """The caller's tier."""

    scopes: ClassVar = {"GET": "points:read"}

    @extend_schema(operation_id="getMyTier", tags=["Points"], responses=MyTierOut)
    def get(self, request: Request) -> Response:
        """Read where the caller stands, what is missing to the next tier, and how it came to that."""
        member = actor_of(request)
        progress = progress_of(member, with_perks=True)
        if progress is None:
            raise NotFound()
        told: dict[str, Any] = {
            "tier": progress.steps[progress.here].name,
            "earned": progress.earned,
            "next": progress.next.name if progress.next else None,
            "missing": progress.missing,
            "by": progress.by,
            "outlook": progress.outlook,
            "perks": progress.steps[progress.here].perks,
            "invited": invited_tiers_of(member),
            "moves": [
                {
                    "before": translated(move.before),
                    "after": translated(move.after),
                    "why": move.why,
                    "reason": move.reason,
                    "at": move.at,
                }
                for move in moves_of(member)
            ],
        }
        return Response(MyTierOut(told).data)


urlpatterns = [
    path("tiers", Tiers.as_view(), name="api_tiers"),
    path("me/tier", MyTier.as_view(), name="api_my_tier"),
]
