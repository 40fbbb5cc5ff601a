"""Talking in rooms, reading them, and being seen to type."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.activity.record import record
from community.errors import NotFound, RateLimited, Refused
from community.members.models import Block, Member
from community.members.queries import ids_apart_from
from community.messages import composing, limits
from community.messages.actions.changes import append_message, tell_pages
from community.messages.actions.counts import settle_unread
from community.messages.actions.messages import refuse_same_text, set_message_state
from community.messages.actions.reading import CONVERSATION
from community.messages.actions.rooms import lock_room
from community.messages.composing import Composed
from community.messages.models import Conversation, Message, Participation, Room, State
from community.messages.permissions import can_manage_room, can_say, can_send
from community.messages.presence import may_type_again, topic_of
from community.messages.queries.access import named_in, others_in, standing_in
from community.messages.verbs import ROOM_SAID
from community.notifications import live
from community.notifications.actions import mark_subject_read
from community.sql import write


def say_in_room(*, actor: Member, room: Room, body: str) -> Message:
    """Say something in a room; what was said before counts as read.

    Raises `Refused`, `Invalid`, `RateLimited` or `Conflict` (`said_already`); then nothing changed.
    """
    can_say(actor, room, standing_in(room, actor)).require()
    body = composing.check_body(body, most=limits.ROOM_BODY_MAX)
    limits.SAY.spend(actor)
    composed = composing.compose(actor, body)
    composing.check_names(actor, composed)
    return _insert(actor, room.pk, composed)


@transaction.atomic
def _insert(actor: Member, room_pk: int, composed: Composed) -> Message:
    room = lock_room(room_pk)
    can_say(actor, room, standing_in(room, actor)).require()
    now = timezone.now()
    _keep_pace(actor, room, now)
    refuse_same_text(actor, room.conversation, composed.body_md)
    named = named_in(room, composed.named_ids) if composed.named_ids else []
    message = append_message(room.conversation, actor, composed, now)
    changed = _note_places(actor, message, named)
    payload = {"room_id": room.pk, "position": message.position, "mentioned_ids": named}
    record(ROOM_SAID, actor=actor, target=message, payload=payload, occurred_at=now)
    settle_unread(actor=actor, member_ids=changed)
    tell_pages(room.conversation, actor)
    return message


def _keep_pace(actor: Member, room: Room, now: dt.datetime) -> None:
    """Let everyone but those who keep order wait between two messages, where the room asks for it."""
    if not room.slow_seconds or can_manage_room(actor, room):
        return
    since = now - dt.timedelta(seconds=room.slow_seconds)
    last = (
        Message.objects.filter(conversation=room.pk, author=actor, created_at__gt=since)
        .order_by("-position")
        .first()
    )
    if last is None:
        return
    wait = max(1, round((last.created_at - since).total_seconds()))
    text = ngettext(
        "This room is slow on purpose. You can write again in %(n)d second.",
        "This room is slow on purpose. You can write again in %(n)d seconds.",
        wait,
    )
    raise RateLimited("slow_mode", text % {"n": wait}, retry_after=wait)


_NOTE_PLACES = """
UPDATE conversations_participation AS p
   SET is_unread = p.member_id <> %(author)s,
       named_position = CASE WHEN p.member_id = %(author)s THEN p.named_position ELSE %(place)s END,
       last_read_position = CASE WHEN p.member_id = %(author)s THEN %(place)s ELSE p.last_read_position END,
       last_read_at = CASE WHEN p.member_id = %(author)s THEN %(now)s ELSE p.last_read_at END
  FROM (SELECT id, is_unread FROM conversations_participation
         WHERE conversation_id = %(conversation)s AND left_at IS NULL AND member_id = ANY(%(members)s)
         ORDER BY id FOR NO KEY UPDATE) AS held
 WHERE held.id = p.id
RETURNING p.member_id, p.is_unread <> held.is_unread
"""


def _note_places(actor: Member, message: Message, named: list[int]) -> list[int]:
    """Note that `actor` has read up to here and that others were named. Returns for whom something waits or no longer does."""
    deaf = Block.objects.filter(blocker__in=named, blocked=actor).values_list("blocker_id", flat=True)
    members = {*named} - {*deaf} if named else set()
    values = {
        "now": message.created_at,
        "author": actor.pk,
        "place": message.position,
        "conversation": message.conversation_id,
        "members": sorted(members | {actor.pk}),
    }
    return [int(member) for member, has_changed in write(_NOTE_PLACES, values) if has_changed]


@transaction.atomic
def hide_in_room(*, actor: Member, message: Message, reason: str = "") -> Message:
    """Hide a message of a room at once; its author is told why. Raises `Refused`."""
    if not message.conversation.is_room:
        raise Refused("not_a_room", _("What is said in conversations is hidden only after a report."))
    return set_message_state(
        actor=actor,
        message=message,
        state=State.HIDDEN,
        reason=reason or _("It does not belong in this room."),
    )


@transaction.atomic
def mark_room_read(*, actor: Member, room: Room, position: int | None = None) -> Participation:
    """Note that `actor` has read a room up to a position, or everything. Raises `NotFound` when they are not in it.

    Only their own row is locked: in a busy room many read at once.
    """
    rows = Participation.objects.select_for_update(no_key=True)
    place = rows.filter(conversation=room.pk, member=actor, left_at=None).first()
    if place is None:
        raise NotFound()
    newest = Conversation.objects.values_list("last_position", flat=True).get(pk=room.pk)
    read = newest if position is None else min(max(position, 0), newest)
    if read <= place.last_read_position:
        return place
    was_unread = place.is_unread
    place.last_read_position, place.last_read_at = read, timezone.now()
    place.is_unread = was_unread and read < place.named_position
    place.save(update_fields=["last_read_position", "last_read_at", "is_unread"])
    if was_unread and not place.is_unread:
        mark_subject_read(actor=actor, subject=(CONVERSATION, room.pk))
        settle_unread(actor=actor, member_ids=[actor.pk])
    return place


def note_typing(*, actor: Member, conversation: Conversation) -> bool:
    """Let the open pages of the others know that `actor` is typing. Keeps nothing; returns whether it was said.

    Not to those who block `actor` or whom `actor` blocks, and not at all for who does not want it seen. Raises `Refused`.
    """
    if conversation.is_room:
        room = Room.objects.select_related("space", "conversation").get(pk=conversation.pk)
        can_say(actor, room, standing_in(room, actor)).require()
    else:
        others = others_in(conversation, actor)
        can_send(actor, conversation, others).require()
    if not actor.shows_presence or not may_type_again(actor.pk, conversation.pk):
        return False
    between = ids_apart_from(actor)
    news = {"typing": actor.pk, "name": actor.name}
    if conversation.is_room:
        live.publish_topic(topic_of(conversation.pk), news, but_not=[actor.pk, *between])
    else:
        ids = [other.pk for other in others if other.pk not in between]
        live.publish(ids, {"kind": f"conversation-{conversation.pk}", **news})
    return True
