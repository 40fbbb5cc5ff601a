"""Posts of a thread."""

from collections.abc import Sequence
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.models import Member
from community.proof import check
from community.rest.inputs import read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.views import ApiView, actor_of, viewer_of
from community.screening import Manner
from community.threads import actions
from community.threads.api.poll_shapes import spec_from
from community.threads.api.shapes import (
    NEW_POST,
    POST,
    PostChangeIn,
    PostDecisionIn,
    PostIn,
    PostOut,
    PostPageOut,
    WikiIn,
)
from community.threads.models import Bookmark, Post, Reaction
from community.threads.queries.access import get_own_post, get_post_for, get_thread_for
from community.threads.queries.polls import polls_of

OLDEST = Order("position", ("position",), falling=False)


class PostList(ApiView):
    """What is said in a thread."""

    scopes: ClassVar = {"GET": "threads:read", "POST": "posts:write"}
    guests = ("GET",)

    @extend_schema(operation_id="listPosts", tags=["Posts"], parameters=[PageIn], responses=PostPageOut)
    def get(self, request: Request, pk: int) -> Response:
        """List the posts of a thread, oldest first."""
        viewer = viewer_of(request)
        thread = get_thread_for(viewer, pk)
        posts = Post.objects.visible_to(viewer).filter(thread=thread).select_related("author")
        return page_of(
            request,
            posts,
            OLDEST,
            PostOut,
            prepare=lambda rows: note_presses(viewer, rows),
            **read_query(request, PageIn),
        )

    @extend_schema(
        operation_id="reply", tags=["Posts"], request=PostIn, responses={201: PostOut}, examples=[NEW_POST]
    )
    def post(self, request: Request, pk: int) -> Response:
        """Reply in a thread."""
        actor = actor_of(request)
        thread = get_thread_for(actor, pk)
        typed = read_body(request, PostIn)
        target = get_post_for(actor, typed["reply_to"]) if typed.get("reply_to") else None
        poll = spec_from(typed["poll"]) if typed["poll"] else None
        manner = Manner(proof=check(typed["altcha"], "post", actor.pk))
        post = actions.reply_to_thread(
            actor=actor, thread=thread, body=typed["body"], reply_to=target, poll=poll, manner=manner
        )
        answer = show_post(actor, post, status=201)
        answer["Location"] = f"/api/v1/posts/{post.pk}"
        return answer


class PostDetail(ApiView):
    """One post."""

    scopes: ClassVar = {"GET": "threads:read", "PATCH": "posts:write", "DELETE": "posts:write"}
    guests = ("GET",)

    @extend_schema(operation_id="getPost", tags=["Posts"], responses=PostOut, examples=[POST])
    def get(self, request: Request, pk: int) -> Response:
        """Read a post."""
        viewer = viewer_of(request)
        return show_post(viewer, get_post_for(viewer, pk))

    @extend_schema(operation_id="editPost", tags=["Posts"], request=PostChangeIn, responses=PostOut)
    def patch(self, request: Request, pk: int) -> Response:
        """Change the text of a post; the text before is kept in its history."""
        actor = actor_of(request)
        post = get_post_for(actor, pk)
        typed = read_body(request, PostChangeIn)
        edited = actions.edit_post(
            actor=actor,
            post=post,
            body=typed["body"],
            reason=typed["reason"],
            expected_edit_count=typed["edit_count"],
        )
        return show_post(actor, edited)

    @extend_schema(operation_id="deletePost", tags=["Posts"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Delete one's own post; for a day it can be brought back."""
        actor = actor_of(request)
        actions.delete_post(actor=actor, post=get_post_for(actor, pk))
        return Response(status=204)


class PostRestore(ApiView):
    """Bringing back what one deleted."""

    scopes: ClassVar = {"POST": "posts:write"}

    @extend_schema(operation_id="restorePost", tags=["Posts"], request=None, responses=PostOut)
    def post(self, request: Request, pk: int) -> Response:
        """Bring one's own deleted post back, within a day."""
        actor = actor_of(request)
        return show_post(actor, actions.restore_post(actor=actor, post=get_own_post(actor, pk)))


class PostWiki(ApiView):
    """Whether members may edit a post."""

    scopes: ClassVar = {"PUT": "posts:write"}

    @extend_schema(operation_id="setWiki", tags=["Posts"], request=WikiIn, responses=PostOut)
    def put(self, request: Request, pk: int) -> Response:
        """Open a post for editing by members of trust level 1 and more, or close it to them; for author and moderators."""
        actor = actor_of(request)
        post = get_post_for(actor, pk)
        return show_post(actor, actions.set_wiki(actor=actor, post=post, **read_body(request, WikiIn)))


class PostDecision(ApiView):
    """Whether a post is shown, as moderators decide."""

    scopes: ClassVar = {"PUT": "moderation:write"}

    @extend_schema(operation_id="decidePost", tags=["Moderation"], request=PostDecisionIn, responses=PostOut)
    def put(self, request: Request, pk: int) -> Response:
        """Show, hide or remove a post, with a reason its author will read."""
        actor = actor_of(request)
        post = get_post_for(actor, pk)
        decided = actions.judge_post(actor=actor, post=post, **read_body(request, PostDecisionIn))
        return show_post(actor, decided)


def show_post(viewer: Member | None, post: Post, status: int = 200) -> Response:
    """Answer with one post as its viewer stands to it."""
    note_presses(viewer, [post])
    return Response(PostOut(post).data, status=status)


def note_presses(viewer: Member | None, posts: Sequence[Post]) -> None:
    """Note on each post what its viewer pressed, by two statements for all of them, and polls by one where there are any."""
    mine: dict[int, list[str]] = {}
    kept: set[int] = set()
    if viewer is not None and posts:
        pks = [post.pk for post in posts]
        said = Reaction.objects.filter(member=viewer, post__in=pks).order_by("id")
        for pk, kind in said.values_list("post_id", "kind"):
            mine.setdefault(pk, []).append(kind)
        kept.update(Bookmark.objects.filter(member=viewer, post__in=pks).values_list("post_id", flat=True))
    polled = [post.pk for post in posts if post.has_poll]
    polls = polls_of(viewer, polled) if polled else {}
    for post in posts:
        post.poll_seen = polls.get(post.pk)  # type: ignore[attr-defined]
        post.my_reactions = mine.get(post.pk, [])  # type: ignore[attr-defined]
        post.is_bookmarked = post.pk in kept  # type: ignore[attr-defined]
