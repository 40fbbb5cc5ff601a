"""What goes in and out of the API of rooms."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from community.members.api import MemberRefOut
from community.messages import limits
from community.messages.models import ABOUT_LENGTH, TITLE_LENGTH, Room, Standing
from community.messages.queries import RoomRow
from community.rest.inputs import In, Out
from community.rest.paging import PageIn
from community.rest.schema import page_shape


class RoomOut(Out):
    """A room as the caller stands to it."""

    id = serializers.IntegerField(source="room.pk")
    name = serializers.CharField(source="room.name")
    about = serializers.CharField(source="room.about")
    space = serializers.CharField(
        source="room.space.slug",
        default=None,
        allow_null=True,
        help_text="The space whose readers may join; null when people are invited.",
    )
    standing = serializers.ChoiceField(
        source="room.standing", choices=Standing.choices, help_text="Only an open room can be written in."
    )
    slow_seconds = serializers.IntegerField(source="room.slow_seconds")
    opens_at = serializers.DateTimeField(source="room.opens_at", allow_null=True)
    closes_at = serializers.DateTimeField(source="room.closes_at", allow_null=True)
    closed_at = serializers.DateTimeField(source="room.closed_at", allow_null=True)
    member_count = serializers.IntegerField(source="room.member_count")
    here_count = serializers.IntegerField(source="here", help_text="How many have it open now.")
    last_position = serializers.IntegerField(source="room.conversation.last_position")
    last_message_at = serializers.DateTimeField(source="room.conversation.last_message_at")
    is_in = serializers.BooleanField()
    is_muted = serializers.SerializerMethodField()
    unread_count = serializers.IntegerField()
    is_named = serializers.BooleanField(help_text="Someone named the caller since they read.")
    url = serializers.CharField(source="room.get_absolute_url")

    def get_is_muted(self, row: RoomRow) -> bool:
        """Return whether the caller wants to hear nothing of it."""
        return row.place is not None and row.place.is_muted


class RowOut(RoomOut):
    """A room of a list, drawn as `prepare` noted on it."""

    def to_representation(self, instance: Room) -> dict[str, Any]:
        """Draw the row of the room."""
        return super().to_representation(instance.row)  # type: ignore[attr-defined]


class RoomMemberOut(Out):
    """Somebody in a room."""

    member = MemberRefOut()
    joined_at = serializers.DateTimeField()


class HereOut(Out):
    """Who has a room open now, without who blocks the caller or is blocked by them."""

    count = serializers.IntegerField()
    people = MemberRefOut(many=True, help_text="The first of them by name.")


class RoomListIn(PageIn):
    """Which rooms."""

    closed = serializers.BooleanField(
        required=False, default=False, help_text="Those that are closed or over, instead of the others."
    )


class RoomChangeIn(In):
    """What may be changed about a room. What is left out stays."""

    name = serializers.CharField(max_length=TITLE_LENGTH, required=False)
    about = serializers.CharField(max_length=ABOUT_LENGTH, required=False, allow_blank=True)
    slow_seconds = serializers.IntegerField(required=False, min_value=0, max_value=limits.SLOW_MOST)
    opens_at = serializers.DateTimeField(required=False, allow_null=True)
    closes_at = serializers.DateTimeField(required=False, allow_null=True)


class RoomIn(RoomChangeIn):
    """A new room."""

    name = serializers.CharField(max_length=TITLE_LENGTH)
    space = serializers.CharField(
        max_length=50,
        required=False,
        allow_null=True,
        default=None,
        help_text="Slug of the space whose readers may join. Without one, people are invited.",
    )


class RoomMessageIn(In):
    """Something to say."""

    body = serializers.CharField(max_length=limits.ROOM_BODY_MAX, help_text="Markdown.")


RoomPageOut = page_shape(RoomOut)
RoomMemberPageOut = page_shape(RoomMemberOut)
OPEN = OpenApiExample(
    "A room for an evening",
    value={"name": "Evening with the makers", "space": "gear", "slow_seconds": 15},
    request_only=True,
)
