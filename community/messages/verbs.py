"""What can happen in conversations. No payload holds a word of what was said."""

from typing import TypedDict

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


class MessageEdited(TypedDict):
    """Where it was said."""

    conversation_id: int


class MessageDeleted(TypedDict):
    """Where it was said."""

    conversation_id: int


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
MESSAGE_STATE_CHANGED = verb(
    "message.state_changed", MessageStateChanged, "The team hid, removed or showed a message again."
)
