"""The page of one conversation: what was said, from the first unread on, and who takes part."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from community.members.models import Member
from community.members.queries import blocked_ids
from community.messages import limits
from community.messages.models import Conversation, Message, Participation, State
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
    # Of somebody else, in a room in which the reader keeps order.
    keeps: bool = False

    @property
    def can_edit(self) -> bool:
        """Whether its menu offers to change it; the action asks again."""
        return self.is_own and self.message.is_shown

    @property
    def can_restore(self) -> bool:
        """Whether it can be brought back by who took it back a moment ago; the action asks again."""
        at = self.message.state_at
        is_gone = self.is_own and self.message.state == State.DELETED
        return is_gone and at is not None and timezone.now() - at <= limits.RESTORE_FOR.span()


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of a conversation: around a position, before or after one, or by default where reading goes on."""

    at: int | None = None
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What an open page has not seen yet: new messages, and earlier ones that changed. `revision` is where it is then."""

    new: list[Said] = field(default_factory=list)
    changed: list[Said] = field(default_factory=list)
    revision: int = 0
    seen: int = 0
    has_more: bool = False


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
    asked = Asked(at, before, after)
    rows, has_earlier, has_later = window(viewer, conversation, place, asked, goes_on_at_new=place.is_unread)
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
        read_by=read_by(viewer, conversation, places, rows[-1] if rows else None),
    )


def window(
    viewer: Member, conversation: Conversation, place: Participation, asked: Asked, *, goes_on_at_new: bool
) -> tuple[list[Message], bool, bool]:
    """Return a page of messages, oldest first, and whether there is more on either side."""
    known = max(place.last_read_position, place.from_position)
    newest = conversation.last_position
    if asked.before is not None:
        end = min(asked.before - 1, newest)
        begin = end - PAGE
    elif asked.at is not None:
        begin = asked.at - 1 - PAGE // 2
        end = begin + PAGE
    elif asked.after is not None:
        begin, end = asked.after, asked.after + PAGE
    elif goes_on_at_new and newest - known > PAGE - BEFORE_NEW:
        begin = known - BEFORE_NEW
        end = begin + PAGE
    else:
        begin, end = newest - PAGE, newest
    begin = max(begin, place.from_position)
    rows = Message.objects.visible_to(viewer).filter(
        conversation=conversation, position__gt=begin, position__lte=end
    )
    found = _of(conversation, rows.select_related("author").order_by("position"))
    return found, begin > place.from_position, end < newest


def _of(conversation: Conversation, rows: Iterable[Message]) -> list[Message]:
    """Return messages that know their conversation, so that none asks for it."""
    found = list(rows)
    for row in found:
        row.conversation = conversation
    return found


def changes_after(viewer: Member, conversation: Conversation, *, seen: int, revision: int | None) -> Changes:
    """Return what changed since a revision, at most a page, for a page that shows everything up to `seen`.

    For a page that knows no revision, what was said after `seen`.
    """
    rows = Message.objects.visible_to(viewer).filter(conversation=conversation)
    rows = rows.filter(position__gt=seen) if revision is None else rows.filter(revision__gt=revision)
    found = _of(conversation, rows.select_related("author").order_by("revision")[: PAGE + 1])
    has_more, found = len(found) > PAGE, found[:PAGE]
    known = 0 if has_more else max(conversation.revision, revision or 0)
    reached = max(known, found[-1].revision if found else 0)
    if not found:
        return Changes(revision=reached, seen=seen)
    found.sort(key=lambda row: row.position)
    said = arranged(viewer, found, _before_each(conversation, found))
    new = [one for one in said if one.message.position > seen]
    return Changes(
        new=new,
        changed=[one for one in said if one.message.position <= seen],
        revision=reached,
        seen=new[-1].message.position if new else seen,
        has_more=has_more,
    )


def said_alone(viewer: Member, message: Message) -> list[Said]:
    """Return one message as `viewer` stands to it, to be drawn anew in its place."""
    return arranged(viewer, [message], _before_each(message.conversation, [message]))


def _before_each(conversation: Conversation, rows: Sequence[Message]) -> dict[int, Message]:
    """Return messages by position: those given, and what stands right before each."""
    given = {row.position: row for row in rows}
    missing = {position - 1 for position in given} - given.keys()
    near = Message.objects.filter(conversation=conversation, position__in=missing)
    return {row.position: row for row in near.only("position", "author_id", "created_at")} | given


def arranged(
    viewer: Member, rows: Sequence[Message], near: Mapping[int, Message] | None = None
) -> list[Said]:
    """Return messages as `viewer` stands to them: theirs, folded, going on. `near` are those around, by position."""
    strangers = any(row.author_id not in (None, viewer.pk) for row in rows)
    blocked = blocked_ids(viewer) if strangers else set()
    keeps = bool(rows) and rows[0].conversation.is_room and viewer.is_at_least("moderator")
    around = {row.position: row for row in rows} if near is None else near
    said: list[Said] = []
    for row in rows:
        previous = around.get(row.position - 1)
        goes_on = (
            previous is not None
            and previous.author_id == row.author_id
            and (row.created_at - previous.created_at).total_seconds() < 300
        )
        is_own = row.author_id == viewer.pk
        said.append(Said(row, is_own, row.author_id in blocked, goes_on, keeps and not is_own))
    return said


def read_by(
    viewer: Member, conversation: Conversation, places: Sequence[Participation], last: Message | None
) -> list[Member]:
    """Return who has read the newest message, if it is the viewer's; only between people who both show it."""
    if last is None or last.author_id != viewer.pk or last.position != conversation.last_position:
        return []
    if not viewer.read_receipts:
        return []
    return [
        row.member
        for row in places
        if row.member_id != viewer.pk and row.member.read_receipts and row.last_read_position >= last.position
    ]


def read_by_now(viewer: Member, conversation: Conversation) -> list[Member]:
    """Return who has read the newest message by now, for a page that is open; nothing is asked for who does not show it."""
    if conversation.is_room or not viewer.read_receipts:
        return []
    last = Message.objects.filter(conversation=conversation, position=conversation.last_position).first()
    people = Participation.objects.filter(conversation=conversation, left_at=None)
    return read_by(
        viewer, conversation, list(people.select_related("member").order_by("joined_at", "pk")), last
    )
