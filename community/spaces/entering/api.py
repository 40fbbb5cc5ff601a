"""The caller's way to the doors of private spaces."""

from typing import ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api.shapes import MemberRefOut
from community.members.models import Member
from community.rest.inputs import In, Out, read_body
from community.rest.views import ApiView, actor_of
from community.spaces.audiences import words_for
from community.spaces.entering import actions, queries
from community.spaces.entering.limits import WORDS_LENGTH
from community.spaces.models import Space


class DoorOut(Out):
    """A private space as those see it who may not read it."""

    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    opens_to = serializers.ListField(child=serializers.CharField(), help_text="Levels and tiers, in words.")
    has_asked = serializers.BooleanField(help_text="Whether a request of the caller waits.")
    may_ask = serializers.BooleanField()


class EntryIn(In):
    """A request to be let in."""

    words = serializers.CharField(
        max_length=WORDS_LENGTH, help_text="Why; the moderators of the space read it."
    )


def _shown(actor: Member, space: Space) -> Response:
    public = [key for key in space.see_for if not key.startswith("group:")]
    values = {
        "slug": space.slug,
        "name": space.name,
        "description": space.description,
        "opens_to": words_for(public),
        "has_asked": queries.open_entry(space, actor) is not None,
        "may_ask": bool(queries.may_ask(actor, space)),
    }
    return Response(DoorOut(values).data)


class SpaceDoor(ApiView):
    """The door of a private space."""

    scopes: ClassVar = {"GET": "spaces:read", "PUT": "spaces:write", "DELETE": "spaces:write"}

    @extend_schema(operation_id="getSpaceDoor", tags=["Spaces"], responses=DoorOut)
    def get(self, request: Request, slug: str) -> Response:
        """Read what members see of a private space they may not read. Secret spaces are absent."""
        actor = actor_of(request)
        return _shown(actor, queries.get_door_for(actor, slug))

    @extend_schema(operation_id="askToEnterSpace", tags=["Spaces"], request=EntryIn, responses=DoorOut)
    def put(self, request: Request, slug: str) -> Response:
        """Ask to be let in. Its moderators or managers answer in the queue; the answer is a notice."""
        actor = actor_of(request)
        space = queries.get_door_for(actor, slug)
        actions.ask_to_enter(actor=actor, space=space, words=read_body(request, EntryIn)["words"])
        return _shown(actor, space)

    @extend_schema(operation_id="withdrawSpaceRequest", tags=["Spaces"], responses={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        """Take the request back."""
        actor = actor_of(request)
        actions.withdraw_entry(actor=actor, space=queries.get_door_for(actor, slug))
        return Response(status=204)


class EntryOut(Out):
    """Somebody who asks to be let in."""

    member = MemberRefOut()
    words = serializers.CharField()
    asked_at = serializers.DateTimeField()


class EntryListOut(Out):
    """Who asks to be let in, the first first."""

    results = EntryOut(many=True)


class EntryAnswerIn(In):
    """Yes or no, with a word that goes with it."""

    accept = serializers.BooleanField()
    answer = serializers.CharField(max_length=WORDS_LENGTH, required=False, default="", allow_blank=True)


class SpaceEntries(ApiView):
    """Who asks to be let in."""

    scopes: ClassVar = {"GET": "spaces:read"}

    @extend_schema(operation_id="listSpaceRequests", tags=["Spaces"], responses=EntryListOut)
    def get(self, request: Request, slug: str) -> Response:
        """List who asks to be let into a private space and waits: for its moderators and managers."""
        _space, asks = queries.waiting_in(actor_of(request), slug)
        return Response(EntryListOut({"results": asks}).data)


class SpaceEntry(ApiView):
    """Answering somebody who asks."""

    scopes: ClassVar = {"POST": "spaces:write"}

    @extend_schema(
        operation_id="answerSpaceRequest", tags=["Spaces"], request=EntryAnswerIn, responses={204: None}
    )
    def post(self, request: Request, slug: str, handle: str) -> Response:
        """Let in who asked, or not: moderators of the space and managers. The member is told."""
        actor = actor_of(request)
        ask = queries.get_entry_for(actor, slug, handle)
        actions.answer_entry(actor=actor, ask=ask, **read_body(request, EntryAnswerIn))
        return Response(status=204)


urlpatterns = [
    path("spaces/<str:slug>/door", SpaceDoor.as_view(), name="api_space_door"),
    path("spaces/<str:slug>/requests", SpaceEntries.as_view(), name="api_space_requests"),
    path("spaces/<str:slug>/requests/<str:handle>", SpaceEntry.as_view(), name="api_space_request"),
]
