"""What can happen in conversations and rooms. No payload holds a word of what was said."""

from typing import TypedDict

from community.activity.changes import Changed
from community.activity.registry import verb


class ConversationBegun(TypedDict):
    """Who takes part, without who began it."""

    member_ids: list[int]


class MembersAdded(TypedDict):
    """Who was added."""

    member_ids: list[int]


class ConversationLeft(TypedDict):
    """Nothing more."""


class ConversationRenamed(TypedDict):
    """Nothing more: a title is as private as what is said under it."""


class MessageSent(TypedDict):
    """Where it was said."""

    conversation_id: int
    position: int


class RoomSaid(TypedDict):
    """Where it was said, and who was named and may read it."""

    room_id: int
    position: int
    mentioned_ids: list[int]


class MessageEdited(TypedDict):
    """Where it was said."""

    conversation_id: int


class MessageDeleted(TypedDict):
    """Where it was said."""

    conversation_id: int


class MessageRestored(TypedDict):
    """Where it was said."""

    conversation_id: int


class RoomOpened(TypedDict):
    """The space whose readers may join, if any."""

    space_id: int | None


class RoomChanged(Changed):
    """Which of its settings changed, from what and to what; only who is in the room is told its words."""


class RoomEvent(TypedDict):
    """Nothing more: which room and by whom stands beside it."""


class RoomMembers(TypedDict):
    """Who was let in, or shown out."""

    member_ids: list[int]


class MessageStateChanged(TypedDict):
    """The team hid, removed or showed a reported message."""

    conversation_id: int
    author_id: int | None
    before: str
    after: str


CONVERSATION_BEGUN = verb(
    "conversation.begun", ConversationBegun, "A member began a conversation with one or a few others."
)
MEMBERS_ADDED = verb(
    "conversation.members_added", MembersAdded, "A participant added others to a conversation."
)
CONVERSATION_LEFT = verb("conversation.left", ConversationLeft, "A participant left a conversation.")
CONVERSATION_RENAMED = verb(
    "conversation.renamed", ConversationRenamed, "A participant gave a conversation another title."
)
MESSAGE_SENT = verb("message.sent", MessageSent, "A participant wrote in a conversation.")
MESSAGE_EDITED = verb("message.edited", MessageEdited, "An author changed a message.")
MESSAGE_DELETED = verb("message.deleted", MessageDeleted, "An author took a message back.")
MESSAGE_RESTORED = verb(
    "message.restored", MessageRestored, "An author brought back a message they had taken back."
)
ROOM_OPENED = verb("room.opened", RoomOpened, "Somebody opened a live room.")
ROOM_CHANGED = verb("room.changed", RoomChanged, "A room got another name, description, time or pace.")
ROOM_CLOSED = verb("room.closed", RoomEvent, "The team closed a room: it can be read, not written in.")
ROOM_REOPENED = verb("room.reopened", RoomEvent, "The team opened a closed room again.")
ROOM_SAID = verb("room.said", RoomSaid, "A member said something in a room.")
ROOM_JOINED = verb("room.joined", RoomEvent, "A member joined a room.")
ROOM_LEFT = verb("room.left", RoomEvent, "A member left a room.")
ROOM_MEMBERS_ADDED = verb("room.members_added", RoomMembers, "Members were invited into a room.")
ROOM_MEMBER_REMOVED = verb("room.member_removed", RoomMembers, "The team showed a member out of a room.")
MESSAGE_STATE_CHANGED = verb(
    "message.state_changed", MessageStateChanged, "The team hid, removed or showed a message again."
)
