"""Who is in a room: joining, inviting, leaving, being shown out, and wanting quiet."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import NotFound, Refused
from community.members.models import Member
from community.messages import limits
from community.messages.actions.counts import settle_unread
from community.messages.actions.reading import CONVERSATION
from community.messages.actions.rooms import lock_room
from community.messages.models import Participation, Room
from community.messages.permissions import can_invite, can_join, can_leave_room, can_manage_room
from community.messages.queries.access import standing_in
from community.messages.verbs import ROOM_JOINED, ROOM_LEFT, ROOM_MEMBER_REMOVED, ROOM_MEMBERS_ADDED
from community.notifications.actions import mark_subject_read
from community.spaces.queries import ids_who_see


@transaction.atomic
def join_room(*, actor: Member, room: Room) -> Participation:
    """Take part in a room that `actor` sees. Raises `Refused` or `RateLimited`."""
    held = standing_in(room, actor)
    if held is not None and held.left_at is None:
        return held
    can_join(actor, room, held).require()
    limits.JOIN_ROOM.spend(actor)
    fresh = lock_room(room.pk)
    place = standing_in(fresh, actor)
    can_join(actor, fresh, place).require()
    if place is not None and place.left_at is None:
        return place
    place = _let_in(fresh, actor)
    _count(fresh, 1)
    record(ROOM_JOINED, actor=actor, target=fresh, payload={})
    return place


@transaction.atomic
def invite_to_room(*, actor: Member, room: Room, members: Iterable[Member]) -> list[Member]:
    """Let members into a room, also who was shown out before. Returns who is new in it.

    Raises `Refused` or `RateLimited`.
    """
    can_manage_room(actor, room).require()
    fresh = lock_room(room.pk)
    wanted = {member.pk: member for member in members if member.pk != actor.pk}
    inside = Participation.objects.filter(conversation=room.pk, member__in=wanted, left_at=None)
    for pk in inside.values_list("member", flat=True):
        del wanted[pk]
    people = [wanted[pk] for pk in sorted(wanted)]
    if not people:
        return []
    can_invite(actor, fresh, people).require()
    _refuse_strangers_to_space(fresh, people)
    limits.ARRANGE.spend(actor)
    for member in people:
        _let_in(fresh, member)
    _count(fresh, len(people))
    ids = [member.pk for member in people]
    record(ROOM_MEMBERS_ADDED, actor=actor, target=fresh, payload={"member_ids": ids})
    return people


def _refuse_strangers_to_space(room: Room, people: list[Member]) -> None:
    if room.space is None:
        return
    seeing = set(ids_who_see(room.space, [member.pk for member in people]))
    for member in people:
        if member.pk not in seeing:
            text = _("%(name)s cannot read the space of this room.") % {"name": member.name}
            raise Refused("space_closed", text)


def _let_in(room: Room, member: Member) -> Participation:
    newest = room.conversation.last_position
    place, _is_new = Participation.objects.update_or_create(
        conversation=room.conversation,
        member=member,
        defaults={
            "joined_at": timezone.now(),
            "left_at": None,
            "is_barred": False,
            # Who was invited reads what is written from now on; who reads the space reads everything.
            "from_position": 0 if room.space_id else newest,
            "last_read_position": newest,
            "is_unread": False,
            "last_message_at": room.conversation.last_message_at,
        },
    )
    return place


def _count(room: Room, by: int) -> None:
    room.member_count = max(0, room.member_count + by)
    room.save(update_fields=["member_count"])


@transaction.atomic
def leave_room(*, actor: Member, room: Room) -> None:
    """Leave a room. Raises `Refused` when one is not in it."""
    fresh = lock_room(room.pk)
    place = _held(fresh, actor)
    can_leave_room(actor, place).require()
    if place is not None:
        _go(fresh, place)
    record(ROOM_LEFT, actor=actor, target=fresh, payload={})


@transaction.atomic
def remove_from_room(*, actor: Member, room: Room, member: Member) -> None:
    """Show a member out; they come back only when the team invites them. Raises `Refused` or `NotFound`."""
    can_manage_room(actor, room).require()
    if member.is_staff and not actor.is_at_least("manager"):
        raise Refused("team", _("Members of the team are not shown out."))
    fresh = lock_room(room.pk)
    place = _held(fresh, member)
    if place is None or place.left_at is not None:
        raise NotFound()
    place.is_barred = True
    _go(fresh, place)
    record(ROOM_MEMBER_REMOVED, actor=actor, target=fresh, payload={"member_ids": [member.pk]})


@transaction.atomic
def leave_rooms_out_of_sight(*, actor: Member | None, space_pk: int, **only: Any) -> int:
    """Take those out of the rooms of a space who may not read it any more. Returns how many went."""
    gone = 0
    for pk in Room.objects.filter(space=space_pk).order_by("pk").values_list("pk", flat=True):
        room = lock_room(pk)
        rows = Participation.objects.select_for_update(no_key=True).filter(
            conversation=pk, left_at=None, **only
        )
        places = list(rows.order_by("pk"))
        seeing = set(ids_who_see(room.space, [row.member_id for row in places])) if room.space else set()
        for place in places:
            if place.member_id not in seeing:
                _go(room, place)
                gone += 1
    return gone


def _held(room: Room, member: Member) -> Participation | None:
    rows = Participation.objects.select_for_update(no_key=True)
    return rows.filter(conversation=room.pk, member=member).first()


def _go(room: Room, place: Participation) -> None:
    place.left_at, place.is_unread = timezone.now(), False
    place.save(update_fields=["left_at", "is_unread", "is_barred"])
    _count(room, -1)
    mark_subject_read(actor=place.member, subject=(CONVERSATION, room.pk))
    settle_unread(actor=place.member, member_ids=[place.member_id])


@transaction.atomic
def mute_room(*, actor: Member, room: Room, muted: bool = True) -> Participation:
    """Hear nothing of a room any more, also when named in it; or hear of it again. Raises `NotFound`."""
    fresh = lock_room(room.pk)
    place = _held(fresh, actor)
    if place is None or place.left_at is not None:
        raise NotFound()
    if place.is_muted != muted:
        place.is_muted = muted
        place.save(update_fields=["is_muted"])
        if muted:
            mark_subject_read(actor=actor, subject=(CONVERSATION, room.pk))
        settle_unread(actor=actor, member_ids=[actor.pk])
    return place
