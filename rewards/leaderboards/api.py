"""The brand's way to leaderboards."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import NotFound
from community.members.api import MemberRefOut
from community.rest.inputs import In, Out, read_query
from community.rest.views import ApiView, viewer_of
from rewards.leaderboards.periods import Period
from rewards.leaderboards.queries import SHOWN, get_page, list_boards
from rewards.points.words import translated


class BoardIn(In):
    """How far back, and where a page begins."""

    period = serializers.ChoiceField(
        choices=[period.value for period in Period],
        required=False,
        default=Period.WEEK.value,
        help_text="For lists where the reader chooses; others look back as they were defined.",
    )
    after = serializers.RegexField(
        r"^[0-9]{1,15}-[0-9]{1,15}$", required=False, help_text="The `after` of the page before."
    )
    limit = serializers.IntegerField(required=False, min_value=1, max_value=100, default=SHOWN)


class RankOut(Out):
    """One place. Equal amounts share it."""

    place = serializers.IntegerField()
    member = MemberRefOut()
    reason = serializers.CharField(help_text="What the place is for, in words.")


class BoardOut(Out):
    """One page of a list, of those who chose to appear."""

    period = serializers.CharField()
    results = RankOut(many=True)
    around = RankOut(
        many=True, help_text="The caller's own place with its neighbours, where the page has it not."
    )
    after = serializers.CharField(help_text="Continues the list; empty at its end.")


class BoardRefOut(Out):
    """A list that can be read."""

    key = serializers.CharField()
    name = serializers.SerializerMethodField()
    about = serializers.SerializerMethodField()
    metric = serializers.CharField()
    period = serializers.CharField(help_text="`choice` where the reader chooses.")
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    space = serializers.SlugField(source="space.slug", default=None, allow_null=True)
    group = serializers.SlugField(source="group.slug", default=None, allow_null=True)
    newcomer_days = serializers.IntegerField(allow_null=True)
    url = serializers.CharField(source="get_absolute_url")

    def get_name(self, board: Any) -> str:
        """Return the name in the caller's language."""
        return translated(board.name)

    def get_about(self, board: Any) -> str:
        """Return what it is for in the caller's language."""
        return translated(board.about)


class BoardsOut(Out):
    """All lists the caller may read."""

    results = BoardRefOut(many=True)


class Leaderboards(ApiView):
    """Which lists there are."""

    scopes: ClassVar = {"GET": "badges:read"}
    guests = ("GET",)

    @extend_schema(operation_id="listLeaderboards", tags=["Badges"], responses=BoardsOut)
    def get(self, request: Request) -> Response:
        """List the leaderboards that the caller may read; those of a space only to who sees it."""
        return Response({"results": BoardRefOut(list_boards(viewer_of(request)), many=True).data})


class Leaderboard(ApiView):
    """Who helped most."""

    scopes: ClassVar = {"GET": "badges:read"}
    guests = ("GET",)

    @extend_schema(operation_id="getLeaderboard", tags=["Badges"], parameters=[BoardIn], responses=BoardOut)
    def get(self, request: Request) -> Response:
        """Read the first leaderboard. Only members who chose to appear are in it."""
        return _answer(request, "")


class NamedLeaderboard(ApiView):
    """One list."""

    scopes: ClassVar = {"GET": "badges:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="getNamedLeaderboard", tags=["Badges"], parameters=[BoardIn], responses=BoardOut
    )
    def get(self, request: Request, key: str) -> Response:
        """Read one leaderboard. Only members who chose to appear are in it."""
        return _answer(request, key)


def _answer(request: Request, key: str) -> Response:
    typed = read_query(request, BoardIn)
    page = get_page(
        viewer_of(request), key, typed["period"], after=typed.get("after", ""), limit=typed["limit"]
    )
    if page is None:
        raise NotFound()
    return Response(
        {
            "period": str(page.period),
            "results": RankOut(page.ranks, many=True).data,
            "around": RankOut(page.around, many=True).data,
            "after": page.after,
        }
    )


urlpatterns = [
    path("leaderboard", Leaderboard.as_view(), name="api_leaderboard"),
    path("leaderboards", Leaderboards.as_view(), name="api_leaderboards"),
    path("leaderboards/<str:key>", NamedLeaderboard.as_view(), name="api_leaderboard_named"),
]
