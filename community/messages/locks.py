"""Locks, always in one order: the conversation, its participations, members."""

from community.errors import NotFound
from community.members.models import Member
from community.messages.models import Conversation, Participation


def lock_conversation(pk: int) -> Conversation:
    """Return a conversation, locked: places in it are given out one after the other."""
    found = Conversation.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def lock_participation(conversation: Conversation, member: Member) -> Participation:
    """Return where `member` stands in a locked conversation. Raises `NotFound` when they are not in it (any more)."""
    rows = Participation.objects.select_for_update(no_key=True)
    found = rows.filter(conversation=conversation, member=member, left_at=None).first()
    if found is None:
        raise NotFound()
    return found
