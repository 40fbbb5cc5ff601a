"""Writing to each other."""

from community.messages.actions.conversations import (
    add_members,
    begin_conversation,
    leave_conversation,
    mute_conversation,
    rename_conversation,
)
from community.messages.actions.joining import (
    invite_to_room,
    join_room,
    leave_room,
    leave_rooms_out_of_sight,
    mute_room,
    remove_from_room,
)
from community.messages.actions.messages import (
    delete_message,
    edit_message,
    restore_message,
    send_message,
    set_message_state,
)
from community.messages.actions.reading import mark_read
from community.messages.actions.rooms import change_room, close_room, open_room, reopen_room
from community.messages.actions.talking import hide_in_room, mark_room_read, note_typing, say_in_room

__all__ = [
    "add_members",
    "begin_conversation",
    "change_room",
    "close_room",
    "delete_message",
    "edit_message",
    "hide_in_room",
    "invite_to_room",
    "join_room",
    "leave_conversation",
    "leave_room",
    "leave_rooms_out_of_sight",
    "mark_read",
    "mark_room_read",
    "mute_conversation",
    "mute_room",
    "note_typing",
    "open_room",
    "remove_from_room",
    "rename_conversation",
    "reopen_room",
    "restore_message",
    "say_in_room",
    "send_message",
    "set_message_state",
]
