"""What every change of what is said has in common: the next revision of the conversation, and a word to open pages."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from community.members.models import Member
from community.messages.composing import Composed
from community.messages.locks import lock_conversation
from community.messages.models import Conversation, Message, Participation
from community.messages.pictures import attach_pictures
from community.messages.presence import topic_of
from community.notifications import live


def append_message(
    conversation: Conversation, actor: Member, composed: Composed, now: dt.datetime
) -> Message:
    """Give a text the next place of a locked conversation."""
    conversation.last_position += 1
    conversation.revision += 1
    conversation.last_message_at = now
    message = Message.objects.create(
        conversation=conversation,
        position=conversation.last_position,
        revision=conversation.revision,
        author=actor,
        body_md=composed.body_md,
        body_html=composed.body_html,
        render_version=composed.render_version,
        excerpt=composed.excerpt,
        created_at=now,
    )
    conversation.save(update_fields=["last_position", "last_message_at", "revision"])
    attach_pictures(actor, message, composed)
    return message


def lock_message(message: Message) -> Message:
    """Return a message, locked after its conversation, ready to be changed."""
    conversation = lock_conversation(message.conversation_id)
    fresh = Message.objects.select_for_update(of=("self",)).select_related("author").get(pk=message.pk)
    fresh.conversation = conversation
    return fresh


def note_change(message: Message) -> None:
    """Note a change of a message that is locked with its conversation. The caller saves `revision` of the message."""
    conversation = message.conversation
    conversation.revision += 1
    message.revision = conversation.revision
    conversation.save(update_fields=["revision"])


def tell_pages(conversation: Conversation, by: Member | None, others: Iterable[int] | None = None) -> None:
    """Let open pages know, once committed, that there is something to fetch."""
    news: dict[str, Any] = {"revision": conversation.revision, "position": conversation.last_position}
    if by is not None:
        news["by"] = by.pk
    if conversation.is_room:
        live.publish_topic(topic_of(conversation.pk), news)
        return
    ids = _inside(conversation, by) if others is None else others
    live.publish(ids, {"kind": f"conversation-{conversation.pk}", **news})


def _inside(conversation: Conversation, by: Member | None) -> list[int]:
    rows = Participation.objects.filter(conversation=conversation, left_at=None)
    return list(rows.exclude(member=by).values_list("member", flat=True))
