"""Sending, changing and taking back messages."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid, Refused
from community.members.models import Block, Member
from community.messages import composing, limits
from community.messages.actions.counts import settle_unread
from community.messages.composing import Composed
from community.messages.locks import lock_conversation, lock_participation
from community.messages.models import Conversation, Message, State
from community.messages.permissions import can_delete_message, can_edit_message, can_send
from community.messages.pictures import attach_pictures
from community.messages.queries.access import others_in
from community.messages.verbs import MESSAGE_DELETED, MESSAGE_EDITED, MESSAGE_SENT, MESSAGE_STATE_CHANGED
from community.notifications import live
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
    _refuse_same_text(actor, conversation, composed.body_md)
    now = timezone.now()
    message = Message.objects.create(
        conversation=conversation,
        position=conversation.last_position + 1,
        author=actor,
        body_md=composed.body_md,
        body_html=composed.body_html,
        render_version=composed.render_version,
        excerpt=composed.excerpt,
        created_at=now,
    )
    conversation.last_position, conversation.last_message_at = message.position, now
    conversation.save(update_fields=["last_position", "last_message_at"])
    changed = _note_unread(actor, message, others)
    attach_pictures(actor, message, composed)
    payload = {"conversation_id": conversation.pk, "position": message.position}
    record(MESSAGE_SENT, actor=actor, target=message, payload=payload, occurred_at=now)
    settle_unread(actor=actor, member_ids=changed)
    news = {"kind": f"conversation-{conversation.pk}", "position": message.position}
    live.publish([other.pk for other in others], news)
    return message


def _refuse_same_text(actor: Member, conversation: Conversation, body: str) -> None:
    """Refuse a form that was sent twice."""
    last = Message.objects.filter(conversation=conversation, position=conversation.last_position).first()
    if (
        last is not None
        and last.author_id == actor.pk
        and last.state == State.VISIBLE
        and last.body_md == body
        and timezone.now() - last.created_at < limits.SAME_TEXT_WITHIN
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
    body = composing.check_body(body)
    if body == message.body_md:
        return message
    limits.EDIT.spend(actor)
    composed = composing.compose(actor, body)
    with transaction.atomic():
        fresh = _lock(message)
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
        fresh.save()
        attach_pictures(actor, fresh, composed)
        payload = {"conversation_id": fresh.conversation_id}
        record(MESSAGE_EDITED, actor=actor, target=fresh, payload=payload)
    return fresh


@transaction.atomic
def delete_message(*, actor: Member, message: Message) -> Message:
    """Take one's own message back: its place stays, its words are shown to nobody. Raises `Refused`."""
    fresh = _lock(message)
    can_delete_message(actor, fresh).require()
    fresh.state = State.DELETED
    fresh.save(update_fields=["state"])
    payload = {"conversation_id": fresh.conversation_id}
    record(MESSAGE_DELETED, actor=actor, target=fresh, payload=payload)
    return fresh


@transaction.atomic
def set_message_state(*, actor: Member, message: Message, state: str, reason: str = "") -> Message:
    """Hide, remove or show a message, as the team decided about a report. Raises `Refused` or `Invalid`."""
    if actor.is_suspended or not actor.is_at_least("moderator"):
        raise Refused("moderators_only", _("Only moderators can do this."))
    if state not in (State.VISIBLE, State.HIDDEN, State.REMOVED):
        raise Invalid("state_unknown", _("Choose what to do with it."))
    fresh = _lock(message)
    before = fresh.state
    if before in (state, State.DELETED):
        return fresh
    fresh.state, fresh.state_reason = state, reason
    fresh.save(update_fields=["state", "state_reason"])
    payload = {
        "conversation_id": fresh.conversation_id,
        "author_id": fresh.author_id,
        "before": before,
        "after": state,
    }
    record(MESSAGE_STATE_CHANGED, actor=actor, target=fresh, payload=payload)
    return fresh


def _lock(message: Message) -> Message:
    rows = Message.objects.select_for_update(of=("self",)).select_related("conversation", "author")
    return rows.get(pk=message.pk)
