"""Sending, changing and taking back messages."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid, Refused
from community.members.models import Block, Member
from community.messages import composing, limits
from community.messages.actions.changes import append_message, lock_message, note_change, tell_pages
from community.messages.actions.counts import settle_unread
from community.messages.composing import Composed
from community.messages.locks import lock_conversation, lock_participation
from community.messages.models import Conversation, Message, State
from community.messages.permissions import can_delete_message, can_edit_message, can_restore_message, can_send
from community.messages.pictures import attach_pictures
from community.messages.queries.access import others_in
from community.messages.verbs import (
    MESSAGE_DELETED,
    MESSAGE_EDITED,
    MESSAGE_RESTORED,
    MESSAGE_SENT,
    MESSAGE_STATE_CHANGED,
)
from community.sql import write


def send_message(*, actor: Member, conversation: Conversation, body: str) -> Message:
    """Write in a conversation; what was said before counts as read.

    Raises `Refused`, `Invalid`, `RateLimited`, `Conflict` (`said_already`) or `NotFound`; then nothing changed.
    """
    can_send(actor, conversation, others_in(conversation, actor)).require()
    body = composing.check_body(body)
    limits.SEND.spend(actor)
    return insert_message(actor, conversation.pk, composing.compose(actor, body))


@transaction.atomic
def insert_message(actor: Member, conversation_pk: int, composed: Composed) -> Message:
    """Give a text the next place of its conversation and note who has not read it."""
    conversation = lock_conversation(conversation_pk)
    lock_participation(conversation, actor)
    others = others_in(conversation, actor)
    can_send(actor, conversation, others).require()
    refuse_same_text(actor, conversation, composed.body_md)
    now = timezone.now()
    message = append_message(conversation, actor, composed, now)
    changed = _note_unread(actor, message, others)
    payload = {"conversation_id": conversation.pk, "position": message.position}
    record(MESSAGE_SENT, actor=actor, target=message, payload=payload, occurred_at=now)
    settle_unread(actor=actor, member_ids=changed)
    tell_pages(conversation, actor, [other.pk for other in others])
    return message


def refuse_same_text(actor: Member, conversation: Conversation, body: str) -> None:
    """Refuse a form that was sent twice."""
    last = Message.objects.filter(conversation=conversation, position=conversation.last_position).first()
    if (
        last is not None
        and last.author_id == actor.pk
        and last.state == State.VISIBLE
        and last.body_md == body
        and timezone.now() - last.created_at < limits.SAME_TEXT.span()
    ):
        raise Conflict("said_already", _("You wrote exactly this a moment ago. It is there already."))


_NOTE_UNREAD = """
UPDATE conversations_participation AS p
   SET last_message_at = %(now)s,
       is_unread = p.member_id <> %(author)s AND (p.is_unread OR NOT p.member_id = ANY(%(deaf)s)),
       last_read_position = CASE WHEN p.member_id = %(author)s THEN %(place)s ELSE p.last_read_position END,
       last_read_at = CASE WHEN p.member_id = %(author)s THEN %(now)s ELSE p.last_read_at END
  FROM (SELECT id, is_unread FROM conversations_participation
         WHERE conversation_id = %(conversation)s AND left_at IS NULL ORDER BY id FOR NO KEY UPDATE) AS held
 WHERE held.id = p.id
RETURNING p.member_id, p.is_unread <> held.is_unread
"""


def _note_unread(actor: Member, message: Message, others: list[Member]) -> list[int]:
    """Note a new message on every participation. Returns for whom the conversation became read or unread."""
    deaf = Block.objects.filter(blocker__in=others, blocked=actor).values_list("blocker_id", flat=True)
    values = {
        "now": message.created_at,
        "author": actor.pk,
        "place": message.position,
        "deaf": list(deaf),
        "conversation": message.conversation_id,
    }
    return [int(member) for member, has_changed in write(_NOTE_UNREAD, values) if has_changed]


def edit_message(
    *, actor: Member, message: Message, body: str, expected_edit_count: int | None = None
) -> Message:
    """Change the text of one's own message, which is then marked as edited.

    Raises `Refused`, `Invalid`, `RateLimited`, or `Conflict` (`edited_meanwhile`) when it is not what the editor saw.
    """
    can_edit_message(actor, message).require()
    body = composing.check_body(
        body, most=limits.ROOM_BODY_MAX if message.conversation.is_room else limits.BODY_MAX
    )
    if body == message.body_md:
        return message
    limits.EDIT.spend(actor)
    composed = composing.compose(actor, body)
    with transaction.atomic():
        fresh = lock_message(message)
        can_edit_message(actor, fresh).require()
        # Changing old words is writing too: who was blocked meanwhile does not go on that way.
        can_send(actor, fresh.conversation, others_in(fresh.conversation, actor)).require()
        if expected_edit_count not in (None, fresh.edit_count):
            raise Conflict(
                "edited_meanwhile",
                _("This was changed while you wrote. Compare it with the text as it is now, and save again."),
            )
        fresh.body_md, fresh.body_html = composed.body_md, composed.body_html
        fresh.render_version, fresh.excerpt = composed.render_version, composed.excerpt
        fresh.edit_count += 1
        fresh.edited_at = timezone.now()
        note_change(fresh)
        fresh.save()
        attach_pictures(actor, fresh, composed)
        payload = {"conversation_id": fresh.conversation_id}
        record(MESSAGE_EDITED, actor=actor, target=fresh, payload=payload)
        tell_pages(fresh.conversation, actor)
    return fresh


@transaction.atomic
def delete_message(*, actor: Member, message: Message) -> Message:
    """Take one's own message back: its place stays, its words are shown to nobody. Raises `Refused`."""
    fresh = lock_message(message)
    can_delete_message(actor, fresh).require()
    _set_state(fresh, State.DELETED)
    payload = {"conversation_id": fresh.conversation_id}
    record(MESSAGE_DELETED, actor=actor, target=fresh, payload=payload)
    tell_pages(fresh.conversation, actor)
    return fresh


@transaction.atomic
def restore_message(*, actor: Member, message: Message) -> Message:
    """Bring back a message one has just taken back. Raises `Refused`."""
    fresh = lock_message(message)
    if message.state == State.DELETED and fresh.state == State.VISIBLE and fresh.author_id == actor.pk:
        return fresh
    can_restore_message(actor, fresh).require()
    _set_state(fresh, State.VISIBLE)
    payload = {"conversation_id": fresh.conversation_id}
    record(MESSAGE_RESTORED, actor=actor, target=fresh, payload=payload)
    tell_pages(fresh.conversation, actor)
    return fresh


def _set_state(message: Message, state: str, reason: str = "") -> None:
    message.state, message.state_reason, message.state_at = state, reason, timezone.now()
    note_change(message)
    message.save(update_fields=["state", "state_reason", "state_at", "revision"])


@transaction.atomic
def set_message_state(*, actor: Member, message: Message, state: str, reason: str = "") -> Message:
    """Hide, remove or show a message, as the team decided about a report. Raises `Refused` or `Invalid`."""
    if actor.is_suspended or not actor.is_at_least("moderator"):
        raise Refused("moderators_only", _("Only moderators can do this."))
    if state not in (State.VISIBLE, State.HIDDEN, State.REMOVED):
        raise Invalid("state_unknown", _("Choose what to do with it."))
    fresh = lock_message(message)
    before = fresh.state
    if before in (state, State.DELETED):
        return fresh
    _set_state(fresh, state, reason)
    payload = {
        "conversation_id": fresh.conversation_id,
        "author_id": fresh.author_id,
        "before": before,
        "after": state,
    }
    record(MESSAGE_STATE_CHANGED, actor=actor, target=fresh, payload=payload)
    tell_pages(fresh.conversation, actor)
    return fresh
