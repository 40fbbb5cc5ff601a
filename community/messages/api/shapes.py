"""What goes in and out of the API of messages."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field
from rest_framework import serializers

from community.members.api import MemberRefOut
from community.messages import limits
from community.messages.models import TITLE_LENGTH, Message
from community.messages.queries import InboxRow
from community.rest.inputs import In, Out
from community.rest.paging import PageIn
from community.rest.schema import page_shape


class MessageOut(Out):
    """Something said in a conversation. What is not shown any more keeps its place without words."""

    id = serializers.IntegerField()
    conversation_id = serializers.IntegerField()
    position = serializers.IntegerField(help_text="Counts from 1 within the conversation.")
    author = MemberRefOut(allow_null=True)
    body_md = serializers.SerializerMethodField()
    body_html = serializers.SerializerMethodField()
    state = serializers.CharField(help_text="visible, hidden, removed or deleted.")
    edit_count = serializers.IntegerField()
    edited_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()

    def get_body_md(self, message: Message) -> str:
        """Return what was typed, while it is shown."""
        return message.body_md if message.is_shown else ""

    def get_body_html(self, message: Message) -> str:
        """Return what is shown."""
        return message.body_html if message.is_shown else ""


class ConversationOut(Out):
    """A conversation as the caller stands to it."""

    id = serializers.IntegerField(source="pk")
    title = serializers.CharField(help_text="Its title, else the names of the others in it.")
    is_direct = serializers.BooleanField(source="place.conversation.is_direct")
    people = MemberRefOut(many=True, help_text="The others in it.")
    is_unread = serializers.BooleanField()
    unread_count = serializers.IntegerField()
    is_muted = serializers.BooleanField(source="place.is_muted")
    last_read_position = serializers.IntegerField(source="place.last_read_position")
    last_message = serializers.SerializerMethodField(allow_null=True)
    last_message_at = serializers.DateTimeField(source="place.last_message_at")
    url = serializers.CharField(source="place.conversation.get_absolute_url")

    @extend_schema_field(MessageOut(allow_null=True))
    def get_last_message(self, row: InboxRow) -> Any:
        """Return what was said last, if the caller may read it."""
        return MessageOut(row.last).data if row.last is not None else None


class HandlesIn(In):
    """Whom to add."""

    handles = serializers.ListField(
        child=serializers.CharField(max_length=30), min_length=1, max_length=limits.MOST_PEOPLE
    )


class ConversationIn(In):
    """A first message, and to whom."""

    to = serializers.ListField(
        child=serializers.CharField(max_length=30),
        min_length=1,
        max_length=limits.MOST_PEOPLE,
        help_text="Handles. To one member, it goes on where the two have written before.",
    )
    body = serializers.CharField(max_length=limits.BODY_MAX, help_text="Markdown.")
    title = serializers.CharField(
        max_length=TITLE_LENGTH,
        required=False,
        default="",
        allow_blank=True,
        help_text="For several people.",
    )


class TitleIn(In):
    """What a group is called."""

    title = serializers.CharField(max_length=TITLE_LENGTH, allow_blank=True)


class PositionIn(In):
    """How far the caller has read."""

    position = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=0,
        max_value=2**31 - 1,
        help_text="Everything, when left out.",
    )


class MessageIn(In):
    """Something to say."""

    body = serializers.CharField(max_length=limits.BODY_MAX, help_text="Markdown.")


class MessageChangeIn(MessageIn):
    """Another text for a message."""

    edit_count = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=0,
        max_value=2**31 - 1,
        help_text="What the caller saw; refused with 409 when the text has changed since.",
    )


class ConversationListIn(PageIn):
    """Which conversations."""

    unread = serializers.BooleanField(
        required=False, default=False, help_text="Only those with something new."
    )


ConversationPageOut = page_shape(ConversationOut)
MessagePageOut = page_shape(MessageOut)
BEGIN = OpenApiExample(
    "Ask one member",
    value={"to": ["tomasz"], "body": "Do you still have the spare pole section?"},
    request_only=True,
)
