"""Writing to each other."""

from community.messages.actions.conversations import (
    add_members,
    begin_conversation,
    leave_conversation,
    mute_conversation,
    rename_conversation,
)
from community.messages.actions.messages import (
    delete_message,
    edit_message,
    send_message,
    set_message_state,
)
from community.messages.actions.reading import mark_read

__all__ = [
    "add_members",
    "begin_conversation",
    "delete_message",
    "edit_message",
    "leave_conversation",
    "mark_read",
    "mute_conversation",
    "rename_conversation",
    "send_message",
    "set_message_state",
]
