"""What the caller attends to: levels, and how much is new and unread."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.errors import NotFound
from community.rest.inputs import In, Out, read_body, read_query
from community.rest.views import ApiView, actor_of
from community.spaces.attention import attend_to_space, attend_to_tag
from community.spaces.models import Level
from community.spaces.queries import get_space_for
from community.threads import actions, queries
from community.threads.queries.access import get_thread_for
from community.threads.queries.tags import tags_for


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
