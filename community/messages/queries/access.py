"""The only ways a conversation or message enters a request: absent and others' look alike, to staff too."""

from community.errors import NotFound
from community.members.models import Member
from community.messages.models import Conversation, Message, Participation


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
