"""The brand's way to search."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.addresses import network_of
from community.members.api import MemberRefOut
from community.rest.inputs import In, Out, read_query
from community.rest.paging import PageIn, next_address
from community.rest.views import ApiView, viewer_of
from community.search import limits, queries
from community.search.forms import STATUSES
from community.spaces.queries import get_space_for
from community.threads.api.shapes import SpaceRefOut


class SearchIn(PageIn):
    """What to look for."""

    q = serializers.CharField(max_length=limits.LONGEST_QUERY, help_text='Words, "phrases", -not, or.')
    space = serializers.SlugField(required=False, max_length=50, help_text="Only in this space.")
    status = serializers.ChoiceField(required=False, choices=[s for s in STATUSES if s])


class HitOut(Out):
    """A thread that was found, by its best post."""

    thread_id = serializers.IntegerField()
    post_id = serializers.IntegerField(allow_null=True, help_text="Null when the first post was found.")
    title = serializers.CharField()
    kind = serializers.CharField()
    space = serializers.SerializerMethodField()
    author = MemberRefOut(allow_null=True)
    excerpt_html = serializers.SerializerMethodField(help_text="Safe to show; hits are in `<mark>`.")
    tags = serializers.ListField(child=serializers.CharField())
    is_solved = serializers.BooleanField()
    is_answer = serializers.BooleanField(help_text="Whether the accepted answer was found.")
    reply_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    url = serializers.CharField()

    @extend_schema_field(SpaceRefOut)
    def get_space(self, hit: Any) -> dict[str, str]:
        """Return where it was said."""
        return {"slug": hit.space_slug, "name": hit.space_name}

    def get_excerpt_html(self, hit: Any) -> str:
        """Return the excerpt with hits marked."""
        return str(hit.marked)


class FoundOut(Out):
    """A page of results."""

    results = HitOut(many=True)
    next = serializers.URLField(allow_null=True)
    total = serializers.IntegerField(help_text=f"Threads found; counted up to {limits.RANKED}.")
    mended = serializers.CharField(
        help_text="What was looked for instead, when the words were found nowhere."
    )


class PeopleIn(In):
    """Whom to look for."""

    q = serializers.CharField(max_length=60)


class PeopleOut(Out):
    """Members that were found."""

    results = MemberRefOut(many=True)


EXAMPLE = OpenApiExample(
    "Two words",
    value={
        "results": [
            {
                "thread_id": 42,
                "post_id": 99,
                "title": "Which poles hold in a winter gale?",
                "kind": "question",
                "space": {"slug": "help", "name": "Help and how-to"},
                "author": None,
                "excerpt_html": "Aluminium <mark>poles</mark> bend and can be splinted.",
                "tags": ["poles"],
                "is_solved": True,
                "is_answer": True,
                "reply_count": 4,
                "created_at": "2025-11-02T19:02:00Z",
                "url": "/p/99/",
            }
        ],
        "next": None,
        "total": 1,
        "mended": "",
    },
    response_only=True,
)


class Search(ApiView):
    """Search in threads and posts."""

    scopes: ClassVar = {"GET": "search:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="search",
        tags=["Search"],
        parameters=[SearchIn],
        responses=FoundOut,
        examples=[EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        """Search in threads and posts, best first, each thread once."""
        asked = read_query(request, SearchIn)
        viewer = viewer_of(request)
        limits.spend(limits.SEARCH, viewer, network_of(request._request))
        space = get_space_for(viewer, asked["space"]) if "space" in asked else None
        found = queries.search_threads(
            viewer,
            asked["q"],
            space_id=space.pk if space else None,
            status=asked.get("status", ""),
            after=asked.get("after", ""),
            limit=asked["limit"],
        )
        return Response(
            {
                "results": HitOut(found.hits, many=True).data,
                "next": next_address(request, found.after) if found.after else None,
                "total": found.total,
                "mended": found.mended,
            }
        )


class SearchPeople(ApiView):
    """Search among members."""

    scopes: ClassVar = {"GET": "search:read"}
    guests = ("GET",)

    @extend_schema(operation_id="searchMembers", tags=["Search"], parameters=[PeopleIn], responses=PeopleOut)
    def get(self, request: Request) -> Response:
        """Search members by name or handle."""
        asked = read_query(request, PeopleIn)
        limits.spend(limits.SEARCH, viewer_of(request), network_of(request._request))
        return Response({"results": MemberRefOut(queries.search_members(asked["q"]), many=True).data})


urlpatterns = [
    path("search", Search.as_view(), name="api_search"),
    path("search/members", SearchPeople.as_view(), name="api_search_members"),
]
