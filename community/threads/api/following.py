"""How the caller stands to threads: following, muting, reading, and what they follow."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.models import Member
from community.rest.inputs import Out, read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.schema import page_shape
from community.rest.switches import Switch, switch
from community.rest.views import ApiView, actor_of
from community.spaces.models import Level
from community.threads import actions
from community.threads.api.shapes import ReadIn, ThreadOut
from community.threads.models import Thread, ThreadFollow
from community.threads.queries import get_thread_for, thread_head

LATEST_CHOSEN = Order("chosen", ("id",))


class StandingOut(Out):
    """How the caller stands to a thread."""

    level = serializers.ChoiceField(choices=["", *Level.values], help_text="Empty when nothing was chosen.")
    last_read_position = serializers.IntegerField(source="last_read", help_text="0 when nothing was read.")
    last_position = serializers.IntegerField(help_text="Of the latest post.")


class FollowOut(Out):
    """A thread about which the caller chose what to hear."""

    level = serializers.ChoiceField(choices=Level.choices)
    since = serializers.DateTimeField(source="created_at")
    thread = ThreadOut()


class FollowListIn(PageIn):
    """Which choices."""

    level = serializers.ChoiceField(choices=Level.choices, required=False, default=Level.WATCHING.value)


FollowPageOut = page_shape(FollowOut)
STANDING = OpenApiExample(
    "Followed, two posts not read yet",
    value={"level": "watching", "last_read_position": 5, "last_position": 7},
    response_only=True,
)


@switch(
    "Threads",
    on=("followThread", "Hear about replies. Doing it twice changes nothing."),
    off=("unfollowThread", "Neither follow nor mute any more."),
)
class ThreadFollowing(Switch):
    """Whether the caller hears of replies."""

    scopes: ClassVar = {"GET": "me:read", "PUT": "me:write", "DELETE": "me:write"}

    @extend_schema(
        operation_id="getThreadFollow", tags=["Threads"], responses=StandingOut, examples=[STANDING]
    )
    def get(self, request: Request, pk: int) -> Response:
        """Read whether the caller follows or muted a thread, and how far they have read."""
        return Response(StandingOut(thread_head(actor_of(request), pk)).data)

    def turn(self, actor: Member, on: bool, **place: Any) -> None:
        """Switch it on or off."""
        act = actions.follow_thread if on else actions.unfollow_thread
        act(actor=actor, thread=get_thread_for(actor, place["pk"]))


class ThreadMute(ApiView):
    """Whether the caller hears nothing at all."""

    scopes: ClassVar = {"PUT": "me:write"}

    @extend_schema(operation_id="muteThread", tags=["Threads"], request=None, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        """Hear nothing about a thread until `unfollowThread`."""
        actor = actor_of(request)
        actions.mute_thread(actor=actor, thread=get_thread_for(actor, pk))
        return Response(status=204)


class ThreadRead(ApiView):
    """How far the caller has read."""

    scopes: ClassVar = {"PUT": "me:write"}

    @extend_schema(operation_id="markThreadRead", tags=["Threads"], request=ReadIn, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        """Note how far the caller has read; it only ever moves forward."""
        actor = actor_of(request)
        thread = get_thread_for(actor, pk)
        actions.mark_read(actor=actor, thread=thread, position=read_body(request, ReadIn)["position"])
        return Response(status=204)


class FollowList(ApiView):
    """What the caller follows, or muted."""

    scopes: ClassVar = {"GET": "me:read"}

    @extend_schema(
        operation_id="listFollowedThreads", tags=["Me"], parameters=[FollowListIn], responses=FollowPageOut
    )
    def get(self, request: Request) -> Response:
        """List the threads the caller follows, or muted, and may still read; the last chosen first."""
        actor = actor_of(request)
        asked = read_query(request, FollowListIn)
        chosen = ThreadFollow.objects.filter(
            member=actor, level=asked.pop("level"), thread__in=Thread.objects.visible_to(actor)
        )
        return page_of(
            request,
            chosen.select_related("thread__space", "thread__author"),
            LATEST_CHOSEN,
            FollowOut,
            **asked,
        )
