"""Everything that changes threads and what is in them."""

from community.threads.actions.answers import accept_answer, unaccept_answer
from community.threads.actions.bookmarks import bookmark_post, unbookmark_post
from community.threads.actions.edits import edit_post
from community.threads.actions.follows import (
    LEVELS,
    attend_to_thread,
    follow_thread,
    mark_read,
    mute_thread,
    unfollow_thread,
)
from community.threads.actions.order import (
    lock_thread,
    move_thread,
    pin_thread,
    rename_thread,
    unlock_thread,
    unpin_thread,
)
from community.threads.actions.reactions import add_reaction, remove_reaction
from community.threads.actions.replies import reply_to_thread
from community.threads.actions.setting_aside import bring_back, set_aside
from community.threads.actions.starts import start_thread
from community.threads.actions.states import delete_post, restore_post, set_post_state, set_post_state_by_rule

__all__ = [
    "LEVELS",
    "accept_answer",
    "add_reaction",
    "attend_to_thread",
    "bookmark_post",
    "bring_back",
    "delete_post",
    "edit_post",
    "follow_thread",
    "lock_thread",
    "mark_read",
    "move_thread",
    "mute_thread",
    "pin_thread",
    "remove_reaction",
    "rename_thread",
    "reply_to_thread",
    "restore_post",
    "set_aside",
    "set_post_state",
    "set_post_state_by_rule",
    "start_thread",
    "unaccept_answer",
    "unbookmark_post",
    "unfollow_thread",
    "unlock_thread",
    "unpin_thread",
]
