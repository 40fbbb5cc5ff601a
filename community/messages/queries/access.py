"""The only ways a conversation or message enters a request: absent and others' look alike, to staff too."""

from collections.abc import Iterable

from community.errors import NotFound
from community.members.models import Member
from community.messages.models import Conversation, Message, Participation, Room
from community.spaces.queries import ids_who_see


def get_conversation_for(viewer: Member | None, pk: int) -> Conversation:
    """Return a conversation `viewer` takes part in. Raises `NotFound` otherwise."""
    found = Conversation.objects.visible_to(viewer).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def get_message_for(viewer: Member | None, pk: int) -> Message:
    """Return a message whose words `viewer` may read. Raises `NotFound` otherwise."""
    rows = Message.objects.readable_by(viewer).select_related("conversation", "author")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def get_own_message(viewer: Member, pk: int) -> Message:
    """Return a message of `viewer` themselves, also one they took back. Raises `NotFound` otherwise."""
    rows = Message.objects.visible_to(viewer).select_related("conversation", "author")
    found = rows.filter(pk=pk, author=viewer).first()
    if found is None:
        raise NotFound()
    return found


def participation_of(member: Member, conversation: Conversation) -> Participation:
    """Return where `member` stands in a conversation they take part in."""
    found = Participation.objects.filter(conversation=conversation, member=member, left_at=None).first()
    if found is None:
        raise NotFound()
    return found


def others_in(conversation: Conversation, member: Member) -> list[Member]:
    """Return who takes part now besides `member`, in the order they came."""
    rows = Participation.objects.filter(conversation=conversation, left_at=None).exclude(member=member)
    return [row.member for row in rows.select_related("member").order_by("joined_at", "pk")]


def get_room_for(viewer: Member | None, pk: int) -> Room:
    """Return a room `viewer` may read. Raises `NotFound` otherwise."""
    found = Room.objects.visible_to(viewer).select_related("conversation", "space").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def standing_in(room: Room, member: Member) -> Participation | None:
    """Return where `member` stands in a room, also when they have left it; None when they never were in it."""
    return Participation.objects.filter(conversation=room.pk, member=member).first()


def named_in(room: Room, member_ids: Iterable[int]) -> list[int]:
    """Return whom a mention in a room reaches: those in it, and who may read its space and never left the room."""
    ids = list(member_ids)
    places = dict(
        Participation.objects.filter(conversation=room.pk, member__in=ids).values_list("member", "left_at")
    )
    if room.space is None:
        return [pk for pk in ids if pk in places and places[pk] is None]
    return [pk for pk in ids_who_see(room.space, ids) if places.get(pk) is None]
