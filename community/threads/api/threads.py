"""One thread."""

from typing import Any, ClassVar

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import NotFound
from community.members.models import Member
from community.rest.inputs import read_body
from community.rest.views import ApiView, actor_of, viewer_of
from community.spaces.queries import get_space_for
from community.threads import actions
from community.threads.api.shapes import THREAD, AnswerIn, ThreadChangeIn, ThreadOut
from community.threads.models import Thread
from community.threads.queries.access import get_post_for, get_thread_for


class ThreadDetail(ApiView):
    """Reading and changing a thread."""

    scopes: ClassVar = {"GET": "threads:read", "PATCH": "threads:write"}
    guests = ("GET",)

    @extend_schema(operation_id="getThread", tags=["Threads"], responses=ThreadOut, examples=[THREAD])
    def get(self, request: Request, pk: int) -> Response:
        """Read a thread without its posts."""
        return Response(ThreadOut(get_thread_for(viewer_of(request), pk)).data)

    @extend_schema(operation_id="changeThread", tags=["Threads"], request=ThreadChangeIn, responses=ThreadOut)
    def patch(self, request: Request, pk: int) -> Response:
        """Rename, tag, close, pin, unlist, archive, slow down or move a thread. All of it or nothing."""
        actor = actor_of(request)
        thread = get_thread_for(actor, pk)
        with transaction.atomic():
            _change(actor, thread, read_body(request, ThreadChangeIn, partial=True))
        return Response(ThreadOut(get_thread_for(actor, pk)).data)


def _change(actor: Member, thread: Thread, asked: dict[str, Any]) -> None:
    # Tags that come with another space are judged by the rules of that one.
    tags = None if "space" in asked else asked.get("tags")
    if "title" in asked or tags is not None:
        actions.rename_thread(actor=actor, thread=thread, title=asked.get("title"), tags=tags)
    if "is_locked" in asked:
        (actions.lock_thread if asked["is_locked"] else actions.unlock_thread)(actor=actor, thread=thread)
    _change_order(actor, thread, asked)
    if "space" in asked:
        space = get_space_for(actor, asked["space"])
        if space.pk == thread.space_id and "tags" in asked:
            actions.rename_thread(actor=actor, thread=thread, tags=asked["tags"])
        actions.move_thread(actor=actor, thread=thread, space=space, tags=asked.get("tags"))


def _change_order(actor: Member, thread: Thread, asked: dict[str, Any]) -> None:
    if asked.get("is_pinned"):
        everywhere = asked.get("is_pinned_everywhere", False)
        actions.pin_thread(actor=actor, thread=thread, everywhere=everywhere, until=asked.get("pinned_until"))
    elif "is_pinned" in asked:
        actions.unpin_thread(actor=actor, thread=thread)
    if "is_unlisted" in asked:
        (actions.unlist_thread if asked["is_unlisted"] else actions.list_thread)(actor=actor, thread=thread)
    if "is_archived" in asked:
        (actions.archive_thread if asked["is_archived"] else actions.unarchive_thread)(
            actor=actor, thread=thread
        )
    if "slow_seconds" in asked:
        actions.set_slow_mode(actor=actor, thread=thread, seconds=asked["slow_seconds"])


class ThreadAnswer(ApiView):
    """The accepted answer."""

    scopes: ClassVar = {"PUT": "threads:write", "DELETE": "threads:write"}

    @extend_schema(operation_id="acceptAnswer", tags=["Threads"], request=AnswerIn, responses=ThreadOut)
    def put(self, request: Request, pk: int) -> Response:
        """Accept a reply as the answer, in place of any other."""
        actor = actor_of(request)
        thread = get_thread_for(actor, pk)
        post = get_post_for(actor, read_body(request, AnswerIn)["post"])
        if post.thread_id != thread.pk:
            raise NotFound()
        actions.accept_answer(actor=actor, post=post)
        return Response(ThreadOut(get_thread_for(actor, pk)).data)

    @extend_schema(operation_id="unacceptAnswer", tags=["Threads"], responses=ThreadOut)
    def delete(self, request: Request, pk: int) -> Response:
        """Say that the question is open again."""
        actor = actor_of(request)
        actions.unaccept_answer(actor=actor, thread=get_thread_for(actor, pk))
        return Response(ThreadOut(get_thread_for(actor, pk)).data)
