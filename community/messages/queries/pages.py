"""The page of one conversation: what was said, from the first unread on, and who takes part."""

from dataclasses import dataclass

from community.members.models import Member
from community.members.queries import blocked_ids
from community.messages.models import Conversation, Message, Participation
from community.messages.permissions import can_send
from community.messages.queries.access import get_conversation_for, participation_of
from community.messages.queries.inbox import names_of
from community.verdict import Verdict

PAGE = 40
# Shown before the first unread message, so that one knows what it answers.
BEFORE_NEW = 4


@dataclass(frozen=True, slots=True)
class Said:
    """One message as its reader stands to it."""

    message: Message
    is_own: bool
    is_folded: bool
    # Follows another of the same author within a few minutes: the name need not stand there again.
    goes_on: bool

    @property
    def can_edit(self) -> bool:
        """Whether its menu offers to change it; the action asks again."""
        return self.is_own and self.message.is_shown


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """A page of a conversation."""

    conversation: Conversation
    place: Participation
    places: list[Participation]
    said: list[Said]
    can_send: Verdict
    has_earlier: bool
    has_later: bool
    first_new: int
    new_count: int
    read_by: list[Member]

    @property
    def others(self) -> list[Member]:
        """Who takes part besides the reader."""
        return [row.member for row in self.places if row.member_id != self.place.member_id]

    @property
    def title(self) -> str:
        """What it is called."""
        return self.conversation.title or names_of(self.others)

    @property
    def first_shown(self) -> int:
        """The position the page begins at."""
        return self.said[0].message.position if self.said else 0

    @property
    def last_shown(self) -> int:
        """The position the page ends at."""
        return self.said[-1].message.position if self.said else self.conversation.last_position


def conversation_page(
    viewer: Member, pk: int, *, at: int | None = None, before: int | None = None, after: int | None = None
) -> ConversationPage:
    """Return the messages around a position, before or after one; by default from the first unread on, or the newest.

    Raises `NotFound` when `viewer` takes no part in it.
    """
    conversation = get_conversation_for(viewer, pk)
    place = participation_of(viewer, conversation)
    rows, has_earlier, has_later = _window(viewer, conversation, place, at, before, after)
    people = Participation.objects.filter(conversation=conversation, left_at=None).select_related("member")
    places = list(people.order_by("joined_at", "pk"))
    others = [row.member for row in places if row.member_id != viewer.pk]
    known = max(place.last_read_position, place.from_position)
    first_new = next((m.position for m in rows if m.position > known and m.author_id != viewer.pk), 0)
    return ConversationPage(
        conversation=conversation,
        place=place,
        places=places,
        said=arranged(viewer, rows),
        can_send=can_send(viewer, conversation, others),
        has_earlier=has_earlier,
        has_later=has_later,
        first_new=first_new if place.is_unread else 0,
        new_count=conversation.last_position - known,
        read_by=_read_by(viewer, conversation, places, rows),
    )


def _window(
    viewer: Member,
    conversation: Conversation,
    place: Participation,
    at: int | None,
    before: int | None,
    after: int | None,
) -> tuple[list[Message], bool, bool]:
    """Return a page of messages, oldest first, and whether there is more on either side."""
    known = max(place.last_read_position, place.from_position)
    newest = conversation.last_position
    if before is not None:
        end = min(before - 1, newest)
        begin = end - PAGE
    elif at is not None:
        begin = at - 1 - PAGE // 2
        end = begin + PAGE
    elif after is not None:
        begin, end = after, after + PAGE
    elif place.is_unread and newest - known > PAGE - BEFORE_NEW:
        begin = known - BEFORE_NEW
        end = begin + PAGE
    else:
        begin, end = newest - PAGE, newest
    begin = max(begin, place.from_position)
    rows = Message.objects.visible_to(viewer).filter(
        conversation=conversation, position__gt=begin, position__lte=end
    )
    found = list(rows.select_related("author").order_by("position"))
    return found, begin > place.from_position, end < newest


def said_after(viewer: Member, conversation: Conversation, position: int) -> list[Said]:
    """Return what was said after a position, at most a page, for pages that are open."""
    rows = Message.objects.visible_to(viewer).filter(conversation=conversation, position__gt=position)
    return arranged(viewer, list(rows.select_related("author").order_by("position")[:PAGE]))


def arranged(viewer: Member, rows: list[Message]) -> list[Said]:
    """Return messages as `viewer` stands to them: theirs, folded, going on."""
    strangers = any(row.author_id not in (None, viewer.pk) for row in rows)
    blocked = blocked_ids(viewer) if strangers else set()
    said: list[Said] = []
    for row in rows:
        previous = said[-1].message if said else None
        goes_on = (
            previous is not None
            and previous.author_id == row.author_id
            and (row.created_at - previous.created_at).total_seconds() < 300
        )
        said.append(Said(row, row.author_id == viewer.pk, row.author_id in blocked, goes_on))
    return said


def _read_by(
    viewer: Member, conversation: Conversation, places: list[Participation], rows: list[Message]
) -> list[Member]:
    """Return who has read the newest message, if it is the viewer's; only between people who both show it."""
    last = rows[-1] if rows else None
    if last is None or last.author_id != viewer.pk or last.position != conversation.last_position:
        return []
    if not viewer.read_receipts:
        return []
    return [
        row.member
        for row in places
        if row.member_id != viewer.pk and row.member.read_receipts and row.last_read_position >= last.position
    ]
