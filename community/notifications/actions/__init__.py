"""Telling members, what they do with it, and what they choose."""

from community.notifications.actions.bounces import resume_address
from community.notifications.actions.browsers import (
    add_browser,
    forget_browsers,
    remove_browser,
    remove_dead_browsers,
    remove_this_browser,
    send_test,
)
from community.notifications.actions.choices import (
    end_pause,
    pause,
    save_choices,
    set_choice,
    stop_mail,
)
from community.notifications.actions.digests import choose_digest, stop_digest
from community.notifications.actions.inbox import (
    mark_all_read,
    mark_read,
    mark_subject_read,
    mark_thread_read,
    mute_thread,
    open_notice,
    undo_mark_all_read,
)
from community.notifications.actions.rules import save_mail_rules, save_push_rules
from community.notifications.actions.telling import notify, reconsider, reconsider_member

__all__ = [
    "add_browser",
    "choose_digest",
    "end_pause",
    "forget_browsers",
    "mark_all_read",
    "mark_read",
    "mark_subject_read",
    "mark_thread_read",
    "mute_thread",
    "notify",
    "open_notice",
    "pause",
    "reconsider",
    "reconsider_member",
    "remove_browser",
    "remove_dead_browsers",
    "remove_this_browser",
    "resume_address",
    "save_choices",
    "save_mail_rules",
    "save_push_rules",
    "send_test",
    "set_choice",
    "stop_digest",
    "stop_mail",
    "undo_mark_all_read",
]
