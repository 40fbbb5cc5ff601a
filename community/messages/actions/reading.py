"""Reading: how far one has come only ever grows."""

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.messages.actions.counts import settle_unread
from community.messages.locks import lock_conversation, lock_participation
from community.messages.models import Conversation, Participation
from community.notifications import live
from community.notifications.actions import mark_subject_read

CONVERSATION = "conversations.conversation"


@transaction.atomic
def mark_read(*, actor: Member, conversation: Conversation, position: int | None = None) -> Participation:
    """Note that `actor` has read up to a position, or everything. Raises `NotFound` when they are not in it.

    Once nothing is left, what was told about the conversation counts as read too.
    """
    fresh = lock_conversation(conversation.pk)
    place = lock_participation(fresh, actor)
    read = fresh.last_position if position is None else min(max(position, 0), fresh.last_position)
    was_unread = place.is_unread
    has_come_on = read > place.last_read_position
    if has_come_on:
        place.last_read_position, place.last_read_at = read, timezone.now()
    place.is_unread = was_unread and place.last_read_position < fresh.last_position
    place.save(update_fields=["last_read_position", "last_read_at", "is_unread"])
    if place.last_read_position >= fresh.last_position:
        mark_subject_read(actor=actor, subject=(CONVERSATION, fresh.pk))
    if was_unread != place.is_unread:
        settle_unread(actor=actor, member_ids=[actor.pk])
    if has_come_on and actor.read_receipts:
        _show_receipt(actor, fresh)
    return place


def _show_receipt(actor: Member, conversation: Conversation) -> None:
    """Let the open pages of those who show their own receipts fetch this one."""
    rows = Participation.objects.filter(conversation=conversation, left_at=None, member__read_receipts=True)
    ids = list(rows.exclude(member=actor).values_list("member", flat=True))
    live.publish(ids, {"kind": f"conversation-{conversation.pk}", "read": actor.pk})
