"""Live rooms."""

from collections.abc import Sequence
from typing import ClassVar

from django.db.models import Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.models import Member
from community.members.queries import get_member_for
from community.messages import actions
from community.messages.api.conversations import READ, WRITE
from community.messages.api.messages import NEWEST
from community.messages.api.room_shapes import (
    OPEN,
    HereOut,
    RoomChangeIn,
    RoomIn,
    RoomListIn,
    RoomMemberOut,
    RoomMemberPageOut,
    RoomMessageIn,
    RoomOut,
    RoomPageOut,
    RowOut,
)
from community.messages.api.shapes import HandlesIn, MessageOut, MessagePageOut, PositionIn
from community.messages.models import Message, Participation, Room
from community.messages.queries import get_room_for, here_in, with_places
from community.messages.queries.people import meant_by
from community.rest.inputs import read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.views import ApiView, actor_of
from community.spaces.queries import get_space_for

NEWEST_ROOM = Order("newest", ("conversation_id",))
JOINED = Order("joined", ("joined_at", "id"), falling=False)


def _answer(actor: Member, room: Room, status: int = 200) -> Response:
    (row,) = with_places(actor, [get_room_for(actor, room.pk)])
    return Response(RoomOut(row).data, status=status)


class RoomList(ApiView):
    """The rooms the caller may read."""

    scopes: ClassVar = {"GET": READ, "POST": WRITE}

    @extend_schema(operation_id="listRooms", tags=["Rooms"], parameters=[RoomListIn], responses=RoomPageOut)
    def get(self, request: Request) -> Response:
        """List rooms, those opened last first."""
        actor = actor_of(request)
        asked = read_query(request, RoomListIn)
        rows = Room.objects.visible_to(actor).select_related("conversation", "space")
        done = Q(closed_at__isnull=False) | Q(closes_at__lte=timezone.now())
        rows = rows.filter(done) if asked.pop("closed") else rows.exclude(done)

        def prepare(rooms: Sequence[Room]) -> None:
            for room, row in zip(rooms, with_places(actor, rooms), strict=True):
                room.row = row  # type: ignore[attr-defined]

        return page_of(request, rows, NEWEST_ROOM, RowOut, prepare=prepare, **asked)

    @extend_schema(
        operation_id="openRoom", tags=["Rooms"], request=RoomIn, responses={201: RoomOut}, examples=[OPEN]
    )
    def post(self, request: Request) -> Response:
        """Open a room, of a space or for those who will be invited. By default the team may."""
        actor = actor_of(request)
        typed = read_body(request, RoomIn)
        slug = typed.pop("space")
        space = get_space_for(actor, slug) if slug else None
        room = actions.open_room(actor=actor, space=space, **typed)
        answer = _answer(actor, room, status=201)
        answer["Location"] = f"/api/v1/rooms/{room.pk}"
        return answer


class RoomDetail(ApiView):
    """One room."""

    scopes: ClassVar = {"GET": READ, "PATCH": WRITE}

    @extend_schema(operation_id="getRoom", tags=["Rooms"], responses=RoomOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read how a room stands and how far the caller has read."""
        actor = actor_of(request)
        return _answer(actor, get_room_for(actor, pk))

    @extend_schema(operation_id="changeRoom", tags=["Rooms"], request=RoomChangeIn, responses=RoomOut)
    def patch(self, request: Request, pk: int) -> Response:
        """Change the name, time or pace of a room. Its space stays."""
        actor = actor_of(request)
        room = get_room_for(actor, pk)
        return _answer(
            actor, actions.change_room(actor=actor, room=room, changes=read_body(request, RoomChangeIn))
        )


class RoomMessages(ApiView):
    """What is said in a room."""

    scopes: ClassVar = {"GET": READ, "POST": WRITE}

    @extend_schema(
        operation_id="listRoomMessages", tags=["Rooms"], parameters=[PageIn], responses=MessagePageOut
    )
    def get(self, request: Request, pk: int) -> Response:
        """List what was said, newest first. Listing does not mark it as read."""
        actor = actor_of(request)
        room = get_room_for(actor, pk)
        rows = Message.objects.visible_to(actor).filter(conversation=room.pk).select_related("author")
        return page_of(request, rows, NEWEST, MessageOut, **read_query(request, PageIn))

    @extend_schema(
        operation_id="sayInRoom", tags=["Rooms"], request=RoomMessageIn, responses={201: MessageOut}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Say something in a room the caller has joined. It is changed and taken back as any message."""
        actor = actor_of(request)
        room = get_room_for(actor, pk)
        message = actions.say_in_room(actor=actor, room=room, **read_body(request, RoomMessageIn))
        answer = Response(MessageOut(message).data, status=201)
        answer["Location"] = f"/api/v1/messages/{message.pk}"
        return answer


class RoomMembers(ApiView):
    """Who is in a room."""

    scopes: ClassVar = {"GET": READ, "POST": WRITE}

    @extend_schema(
        operation_id="listRoomMembers", tags=["Rooms"], parameters=[PageIn], responses=RoomMemberPageOut
    )
    def get(self, request: Request, pk: int) -> Response:
        """List who is in a room, in the order they came."""
        room = get_room_for(actor_of(request), pk)
        rows = Participation.objects.filter(conversation=room.pk, left_at=None).select_related("member")
        return page_of(request, rows, JOINED, RoomMemberOut, **read_query(request, PageIn))

    @extend_schema(operation_id="inviteToRoom", tags=["Rooms"], request=HandlesIn, responses=RoomOut)
    def post(self, request: Request, pk: int) -> Response:
        """Let members in. They can leave whenever they like."""
        actor = actor_of(request)
        room = get_room_for(actor, pk)
        members = meant_by(read_body(request, HandlesIn)["handles"], field="handles")
        actions.invite_to_room(actor=actor, room=room, members=members)
        return _answer(actor, room)


class RoomMember(ApiView):
    """One member of a room."""

    scopes: ClassVar = {"DELETE": WRITE}

    @extend_schema(operation_id="removeFromRoom", tags=["Rooms"], responses={204: None})
    def delete(self, request: Request, pk: int, handle: str) -> Response:
        """Show a member out. They come back only when they are let in again."""
        actor = actor_of(request)
        room = get_room_for(actor, pk)
        actions.remove_from_room(actor=actor, room=room, member=get_member_for(actor, handle))
        return Response(status=204)


class RoomHere(ApiView):
    """Presence."""

    scopes: ClassVar = {"GET": READ}

    @extend_schema(operation_id="listHereInRoom", tags=["Rooms"], responses=HereOut)
    def get(self, request: Request, pk: int) -> Response:
        """Say who has a room open now, of those who let it be seen."""
        actor = actor_of(request)
        return Response(HereOut(here_in(actor, get_room_for(actor, pk))).data)


class RoomJoin(ApiView):
    """Joining."""

    scopes: ClassVar = {"POST": WRITE}

    @extend_schema(operation_id="joinRoom", tags=["Rooms"], request=None, responses=RoomOut)
    def post(self, request: Request, pk: int) -> Response:
        """Join a room the caller may read."""
        actor = actor_of(request)
        room = get_room_for(actor, pk)
        actions.join_room(actor=actor, room=room)
        return _answer(actor, room)


class RoomLeave(ApiView):
    """Leaving."""

    scopes: ClassVar = {"POST": WRITE}

    @extend_schema(operation_id="leaveRoom", tags=["Rooms"], request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Leave a room. One that people are invited to is then not there for the caller."""
        actor = actor_of(request)
        actions.leave_room(actor=actor, room=get_room_for(actor, pk))
        return Response(status=204)


class RoomMute(ApiView):
    """Whether the caller is told when they are named."""

    scopes: ClassVar = {"PUT": WRITE, "DELETE": WRITE}

    @extend_schema(operation_id="muteRoom", tags=["Rooms"], request=None, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        """Hear nothing of a room any more."""
        return self._mute(request, pk, muted=True)

    @extend_schema(operation_id="unmuteRoom", tags=["Rooms"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Hear of a room again."""
        return self._mute(request, pk, muted=False)

    def _mute(self, request: Request, pk: int, *, muted: bool) -> Response:
        actor = actor_of(request)
        actions.mute_room(actor=actor, room=get_room_for(actor, pk), muted=muted)
        return Response(status=204)


class RoomRead(ApiView):
    """How far the caller has read."""

    scopes: ClassVar = {"PUT": WRITE}

    @extend_schema(operation_id="readRoom", tags=["Rooms"], request=PositionIn, responses=RoomOut)
    def put(self, request: Request, pk: int) -> Response:
        """Note how far the caller has read. It only ever grows."""
        actor = actor_of(request)
        room = get_room_for(actor, pk)
        actions.mark_room_read(actor=actor, room=room, **read_body(request, PositionIn))
        return _answer(actor, room)


class RoomTyping(ApiView):
    """Being seen to type."""

    scopes: ClassVar = {"POST": WRITE}

    @extend_schema(operation_id="typeInRoom", tags=["Rooms"], request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Let the others see for some seconds that the caller is typing, if they let it be seen. Nothing is kept."""
        actor = actor_of(request)
        actions.note_typing(actor=actor, conversation=get_room_for(actor, pk).conversation)
        return Response(status=204)


class RoomClose(ApiView):
    """Closing."""

    scopes: ClassVar = {"PUT": WRITE, "DELETE": WRITE}

    @extend_schema(operation_id="closeRoom", tags=["Rooms"], request=None, responses=RoomOut)
    def put(self, request: Request, pk: int) -> Response:
        """Close a room. What was said stays to be read."""
        actor = actor_of(request)
        return _answer(actor, actions.close_room(actor=actor, room=get_room_for(actor, pk)))

    @extend_schema(operation_id="reopenRoom", tags=["Rooms"], responses=RoomOut)
    def delete(self, request: Request, pk: int) -> Response:
        """Open a closed room again."""
        actor = actor_of(request)
        return _answer(actor, actions.reopen_room(actor=actor, room=get_room_for(actor, pk)))
