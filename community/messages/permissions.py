"""Who may write to whom. A block looks like a closed door, so that nobody learns they were blocked."""

from collections.abc import Collection

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.members.models import Block, Member, MessagesFrom
from community.members.permissions import can_take_part
from community.members.queries import blocked_ids
from community.messages import limits
from community.messages.models import Conversation, Message, Participation, Room, Standing, State
from community.sql import fetch
from community.verdict import YES, Verdict, no


def can_begin(actor: Member) -> Verdict:
    """Whether `actor` may begin conversations at all."""
    return can_take_part(actor)


def can_write_to(actor: Member, member: Member) -> Verdict:
    """Whether `actor` may begin a conversation with `member`, or add them to one."""
    return can_gather(actor, [member])


def can_gather(actor: Member, members: Collection[Member], *, already: int = 0) -> Verdict:
    """Whether `actor` may write to all of these together, in a conversation with `already` others."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    most = limits.people_allowed(actor) if not already else max(already, limits.MOST_PEOPLE)
    if len(members) + already > most:
        return _too_many(most)
    mine = blocked_ids(actor)
    doors = doors_of(actor, members)
    for member in members:
        verdict = _you_block(member) if member.pk in mine else _door(actor, member, doors)
        if not verdict:
            return verdict
    return YES


def _you_block(member: Member) -> Verdict:
    return no("you_blocked", _("You block %(name)s. Unblock them to write again.") % {"name": member.name})


def _too_many(most: int) -> Verdict:
    if most < limits.MOST_PEOPLE:
        text = ngettext(
            "You can write to %(n)d person at a time for now. It grows as people get to know you.",
            "You can write to %(n)d people at a time for now. It grows as people get to know you.",
            most,
        )
    else:
        text = ngettext(
            "A conversation has room for %(n)d other person.",
            "A conversation has room for %(n)d other people.",
            most,
        )
    return no("too_many_people", text % {"n": most})


# Asked for every profile that is opened.
_STANDING = """SELECT pk,
  EXISTS (SELECT 1 FROM members_block b WHERE b.blocker_id = pk AND b.blocked_id = %s),
  EXISTS (SELECT 1 FROM members_follow f WHERE f.follower_id = pk AND f.followed_id = %s)
  FROM unnest(%s::bigint[]) AS pk"""


def doors_of(actor: Member, members: Collection[Member]) -> set[int]:
    """Return which of `members` `actor` may write to, as far as blocks and choices go: one statement."""
    if actor.is_staff:
        return {member.pk for member in members}
    choices = {member.pk: member.messages_from for member in members}
    standing = fetch(_STANDING, (actor.pk, actor.pk, list(choices)), tuple)
    return {
        pk
        for pk, blocks, follows in standing
        if not blocks
        and (choices[pk] == MessagesFrom.EVERYONE or (choices[pk] == MessagesFrom.FOLLOWED and follows))
    }


def _door(actor: Member, member: Member, open_doors: set[int]) -> Verdict:
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if actor.pk == member.pk:
        return no("write_self", _("You cannot write to yourself. A draft keeps a note for you."))
    if not member.is_active:
        return no("left", _("%(name)s has left the community.") % {"name": member.name})
    if member.pk not in open_doors:
        return no("closed_door", _("%(name)s takes no messages.") % {"name": member.name})
    return YES


def can_send(actor: Member, conversation: Conversation, others: Collection[Member]) -> Verdict:
    """Whether `actor` may write in a conversation they take part in, with these other people in it."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if not conversation.is_direct:
        return YES if others else no("alone", _("Everyone else has left this conversation."))
    other = next(iter(others), None)
    if other is None or not other.is_active:
        return no("left", _("The other person has left the community."))
    between = Block.objects.filter(blocker__in=(actor, other), blocked__in=(actor, other))
    blockers = set(between.values_list("blocker_id", flat=True))
    if actor.pk in blockers:
        return _you_block(other)
    if other.pk in blockers and not actor.is_staff:
        return no("closed_door", _("%(name)s takes no messages.") % {"name": other.name})
    return YES


def can_leave(actor: Member, conversation: Conversation) -> Verdict:
    """Whether `actor` may leave: a conversation of two is muted instead, or its other half is blocked."""
    if conversation.is_direct:
        return no(
            "direct", _("A conversation of two cannot be left. You can mute it, or block the other person.")
        )
    return YES


def can_arrange(actor: Member, conversation: Conversation) -> Verdict:
    """Whether `actor` may rename a conversation or add people."""
    verdict = can_take_part(actor)
    if verdict and conversation.is_direct:
        return no("direct", _("A conversation of two stays one. Begin another one with more people."))
    return verdict


def can_edit_message(actor: Member, message: Message) -> Verdict:
    """Whether `actor` may change a message: their own, for a day."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if message.author_id != actor.pk:
        return no("not_yours", _("Only who wrote a message can change it."))
    if message.state != State.VISIBLE:
        return no("not_shown", _("This message is not shown any more."))
    if timezone.now() - message.created_at > limits.EDIT_FOR.span():
        return no("too_late", _too_late_to_edit(limits.EDIT_FOR()))
    if message.conversation.is_room:
        room = message.conversation.room
        return _not_now(room) if room.standing in (Standing.CLOSED, Standing.OVER) else YES
    return YES


def _too_late_to_edit(hours: int) -> str:
    if not hours:
        return _("A message stays as it was sent. You can write another one.")
    sentence = ngettext(
        "A message can be changed for %(n)d hour. You can write another one.",
        "A message can be changed for %(n)d hours. You can write another one.",
        hours,
    )
    return sentence % {"n": hours}


def _too_late_to_restore(minutes: int) -> str:
    if not minutes:
        return _("A deleted message stays deleted.")
    sentence = ngettext(
        "A deleted message can be brought back for %(n)d minute.",
        "A deleted message can be brought back for %(n)d minutes.",
        minutes,
    )
    return sentence % {"n": minutes}


def can_delete_message(actor: Member, message: Message) -> Verdict:
    """Whether `actor` may take a message back: their own, whenever, unless the team has decided about it."""
    if not actor.is_active or actor.is_suspended:
        return can_take_part(actor)
    if message.author_id != actor.pk:
        return no("not_yours", _("Only who wrote a message can delete it."))
    if message.state != State.VISIBLE:
        return no("not_shown", _("This message is not shown any more."))
    return YES


def can_restore_message(actor: Member, message: Message) -> Verdict:
    """Whether `actor` may bring back a message they took back: for some minutes."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if message.author_id != actor.pk or message.state != State.DELETED:
        return no("not_yours", _("Only who deleted a message can bring it back."))
    if message.state_at is None or timezone.now() - message.state_at > limits.RESTORE_FOR.span():
        return no("too_late", _too_late_to_restore(limits.RESTORE_FOR()))
    return YES


def can_open_room(actor: Member) -> Verdict:
    """Whether `actor` may open rooms: the team, or whom the setting `ROOMS_OPENED_BY` names."""
    verdict = can_take_part(actor)
    if verdict and not actor.is_at_least(settings.ROOMS_OPENED_BY):
        return no("room_opening", _("Rooms are opened by the team. You can suggest one to them."))
    return verdict


def can_manage_room(actor: Member, room: Room) -> Verdict:
    """Whether `actor` may change, close and keep order in a room they see: who opened it, and moderators."""
    verdict = can_take_part(actor)
    if verdict and not (actor.is_at_least("moderator") or room.conversation.begun_by_id == actor.pk):
        return no("room_keepers", _("Only who opened this room and the team can do this."))
    return verdict


def can_join(actor: Member, room: Room, place: Participation | None) -> Verdict:
    """Whether `actor` may join a room they see."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    if place is not None and place.is_barred:
        return no("barred", _("The team showed you out of this room. You can write to them about it."))
    if room.standing in (Standing.CLOSED, Standing.OVER):
        return _not_now(room)
    if room.member_count >= limits.MOST_IN_ROOM and (place is None or place.left_at is not None):
        return no("room_full", _("This room is full. You can read along."))
    return YES


def can_say(actor: Member, room: Room, place: Participation | None) -> Verdict:
    """Whether `actor` may write in a room they see. `place` is where they stand in it, if they ever joined."""
    verdict = can_take_part(actor)
    if not verdict:
        return verdict
    standing = room.standing
    if standing != Standing.OPEN and not (standing == Standing.EARLY and can_manage_room(actor, room)):
        return _not_now(room)
    if room.space is not None and room.space.is_archived:
        return no(
            "space_archived", _("The space of this room is an archive. It can be read, not written in.")
        )
    if place is None or place.left_at is not None:
        return can_join(actor, room, place) and no("join_first", _("Join the room to write in it."))
    return YES


def _not_now(room: Room) -> Verdict:
    if room.standing == Standing.EARLY and room.opens_at is not None:
        moment = formats.date_format(timezone.localtime(room.opens_at), "DATETIME_FORMAT")
        return no("room_early", _("This room opens on %(moment)s.") % {"moment": moment})
    return no("room_closed", _("This room is closed. What was said can still be read."))


def can_invite(actor: Member, room: Room, members: Collection[Member]) -> Verdict:
    """Whether `actor` may let all of these into a room: as they might write to them."""
    verdict = can_manage_room(actor, room)
    if not verdict:
        return verdict
    if room.member_count + len(members) > limits.MOST_IN_ROOM:
        text = _("A room holds %(n)s people.") % {"n": f"{limits.MOST_IN_ROOM:,}"}
        return no("room_full", text)
    mine = blocked_ids(actor)
    doors = doors_of(actor, members)
    for member in members:
        verdict = _you_block(member) if member.pk in mine else _door(actor, member, doors)
        if not verdict:
            return verdict
    return YES


def can_leave_room(actor: Member, place: Participation | None) -> Verdict:
    """Whether `actor` is in a room and may leave it."""
    if place is None or place.left_at is not None:
        return no("not_in_it", _("You are not in this room."))
    return YES
