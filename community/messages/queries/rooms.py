"""Live rooms: the list, the page of one, and who is in it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from community.members.models import Member
from community.members.queries import ids_apart_from
from community.messages.models import Conversation, Participation, Room, Standing
from community.messages.permissions import can_join, can_manage_room, can_say
from community.messages.presence import who_is_here
from community.messages.queries.access import get_room_for, standing_in
from community.messages.queries.inbox import read_place
from community.messages.queries.pages import Asked, Said, arranged, window
from community.verdict import Verdict

PAGE = 25
PEOPLE = 60
# Who is here is told by name up to so many.
NAMED = 12


@dataclass(frozen=True, slots=True)
class RoomRow:
    """One room as its reader stands to it."""

    room: Room
    place: Participation | None
    here: int = 0

    @property
    def is_in(self) -> bool:
        """Whether the reader is in it."""
        return self.place is not None and self.place.left_at is None

    @property
    def unread_count(self) -> int:
        """How many messages were not read yet; none for who only looks in."""
        if self.place is None or not self.is_in:
            return 0
        known = max(self.place.last_read_position, self.place.from_position)
        return max(0, self.room.conversation.last_position - known)

    @property
    def is_named(self) -> bool:
        """Whether someone named the reader since."""
        return self.place is not None and self.place.is_unread and not self.place.is_muted


@dataclass(frozen=True, slots=True)
class RoomList:
    """A page of rooms; `after` leads to the next."""

    rows: list[RoomRow]
    only_closed: bool
    after: str


@dataclass(frozen=True, slots=True)
class RoomPage:
    """A page of a room."""

    room: Room
    place: Participation | None
    said: list[Said]
    can_send: Verdict
    can_join: Verdict
    can_manage: Verdict
    has_earlier: bool
    has_later: bool
    first_new: int
    new_count: int
    here: "Here"

    @property
    def conversation(self) -> Conversation:
        """What is said in it, for the parts of the page that conversations share."""
        return self.room.conversation

    @property
    def is_in(self) -> bool:
        """Whether the reader is in it."""
        return self.place is not None and self.place.left_at is None

    @property
    def first_shown(self) -> int:
        """The position the page begins at."""
        return self.said[0].message.position if self.said else 0

    @property
    def last_shown(self) -> int:
        """The position the page ends at."""
        return self.said[-1].message.position if self.said else self.room.conversation.last_position


@dataclass(frozen=True, slots=True)
class Here:
    """Who is in a room now, as one reader may see it."""

    count: int
    people: list[Member]


def room_list(viewer: Member, *, only_closed: bool = False, after: str = "") -> RoomList:
    """Return the rooms of `viewer`, those talked in last first: the open ones, or those that are closed or over."""
    rows = _standing(Room.objects.visible_to(viewer), only_closed, timezone.now())
    cursor = read_place(after)
    if cursor is not None:
        moment, pk = cursor
        at = "conversation__last_message_at"
        rows = rows.filter(Q(**{f"{at}__lt": moment}) | Q(**{at: moment, "pk__lt": pk}))
    ordered = rows.select_related("conversation", "space").order_by("-conversation__last_message_at", "-pk")
    found = list(ordered[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    more = f"{last.conversation.last_message_at.isoformat()}~{last.pk}" if last is not None else ""
    return RoomList(with_places(viewer, found[:PAGE]), only_closed, more)


def _standing(rows: QuerySet[Room], only_closed: bool, now: dt.datetime) -> QuerySet[Room]:
    done = Q(closed_at__isnull=False) | Q(closes_at__lte=now)
    return rows.filter(done) if only_closed else rows.exclude(done)


def with_places(viewer: Member, rooms: Sequence[Room]) -> list[RoomRow]:
    """Say where `viewer` stands in rooms and how many are there now, by one statement."""
    pks = [room.pk for room in rooms]
    places = {
        row.conversation_id: row for row in Participation.objects.filter(conversation__in=pks, member=viewer)
    }
    here = who_is_here(pks)
    return [RoomRow(room, places.get(room.pk), len(here.get(room.pk, ()))) for room in rooms]


def room_page(viewer: Member, pk: int, asked: Asked) -> RoomPage:
    """Return a page of a room: by default from the first unread on, or the newest. Raises `NotFound`."""
    room = get_room_for(viewer, pk)
    place = standing_in(room, viewer)
    is_in = place is not None and place.left_at is None
    conversation = room.conversation
    # Who only looks in has read everything.
    reads = (
        place if place is not None and is_in else Participation(last_read_position=conversation.last_position)
    )
    known = max(reads.last_read_position, reads.from_position)
    is_behind = conversation.last_position > known
    rows, has_earlier, has_later = window(viewer, conversation, reads, asked, goes_on_at_new=is_behind)
    new = next((row.position for row in rows if row.position > known and row.author_id != viewer.pk), 0)
    return RoomPage(
        room=room,
        place=place if is_in else None,
        said=arranged(viewer, rows),
        can_send=can_say(viewer, room, place),
        can_join=can_join(viewer, room, place),
        can_manage=can_manage_room(viewer, room),
        has_earlier=has_earlier,
        has_later=has_later,
        first_new=new if is_behind else 0,
        new_count=conversation.last_position - known,
        here=here_in(viewer, room),
    )


@dataclass(frozen=True, slots=True)
class Writing:
    """Whether one may write in a room now: all that the form of an open page needs."""

    room: Room
    is_in: bool
    can_send: Verdict
    can_join: Verdict

    @property
    def conversation(self) -> Conversation:
        """What is said in it."""
        return self.room.conversation


def room_writing(viewer: Member, room: Room) -> Writing:
    """Return whether `viewer` may write in a room they see."""
    place = standing_in(room, viewer)
    is_in = place is not None and place.left_at is None
    return Writing(room, is_in, can_say(viewer, room, place), can_join(viewer, room, place))


def here_in(viewer: Member, room: Room) -> Here:
    """Return who has the room open now. Who blocks the reader, or is blocked by them, is not told to them."""
    ids = set(who_is_here([room.pk]).get(room.pk, ()))
    if not ids:
        return Here(0, [])
    ids -= ids_apart_from(viewer)
    people = Member.objects.get_queryset().present().filter(pk__in=ids).order_by("name", "pk")
    return Here(len(ids), list(people[:NAMED]))


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """People of a room in the order they came; `after` leads to the next page."""

    places: list[Participation]
    after: str


def people_of(room: Room, *, after: str = "") -> PeoplePage:
    """Return who is in a room. Raises `NotFound` for a place this list did not write."""
    rows = Participation.objects.filter(conversation=room.pk, left_at=None)
    cursor = read_place(after)
    if cursor is not None:
        moment, pk = cursor
        rows = rows.filter(Q(joined_at__gt=moment) | Q(joined_at=moment, pk__gt=pk))
    found = list(rows.select_related("member").order_by("joined_at", "pk")[: PEOPLE + 1])
    last = found[PEOPLE - 1] if len(found) > PEOPLE else None
    return PeoplePage(found[:PEOPLE], f"{last.joined_at.isoformat()}~{last.pk}" if last else "")


def is_over(room: Room) -> bool:
    """Whether nobody writes in a room any more."""
    return room.standing in (Standing.CLOSED, Standing.OVER)
