"""Listing and beginning threads."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.models import Member
from community.proof import check
from community.rest.inputs import read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.views import ApiView, actor_of, viewer_of
from community.screening import Manner
from community.spaces.asking.answers import wanted
from community.spaces.asking.queries import fields_of
from community.spaces.models import Kind, Space
from community.spaces.queries import get_space_for
from community.threads import actions
from community.threads.api.poll_shapes import spec_from
from community.threads.api.shapes import (
    NEW_THREAD,
    ThreadIn,
    ThreadOut,
    ThreadPageOut,
    ThreadWithPostOut,
)
from community.threads.models import Post, State, Thread

ORDERS = {
    "latest": Order("latest", ("last_post_at", "id")),
    "newest": Order("newest", ("created_at", "id")),
    "top": Order("top", ("reaction_count", "id")),
}


class ThreadListIn(PageIn):
    """Which threads, in which order."""

    space = serializers.SlugField(required=False, max_length=50, help_text="Only in this space.")
    tag = serializers.CharField(required=False, max_length=40, help_text="Only with this tag.")
    kind = serializers.ChoiceField(required=False, choices=Kind.choices)
    status = serializers.ChoiceField(
        required=False,
        choices=["solved", "open", "unanswered", "missing"],
        help_text="Of questions: with an accepted answer, without one, without any reply, or open and missing information.",
    )
    author = serializers.CharField(required=False, max_length=30, help_text="A handle.")
    details = serializers.CharField(
        required=False,
        max_length=200,
        help_text="With `space`: only threads that chose this answer, as `key:answer`. Fields to choose from, not those for the team.",
    )
    sort = serializers.ChoiceField(required=False, choices=list(ORDERS), default="latest")


class ThreadList(ApiView):
    """Threads the caller may read."""

    scopes: ClassVar = {"GET": "threads:read", "POST": "threads:write"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listThreads",
        tags=["Threads"],
        parameters=[ThreadListIn],
        responses=ThreadPageOut,
    )
    def get(self, request: Request) -> Response:
        """List threads."""
        asked = read_query(request, ThreadListIn)
        order = ORDERS[asked["sort"]]
        threads = find_threads(viewer_of(request), asked).select_related("space", "author")
        return page_of(request, threads, order, ThreadOut, after=asked.get("after"), limit=asked["limit"])

    @extend_schema(
        operation_id="startThread",
        tags=["Threads"],
        request=ThreadIn,
        responses={201: ThreadWithPostOut},
        examples=[NEW_THREAD],
    )
    def post(self, request: Request) -> Response:
        """Begin a thread."""
        actor = actor_of(request)
        typed = read_body(request, ThreadIn)
        space = get_space_for(actor, typed.pop("space"))
        poll = spec_from(asked) if (asked := typed.pop("poll")) else None
        manner = Manner(proof=check(typed.pop("altcha"), "post", actor.pk))
        thread: Any = actions.start_thread(actor=actor, space=space, poll=poll, manner=manner, **typed)
        thread.first_post_id = Post.objects.values_list("pk", flat=True).get(thread=thread, position=1)
        answer = Response(ThreadWithPostOut(thread).data, status=201)
        answer["Location"] = f"/api/v1/threads/{thread.pk}"
        return answer


def find_threads(viewer: Member | None, asked: dict[str, Any]) -> QuerySet[Thread]:
    """Return the shown threads that a viewer may read and that pass the filters."""
    threads: QuerySet[Thread] = Thread.objects.visible_to(viewer).filter(state=State.VISIBLE)
    if "space" in asked:
        space = get_space_for(viewer, asked["space"])
        threads = _of_space(threads, space, asked.get("details", ""))
    if "tag" in asked:
        threads = threads.filter(tags__contains=[asked["tag"]])
    if "kind" in asked:
        threads = threads.filter(kind=asked["kind"])
    if "author" in asked:
        threads = threads.filter(author__in=Member.objects.get_queryset().with_handle(asked["author"]))
    if "status" in asked:
        solved = asked["status"] == "solved"
        threads = threads.filter(kind=Kind.QUESTION, accepted_post__isnull=not solved)
        if asked["status"] == "unanswered":
            threads = threads.filter(reply_count=0)
        if asked["status"] == "missing":
            threads = threads.filter(care__missing__gt="")
    return threads


def _of_space(threads: QuerySet[Thread], space: Space, details: str) -> QuerySet[Thread]:
    """Keep those in a space, and of them only those that chose an answer, where one was asked for."""
    threads = threads.filter(space=space)
    key, _colon, answer = details.partition(":")
    if not key:
        return threads
    chosen = wanted(fields_of(space), {key: answer})
    return threads.filter(details__contains=chosen) if chosen else threads.none()
