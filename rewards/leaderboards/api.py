"""The brand's way to leaderboards."""

from typing import ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api import MemberRefOut
from community.rest.inputs import In, Out, read_query
from community.rest.views import ApiView, viewer_of
from rewards.leaderboards.queries import Period, get_board


class BoardIn(In):
    """How far back."""

    period = serializers.ChoiceField(
        choices=[period.value for period in Period], required=False, default=Period.WEEK.value
    )


class RankOut(Out):
    """One place."""

    place = serializers.IntegerField()
    member = MemberRefOut()
    reason = serializers.CharField(help_text="What the place is for, in words.")


class BoardOut(Out):
    """Who helped most, of those who chose to appear."""

    period = serializers.CharField()
    results = RankOut(many=True)


class Leaderboard(ApiView):
    """Who helped most."""

    scopes: ClassVar = {"GET": "badges:read"}
    guests = ("GET",)

    @extend_schema(operation_id="getLeaderboard", tags=["Badges"], parameters=[BoardIn], responses=BoardOut)
    def get(self, request: Request) -> Response:
        """Read who helped most in a week, a month or ever. Only members who chose to appear are in it."""
        period = Period(read_query(request, BoardIn)["period"])
        board = get_board(viewer_of(request), period)
        return Response({"period": str(period), "results": RankOut(board.ranks, many=True).data})


urlpatterns = [path("leaderboard", Leaderboard.as_view(), name="api_leaderboard")]
