"""Messages of a conversation."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.messages import actions
from community.messages.api.conversations import READ, WRITE
from community.messages.api.shapes import MessageChangeIn, MessageIn, MessageOut, MessagePageOut
from community.messages.models import Message
from community.messages.queries import get_conversation_for, get_message_for, get_own_message
from community.rest.inputs import read_body, read_query
from community.rest.paging import Order, PageIn, page_of
from community.rest.views import ApiView, actor_of

NEWEST = Order("position", ("position",))


class MessageList(ApiView):
    """What is said in a conversation."""

    scopes: ClassVar = {"GET": READ, "POST": WRITE}

    @extend_schema(
        operation_id="listMessages", tags=["Messages"], parameters=[PageIn], responses=MessagePageOut
    )
    def get(self, request: Request, pk: int) -> Response:
        """List the messages of a conversation, newest first. Listing does not mark them as read."""
        actor = actor_of(request)
        conversation = get_conversation_for(actor, pk)
        rows = Message.objects.visible_to(actor).filter(conversation=conversation).select_related("author")
        return page_of(request, rows, NEWEST, MessageOut, **read_query(request, PageIn))

    @extend_schema(
        operation_id="sendMessage", tags=["Messages"], request=MessageIn, responses={201: MessageOut}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Write in a conversation. What was said before counts as read."""
        actor = actor_of(request)
        conversation = get_conversation_for(actor, pk)
        body = read_body(request, MessageIn)["body"]
        message = actions.send_message(actor=actor, conversation=conversation, body=body)
        answer = Response(MessageOut(message).data, status=201)
        answer["Location"] = f"/api/v1/messages/{message.pk}"
        return answer


class MessageDetail(ApiView):
    """One message."""

    scopes: ClassVar = {"GET": READ, "PATCH": WRITE, "DELETE": WRITE}

    @extend_schema(operation_id="getMessage", tags=["Messages"], responses=MessageOut)
    def get(self, request: Request, pk: int) -> Response:
        """Read a message."""
        return Response(MessageOut(get_message_for(actor_of(request), pk)).data)

    @extend_schema(
        operation_id="editMessage", tags=["Messages"], request=MessageChangeIn, responses=MessageOut
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change one's own message, within a day."""
        actor = actor_of(request)
        message = get_message_for(actor, pk)
        typed = read_body(request, MessageChangeIn)
        edited = actions.edit_message(
            actor=actor, message=message, body=typed["body"], expected_edit_count=typed["edit_count"]
        )
        return Response(MessageOut(edited).data)

    @extend_schema(operation_id="deleteMessage", tags=["Messages"], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Take one's own message back. Its place stays, its words are shown to nobody."""
        actor = actor_of(request)
        actions.delete_message(actor=actor, message=get_message_for(actor, pk))
        return Response(status=204)


class MessageRestore(ApiView):
    """Bringing back."""

    scopes: ClassVar = {"POST": WRITE}

    @extend_schema(operation_id="restoreMessage", tags=["Messages"], request=None, responses=MessageOut)
    def post(self, request: Request, pk: int) -> Response:
        """Bring back one's own message that was taken back in the last ten minutes."""
        actor = actor_of(request)
        message = get_own_message(actor, pk)
        return Response(MessageOut(actions.restore_message(actor=actor, message=message)).data)


class MessageHide(ApiView):
    """Keeping order in rooms."""

    scopes: ClassVar = {"POST": WRITE}

    @extend_schema(operation_id="hideRoomMessage", tags=["Rooms"], request=None, responses={204: None})
    def post(self, request: Request, pk: int) -> Response:
        """Hide a message of a room at once, as its moderator. What is said in conversations is hidden only after a report."""
        actor = actor_of(request)
        actions.hide_in_room(actor=actor, message=get_message_for(actor, pk))
        return Response(status=204)
