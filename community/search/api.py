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
from community.rest.views import ApiView, actor_of, viewer_of
from community.search import actions, limits, queries
from community.search.language import VALUES
from community.spaces.queries import get_space_for
from community.threads.api.shapes import SpaceRefOut

LANGUAGE = (
    'Words, "phrases", -not, or, and filters: `in:title|mine|bookmarks`, `thread:42`, `@member` or `by:`, `#space` or `space:`, '
    "`tag:`, `before:` and `after:` (2026-03-14, 2026-03, 7d, 2w, 3m, 1y), `status:solved|unsolved|unanswered|open|closed`, "
    "`kind:question|discussion`, `has:picture`, `order:latest|oldest|likes`. With `thread:` each post is a result."
)


class SearchIn(PageIn):
    """What to look for."""

    q = serializers.CharField(max_length=limits.LONGEST_QUERY, help_text=LANGUAGE)
    space = serializers.SlugField(required=False, max_length=50, help_text="Only in this space.")
    status = serializers.ChoiceField(required=False, choices=list(VALUES["status"]))


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

    results = HitOut(many=True, source="hits")
    next = serializers.SerializerMethodField()
    total = serializers.IntegerField(
        help_text=f"Threads found that the caller may read; of the newest {limits.RANKED} matches."
    )
    is_more = serializers.BooleanField(help_text="Whether there are more matches than were counted.")
    mended = serializers.CharField(
        help_text="What was looked for instead, when the words were found nowhere."
    )
    understood = serializers.SerializerMethodField(help_text="The filters, in words.")
    notes = serializers.ListField(
        child=serializers.CharField(), help_text="What was not understood, and what was done instead."
    )

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_next(self, found: Any) -> str | None:
        """Return where the next page is."""
        address: str | None = self.context["next"]
        return address

    def get_understood(self, found: Any) -> list[str]:
        """Return what each filter is called."""
        return [chip.label for chip in found.chips]


class OfferOut(Out):
    """A thread that is offered."""

    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    is_solved = serializers.BooleanField()
    space = serializers.CharField(source="space_name")
    url = serializers.CharField()


class PlaceOut(Out):
    """A space or a tag that is offered."""

    sort = serializers.ChoiceField(choices=["space", "tag"])
    slug = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField()


class CompletionOut(Out):
    """How a filter that was begun may go on."""

    text = serializers.CharField(help_text="The whole question then.")
    filter = serializers.CharField()
    means = serializers.CharField(source="label")


class OffersOut(Out):
    """What is offered while one types."""

    threads = OfferOut(many=True)
    members = MemberRefOut(many=True, source="people")
    places = PlaceOut(many=True)
    completions = CompletionOut(many=True)


class SuggestIn(In):
    """What has been typed so far."""

    q = serializers.CharField(max_length=limits.LONGEST_QUERY)


class RecentOut(Out):
    """What the caller looked for lately."""

    results = serializers.ListField(child=serializers.CharField(), help_text="The latest first.")


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
        out = FoundOut(found, context={"next": next_address(request, found.after) if found.after else None})
        return Response(out.data)


class SearchPeople(ApiView):
    """Search among members."""

    scopes: ClassVar = {"GET": "search:read"}
    guests = ("GET",)

    @extend_schema(operation_id="searchMembers", tags=["Search"], parameters=[PeopleIn], responses=PeopleOut)
    def get(self, request: Request) -> Response:
        """Search members by name or handle."""
        asked = read_query(request, PeopleIn)
        limits.spend(limits.SEARCH, viewer_of(request), network_of(request._request))
        return Response(
            {
                "results": MemberRefOut(
                    queries.search_members(asked["q"], viewer=viewer_of(request)), many=True
                ).data
            }
        )


class Suggest(ApiView):
    """What may be meant by the beginning of a question."""

    scopes: ClassVar = {"GET": "search:read"}
    guests = ("GET",)

    @extend_schema(operation_id="searchSuggest", tags=["Search"], parameters=[SuggestIn], responses=OffersOut)
    def get(self, request: Request) -> Response:
        """Offer threads, members, spaces and tags while one types, or how a filter may go on."""
        asked = read_query(request, SuggestIn)
        viewer = viewer_of(request)
        limits.spend(limits.SUGGEST, viewer, network_of(request._request))
        return Response(OffersOut(queries.offers(viewer, asked["q"])).data)


class Recent(ApiView):
    """What the caller looked for lately."""

    scopes: ClassVar = {"GET": "me:read", "DELETE": "me:write"}

    @extend_schema(operation_id="listRecentSearches", tags=["Search"], responses=RecentOut)
    def get(self, request: Request) -> Response:
        """List the last ten questions of the caller, kept by the pages they searched on."""
        return Response({"results": queries.recent_searches(viewer_of(request))})

    @extend_schema(operation_id="forgetRecentSearches", tags=["Search"], responses={204: None})
    def delete(self, request: Request) -> Response:
        """Forget them."""
        actions.forget_searches(actor=actor_of(request))
        return Response(status=204)


urlpatterns = [
    path("search", Search.as_view(), name="api_search"),
    path("search/suggest", Suggest.as_view(), name="api_search_suggest"),
    path("search/recent", Recent.as_view(), name="api_search_recent"),
    path("search/members", SearchPeople.as_view(), name="api_search_members"),
]
