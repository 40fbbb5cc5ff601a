"""Telling members, what they do with it, and what they choose."""

from community.notifications.actions.choices import (
    end_pause,
    pause,
    save_choices,
    set_choice,
    stop_mail,
)
from community.notifications.actions.inbox import (
    mark_all_read,
    mark_read,
    mark_thread_read,
    mute_thread,
    mark_subject_read,
    open_notice,
    undo_mark_all_read,
)
from community.notifications.actions.telling import notify, reconsider, reconsider_member

__all__ = [
    "end_pause",
    "mark_all_read",
    "mark_read",
    "mark_thread_read",
    "mute_thread",
    "notify",
    "open_notice",
    "mark_subject_read",
    "pause",
    "reconsider",
    "reconsider_member",
    "save_choices",
    "set_choice",
    "stop_mail",
    "undo_mark_all_read",
]
