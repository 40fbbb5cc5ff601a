"""Conversations of the caller."""

from collections.abc import Sequence
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.models import Member
from community.messages import actions
from community.messages.api.shapes import (
    BEGIN,
    ConversationIn,
    ConversationListIn,
    ConversationOut,
    ConversationPageOut,
    HandlesIn,
    PositionIn,
    TitleIn,
)
from community.messages.models import Conversation, Participation
from community.messages.queries import get_conversation_for, participation_of
from community.messages.queries.inbox import places_of, with_people
from community.messages.queries.people import meant_by
from community.rest.inputs import read_body, read_query
from community.rest.paging import Order, page_of
from community.rest.views import ApiView, actor_of

LATEST = Order("latest", ("last_message_at", "id"))
READ, WRITE = "messages:read", "messages:write"


class PlaceOut(ConversationOut):
    """A participation, drawn as the conversation it is in."""

    def to_representation(self, instance: Participation) -> dict[str, Any]:
        """Draw what `prepare` noted on the row."""
        return super().to_representation(instance.inbox_row)  # type: ignore[attr-defined]


def _answer(actor: Member, conversation: Conversation, status: int = 200) -> Response:
    place = participation_of(actor, conversation)
    place.conversation = Conversation.objects.get(pk=conversation.pk)
    (row,) = with_people(actor, [place])
    return Response(ConversationOut(row).data, status=status)


class ConversationList(ApiView):
    """The caller's conversations."""

    scopes: ClassVar = {"GET": READ, "POST": WRITE}

    @extend_schema(
        operation_id="listConversations",
        tags=["Messages"],
        parameters=[ConversationListIn],
        responses=ConversationPageOut,
    )
    def get(self, request: Request) -> Response:
        """List conversations, those written in last first."""
        actor = actor_of(request)
        asked = read_query(request, ConversationListIn)
        rows = places_of(actor)
        if asked.pop("unread"):
            rows = rows.filter(is_unread=True)

        def prepare(places: Sequence[Participation]) -> None:
            for row in with_people(actor, list(places)):
                row.place.inbox_row = row  # type: ignore[attr-defined]

        return page_of(request, rows, LATEST, PlaceOut, prepare=prepare, **asked)

    @extend_schema(
        operation_id="beginConversation",
        tags=["Messages"],
        request=ConversationIn,
        responses={201: ConversationOut},
        examples=[BEGIN],
    )
    def post(self, request: Request) -> Response:
        """Write to one or a few members. To one, it goes on where the two have written before."""
        actor = actor_of(request)
        typed = read_body(request, ConversationIn)
        conversation = actions.begin_conversation(
            actor=actor, members=meant_by(typed["to"]), body=typed["body"], title=typed["title"]
        )
        answer = _answer(actor, conversation, status=201)
        answer["Location"] = f"/api/v1/conversations/{conversation.pk}"
        return answer


class ConversationDetail(ApiView):
    """One conversation."""

    scopes: ClassVar = {"GET": READ, "PATCH": WRITE}

    @extend_schema(operation_id="getConversation", tags=["Messages"], responses=ConversationOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read who is in a conversation and how far the caller has read."""
        actor = actor_of(request)
        return _answer(actor, get_conversation_for(actor, pk))

    @extend_schema(
        operation_id="renameConversation", tags=["Messages"], request=TitleIn, responses=ConversationOut
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Give a group another title."""
        actor = actor_of(request)
        conversation = get_conversation_for(actor, pk)
        title = read_body(request, TitleIn)["title"]
        return _answer(
            actor, actions.rename_conversation(actor=actor, conversation=conversation, title=title)
        )


class ConversationMembers(ApiView):
    """Who is in a group."""

    scopes: ClassVar = {"POST": WRITE}

    @extend_schema(
        operation_id="addToConversation", tags=["Messages"], request=HandlesIn, responses=ConversationOut
    )
    def post(self, request: Request, pk: int) -> Response:
        """Add members to a group. They read what is written from now on."""
        actor = actor_of(request)
        conversation = get_conversation_for(actor, pk)
        members = meant_by(read_body(request, HandlesIn)["handles"], field="handles")
        actions.add_members(actor=actor, conversation=conversation, members=members)
        return _answer(actor, conversation)


class ConversationLeave(ApiView):
    """Leaving."""

    scopes: ClassVar = {"POST": WRITE}

    @extend_schema(operation_id="leaveConversation", tags=["Messages"], request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Leave a group. From then on it is not there for the caller."""
        actor = actor_of(request)
        actions.leave_conversation(actor=actor, conversation=get_conversation_for(actor, pk))
        return Response(status=204)


class ConversationMute(ApiView):
    """Whether the caller is told about new messages."""

    scopes: ClassVar = {"PUT": WRITE, "DELETE": WRITE}

    @extend_schema(operation_id="muteConversation", tags=["Messages"], request=None, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        """Hear nothing of a conversation any more. It stays in the inbox."""
        return self._mute(request, pk, muted=True)

    @extend_schema(operation_id="unmuteConversation", tags=["Messages"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Hear of a conversation again."""
        return self._mute(request, pk, muted=False)

    def _mute(self, request: Request, pk: int, *, muted: bool) -> Response:
        actor = actor_of(request)
        conversation = get_conversation_for(actor, pk)
        actions.mute_conversation(actor=actor, conversation=conversation, muted=muted)
        return Response(status=204)


class ConversationRead(ApiView):
    """How far the caller has read."""

    scopes: ClassVar = {"PUT": WRITE}

    @extend_schema(
        operation_id="readConversation", tags=["Messages"], request=PositionIn, responses=ConversationOut
    )
    def put(self, request: Request, pk: int) -> Response:
        """Note how far the caller has read. It only ever grows."""
        actor = actor_of(request)
        conversation = get_conversation_for(actor, pk)
        position = read_body(request, PositionIn)["position"]
        actions.mark_read(actor=actor, conversation=conversation, position=position)
        return _answer(actor, conversation)


class ConversationTyping(ApiView):
    """Being seen to type."""

    scopes: ClassVar = {"POST": WRITE}

    @extend_schema(operation_id="typeInConversation", tags=["Messages"], request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Let the others see for some seconds that the caller is typing, if they let it be seen. Nothing is kept."""
        actor = actor_of(request)
        actions.note_typing(actor=actor, conversation=get_conversation_for(actor, pk))
        return Response(status=204)
