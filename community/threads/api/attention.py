"""What the caller attends to: levels, what is new and unread, and the rankings."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import NotFound
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.paging import next_address, unusable_cursor
from community.rest.schema import page_shape
from community.rest.views import ApiView, actor_of, viewer_of
from community.spaces.attention import attend_to_space, attend_to_tag
from community.spaces.models import Level
from community.spaces.queries import get_space_for
from community.threads import actions, queries
from community.threads.api.shapes import ThreadOut
from community.threads.models import Ranking, Thread
from community.threads.queries.access import get_thread_for
from community.threads.queries.tags import tags_for

LISTS = {
    "new": queries.list_new,
    "unread": queries.list_unread,
    "following": queries.list_following,
    "mine": queries.list_mine,
}


class LevelIn(In):
    """How closely to attend to something."""

    level = serializers.ChoiceField(
        choices=Level.choices, help_text="`first_posts` is for spaces and tags only."
    )


class ThreadLevel(ApiView):
    """How closely the caller attends to a thread."""

    scopes: ClassVar = {"PUT": "me:write"}

    @extend_schema(operation_id="setThreadLevel", tags=["Threads"], request=LevelIn, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        """Watch, track or mute a thread, or attend to it as to any other."""
        actor = actor_of(request)
        level = read_body(request, LevelIn)["level"]
        actions.attend_to_thread(actor=actor, thread=get_thread_for(actor, pk), level=level)
        return Response(status=204)


class SpaceLevel(ApiView):
    """How closely the caller attends to a space."""

    scopes: ClassVar = {"PUT": "me:write"}

    @extend_schema(operation_id="setSpaceLevel", tags=["Spaces"], request=LevelIn, responses={204: None})
    def put(self, request: Request, slug: str) -> Response:
        """Watch, track or mute a space, hear of its new threads, or attend to it as to any other."""
        actor = actor_of(request)
        level = read_body(request, LevelIn)["level"]
        attend_to_space(actor=actor, space=get_space_for(actor, slug), level=level)
        return Response(status=204)


class TagLevel(ApiView):
    """How closely the caller attends to a tag."""

    scopes: ClassVar = {"PUT": "me:write"}

    @extend_schema(operation_id="setTagLevel", tags=["Spaces"], request=LevelIn, responses={204: None})
    def put(self, request: Request, slug: str) -> Response:
        """Watch, track or mute a tag, hear of its new threads, or attend to it as to any other."""
        actor = actor_of(request)
        tag = tags_for(actor).filter(slug=slug).first()
        if tag is None:
            raise NotFound()
        attend_to_tag(actor=actor, tag=tag, level=read_body(request, LevelIn)["level"])
        return Response(status=204)


class WaitingOut(Out):
    """How much waits for the caller."""

    new = serializers.IntegerField(help_text="Threads never opened, counted up to 100.")
    unread = serializers.IntegerField(help_text="Threads with replies not read yet, counted up to 100.")


class AsideIn(In):
    """What to set aside."""

    what = serializers.ChoiceField(choices=["new", "unread"])


class Waiting(ApiView):
    """What is new and unread to the caller."""

    scopes: ClassVar = {"GET": "me:read", "PUT": "me:write", "DELETE": "me:write"}

    @extend_schema(operation_id="countWaiting", tags=["Me"], responses=WaitingOut)
    def get(self, request: Request) -> Response:
        """Count what is new and unread."""
        return Response(WaitingOut(queries.count_waiting(actor_of(request))).data)

    @extend_schema(operation_id="setAside", tags=["Me"], request=AsideIn, responses=WaitingOut)
    def put(self, request: Request) -> Response:
        """Set all that is new, or all that is unread, aside."""
        actor = actor_of(request)
        actions.set_aside(actor=actor, what=read_body(request, AsideIn)["what"])
        return Response(WaitingOut(queries.count_waiting(actor)).data)

    @extend_schema(operation_id="bringBack", tags=["Me"], parameters=[AsideIn], responses=WaitingOut)
    def delete(self, request: Request) -> Response:
        """Take back what was set aside last."""
        actor = actor_of(request)
        actions.bring_back(actor=actor, what=read_query(request, AsideIn)["what"])
        return Response(WaitingOut(queries.count_waiting(actor)).data)


class WaitingThreadOut(ThreadOut):
    """A thread, and what of it the caller has not read."""

    unread = serializers.IntegerField(help_text="Shown posts after the last one read, counted up to 100.")


class MyThreadsIn(In):
    """Which list."""

    list = serializers.ChoiceField(choices=list(LISTS))
    after = serializers.CharField(required=False, max_length=60)


class RankingIn(In):
    """Which ranking."""

    by = serializers.ChoiceField(choices=Ranking.choices, default=Ranking.WEEK)
    after = serializers.CharField(required=False, max_length=60)


WaitingThreadPageOut = page_shape(WaitingThreadOut)


class MyThreads(ApiView):
    """The caller's own lists of threads."""

    scopes: ClassVar = {"GET": "me:read"}

    @extend_schema(
        operation_id="listMyThreads", tags=["Me"], parameters=[MyThreadsIn], responses=WaitingThreadPageOut
    )
    def get(self, request: Request) -> Response:
        """List what is new, unread, followed or written by the caller, twenty at a time."""
        actor = actor_of(request)
        asked = read_query(request, MyThreadsIn)
        return _page(request, LISTS[asked["list"]](actor, _cursor(asked)))


class RankedThreads(ApiView):
    """Threads by what they gave to people."""

    scopes: ClassVar = {"GET": "threads:read"}
    guests = ("GET",)

    @extend_schema(
        operation_id="listRankedThreads",
        tags=["Threads"],
        parameters=[RankingIn],
        responses=WaitingThreadPageOut,
    )
    def get(self, request: Request) -> Response:
        """List a ranking, twenty at a time: one point for each thank-you, two for each person who replied."""
        asked = read_query(request, RankingIn)
        return _page(request, queries.list_ranked(viewer_of(request), asked["by"], _cursor(asked)))


def _cursor(asked: dict[str, Any]) -> queries.Cursor | None:
    if "after" not in asked:
        return None
    cursor = queries.read_cursor(asked["after"])
    if cursor is None:
        raise unusable_cursor()
    return cursor


def _page(request: Request, listed: queries.ThreadList) -> Response:
    """Answer the threads of a list, which its query has found for the caller, in its order."""
    whole: dict[int, Any] = Thread.objects.select_related("space", "author").in_bulk(
        [row.pk for row in listed.threads]
    )
    shown = []
    for row in listed.threads:
        if row.pk in whole:
            whole[row.pk].unread = row.unread
            shown.append(whole[row.pk])
    following = next_address(request, str(listed.after)) if listed.after is not None else None
    return Response({"results": WaitingThreadOut(shown, many=True).data, "next": following})
