"""What a reader looks up: how a post came to read as it does, what was asked before, and what concerns them."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api import MemberRefOut
from community.rest.inputs import In, Out, read_query
from community.rest.paging import (
    Order,
    PageIn,
    next_address,
    page_of,
    read_cursor,
    unusable_cursor,
    write_cursor,
)
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of, viewer_of
from community.threads import queries
from community.threads.api.shapes import LONG_TITLE, SpaceRefOut
from community.threads.models import PostRevision, Ranking

LATEST_EDIT = Order("edit", ("number",))
FEEDS = {
    "foryou": queries.list_for_member,
    "new": queries.list_new,
    "unread": queries.list_unread,
    "following": queries.list_following,
    "mine": queries.list_mine,
}


class RevisionOut(Out):
    """How a post read before an edit, who made that edit and why."""

    number = serializers.IntegerField(help_text="1 is the first text.")
    title = serializers.CharField(help_text="Of a thread's first post; empty for replies.")
    body_md = serializers.CharField()
    editor = MemberRefOut(allow_null=True)
    reason = serializers.CharField()
    edited_at = serializers.DateTimeField(source="created_at")


class SimilarIn(In):
    """A title being typed."""

    title = serializers.CharField(max_length=LONG_TITLE)


class SimilarOut(Out):
    """A thread whose title shares words."""

    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    is_solved = serializers.BooleanField()
    reply_count = serializers.IntegerField()
    answer = serializers.CharField(
        help_text="The first lines of the accepted answer; empty when there is none."
    )
    url = serializers.CharField(source="get_absolute_url")


class FeedThreadOut(Out):
    """A thread that concerns the caller."""

    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    kind = serializers.CharField(help_text="discussion or question.")
    space = serializers.SerializerMethodField()
    author = MemberRefOut(allow_null=True)
    excerpt = serializers.CharField()
    tags = serializers.ListField(child=serializers.CharField())
    why = serializers.CharField(
        help_text="What the caller follows, joined by plus signs: thread, person, tag, space; `all` while they follow"
        " no space; in a ranking its place, thank-yous and people, with dots between; or empty."
    )
    is_locked = serializers.BooleanField()
    is_solved = serializers.BooleanField()
    reply_count = serializers.IntegerField()
    reaction_count = serializers.IntegerField()
    unread_count = serializers.IntegerField(source="unread", help_text="Posts since the caller last looked.")
    created_at = serializers.DateTimeField()
    last_post_at = serializers.DateTimeField()
    url = serializers.CharField(source="get_absolute_url")

    def get_space(self, row: Any) -> SpaceRefOut:
        """Return the space as rows name it."""
        return SpaceRefOut({"slug": row.space_slug, "name": row.space_name}).data  # type: ignore[return-value]


class FeedIn(In):
    """Which feed, and where it goes on."""

    view = serializers.ChoiceField(choices=list(FEEDS), required=False, default="foryou")
    after = serializers.CharField(
        required=False, max_length=400, help_text="Cursor from the `next` of the page before."
    )


RevisionPageOut = page_shape(RevisionOut)
SimilarPageOut = page_shape(SimilarOut)
FeedPageOut = page_shape(FeedThreadOut)
REVISIONS = OpenApiExample(
    "One edit",
    value={
        "results": [
            {
                "number": 1,
                "title": "",
                "body_md": "Aluminium bends.",
                "editor": None,
                "reason": "Said how to mend it",
                "edited_at": "2025-11-03T08:12:00Z",
            }
        ],
        "next": None,
    },
    response_only=True,
)


class PostHistory(ApiView):
    """How a post read before."""

    scopes: ClassVar = {"GET": "threads:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listRevisions",
        tags=["Posts"],
        parameters=[PageIn],
        responses=RevisionPageOut,
        examples=[REVISIONS],
    )
    def get(self, request: Request, pk: int) -> Response:
        """List how a post read before each of its edits, the latest edit first."""
        post = queries.get_post_for(viewer_of(request), pk)
        kept = PostRevision.objects.filter(post=post).select_related("editor")
        return page_of(request, kept, LATEST_EDIT, RevisionOut, **read_query(request, PageIn))


class SimilarThreads(ApiView):
    """What was asked before."""

    scopes: ClassVar = {"GET": "threads:read"}

    @extend_schema(
        operation_id="listSimilarThreads", tags=["Threads"], parameters=[SimilarIn], responses=SimilarPageOut
    )
    def get(self, request: Request) -> Response:
        """List at most four threads whose titles share words with one being typed, the closest first."""
        found = queries.threads_like(actor_of(request), read_query(request, SimilarIn)["title"])
        return Response({"results": SimilarOut(found, many=True).data, "next": None})


class Feed(ApiView):
    """What concerns the caller."""

    scopes: ClassVar = {"GET": "me:read"}

    @extend_schema(operation_id="getFeed", tags=["Me"], parameters=[FeedIn], responses=FeedPageOut)
    def get(self, request: Request) -> Response:
        """List threads as on the member's home: of what they follow (`foryou`), never opened (`new`), with replies not
        read yet (`unread`), followed, or written in by them (`mine`). Twenty at a time."""
        asked = read_query(request, FeedIn)
        name = f"feed-{asked['view']}"
        return _page(request, name, FEEDS[asked["view"]](actor_of(request), cursor_of(asked, name)))


class RankingIn(In):
    """Which ranking, and where it goes on."""

    by = serializers.ChoiceField(choices=Ranking.choices, required=False, default=Ranking.WEEK.value)
    after = serializers.CharField(
        required=False, max_length=400, help_text="Cursor from the `next` of the page before."
    )


class RankedThreads(ApiView):
    """Threads by what they gave to people."""

    scopes: ClassVar = {"GET": "threads:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listRankedThreads", tags=["Threads"], parameters=[RankingIn], responses=FeedPageOut
    )
    def get(self, request: Request) -> Response:
        """List a ranking, twenty at a time: one point for each thank-you, two for each person who replied."""
        asked = read_query(request, RankingIn)
        name = f"ranked-{asked['by']}"
        return _page(
            request, name, queries.list_ranked(viewer_of(request), asked["by"], cursor_of(asked, name))
        )


def cursor_of(asked: dict[str, Any], name: str) -> queries.Cursor | None:
    """Read the cursor of a list sorted by one number and a key. Raises `Invalid` for what is not one of that list."""
    if not asked.get("after"):
        return None
    value, pk = read_cursor(asked["after"], name, 2)
    after = queries.read_cursor(f"{value}.{pk}")
    if after is None:
        raise unusable_cursor()
    return after


def _page(request: Request, name: str, listed: queries.ThreadList) -> Response:
    following = listed.after and next_address(request, write_cursor(name, list(listed.after)))
    return Response({"results": FeedThreadOut(listed.threads, many=True).data, "next": following})
