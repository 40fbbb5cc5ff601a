"""What a reader does with one press: reactions and bookmarks."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.models import Member
from community.rest.inputs import Out, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.switches import Switch, switch
from community.rest.views import ApiView, actor_of
from community.threads import actions
from community.threads.api.posts import note_presses, show_post
from community.threads.api.shapes import PostOut
from community.threads.models import Bookmark, Post
from community.threads.queries.access import get_post_for

KEPT_LATEST = Order("kept", ("id",))


class PostReaction(ApiView):
    """One kind of reaction to a post: helpful, thanks or same."""

    scopes: ClassVar = {"PUT": "reactions:write", "DELETE": "reactions:write"}

    @extend_schema(operation_id="addReaction", tags=["Posts"], request=None, responses=PostOut)
    def put(self, request: Request, pk: int, kind: str) -> Response:
        """React to a post: `helpful`, `thanks` or `same`. Doing it twice changes nothing."""
        actor = actor_of(request)
        actions.add_reaction(actor=actor, post=get_post_for(actor, pk), kind=kind)
        return show_post(actor, get_post_for(actor, pk))

    @extend_schema(operation_id="removeReaction", tags=["Posts"], responses=PostOut)
    def delete(self, request: Request, pk: int, kind: str) -> Response:
        """Take a reaction back."""
        actor = actor_of(request)
        actions.remove_reaction(actor=actor, post=get_post_for(actor, pk), kind=kind)
        return show_post(actor, get_post_for(actor, pk))


@switch(
    "Posts",
    on=("bookmarkPost", "Keep a post for later. Doing it twice changes nothing."),
    off=("unbookmarkPost", "Keep a post no longer."),
)
class PostBookmark(Switch):
    """Whether the caller keeps a post."""

    scopes: ClassVar = {"PUT": "me:write", "DELETE": "me:write"}

    def turn(self, actor: Member, on: bool, **place: Any) -> None:
        """Switch it on or off."""
        act = actions.bookmark_post if on else actions.unbookmark_post
        act(actor=actor, post=get_post_for(actor, place["pk"]))


class BookmarkOut(Out):
    """A kept post."""

    kept_at = serializers.DateTimeField(source="created_at")
    thread_title = serializers.CharField(source="post.thread.title")
    post = PostOut()


BookmarkPageOut = page_shape(BookmarkOut)


class BookmarkList(ApiView):
    """What the caller keeps."""

    scopes: ClassVar = {"GET": "me:read"}

    @extend_schema(operation_id="listBookmarks", tags=["Me"], parameters=[PageIn], responses=BookmarkPageOut)
    def get(self, request: Request) -> Response:
        """List kept posts that the caller may still read, latest first."""
        actor = actor_of(request)
        kept = Bookmark.objects.filter(member=actor, post__in=Post.objects.visible_to(actor))
        return page_of(
            request,
            kept.select_related("post__author", "post__thread"),
            KEPT_LATEST,
            BookmarkOut,
            prepare=lambda rows: note_presses(actor, [row.post for row in rows]),
            **read_query(request, PageIn),
        )
