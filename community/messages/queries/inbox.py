"""A member's conversations, those written in last first: four statements for any number of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from community.errors import NotFound
from community.members.models import Member
from community.members.queries import blocked_ids
from community.messages.models import Message, Participation

PAGE = 25


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One conversation, as its reader stands to it."""

    place: Participation
    people: list[Member]
    last: Message | None
    # What was said last is by someone the reader blocks.
    is_folded: bool = False

    @property
    def pk(self) -> int:
        """The conversation."""
        return self.place.conversation_id

    @property
    def title(self) -> str:
        """What it is called: its title, else who is in it."""
        return self.place.conversation.title or names_of(self.people)

    @property
    def is_unread(self) -> bool:
        """Whether something in it was not read yet."""
        return self.place.is_unread

    @property
    def unread_count(self) -> int:
        """How many messages were not read yet."""
        conversation = self.place.conversation
        begun = max(self.place.last_read_position, self.place.from_position)
        return max(0, conversation.last_position - begun) if self.place.is_unread else 0


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of the inbox; `after` leads to the next."""

    rows: list[InboxRow]
    only_unread: bool
    words: str
    after: str


def names_of(people: Iterable[Member]) -> str:
    """Name a conversation by who is in it."""
    return ", ".join(member.name for member in people)


def inbox_page(viewer: Member, *, only_unread: bool = False, words: str = "", after: str = "") -> InboxPage:
    """Return the conversations of `viewer`; `words` are looked for in titles and names."""
    rows = _places(viewer, only_unread, words)
    cursor = read_place(after)
    if cursor is not None:
        moment, pk = cursor
        rows = rows.filter(Q(last_message_at__lt=moment) | Q(last_message_at=moment, pk__lt=pk))
    found = list(rows.order_by("-last_message_at", "-pk")[: PAGE + 1])
    more = f"{found[PAGE - 1].last_message_at.isoformat()}~{found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return InboxPage(with_people(viewer, found[:PAGE]), only_unread, words, more)


def places_of(viewer: Member) -> QuerySet[Participation]:
    """Return where a member stands in their conversations; rooms have a list of their own."""
    rows = Participation.objects.filter(member=viewer, left_at=None, conversation__is_room=False)
    return rows.select_related("conversation")


def _places(viewer: Member, only_unread: bool, words: str) -> QuerySet[Participation]:
    rows = places_of(viewer)
    if only_unread:
        rows = rows.filter(is_unread=True)
    for word in words.split()[:4]:
        named = Participation.objects.filter(
            Q(member__name__icontains=word) | Q(member__handle__icontains=word),
            conversation=OuterRef("conversation"),
            left_at=None,
        ).exclude(member=viewer)
        rows = rows.filter(Q(conversation__title__icontains=word) | Exists(named))
    return rows


def with_people(viewer: Member, places: list[Participation]) -> list[InboxRow]:
    """Give conversations the people in them and what was said last, by three statements."""
    pks = [place.conversation_id for place in places]
    people: dict[int, list[Member]] = defaultdict(list)
    others = Participation.objects.filter(conversation__in=pks, left_at=None).exclude(member=viewer)
    for row in others.select_related("member").order_by("joined_at", "pk"):
        people[row.conversation_id].append(row.member)
    last = Message.objects.filter(
        conversation__in=pks, position=F("conversation__last_position")
    ).select_related("author")
    said = {message.conversation_id: message for message in last}
    blocked = blocked_ids(viewer) if said else set()
    rows = []
    for place in places:
        seen = _seen(place, said.get(place.conversation_id))
        folded = seen is not None and seen.author_id in blocked
        rows.append(InboxRow(place, people[place.conversation_id], seen, folded))
    return rows


def _seen(place: Participation, message: Message | None) -> Message | None:
    return message if message is not None and message.position > place.from_position else None


def read_place(after: str) -> tuple[dt.datetime, int] | None:
    """Return the place a list goes on from. Raises `NotFound` for what this list did not write."""
    if not after:
        return None
    text, _tilde, pk = after.partition("~")
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise NotFound() from error
    if not pk.isdecimal() or len(pk) > 18 or moment.tzinfo is None:
        raise NotFound()
    return moment, int(pk)
