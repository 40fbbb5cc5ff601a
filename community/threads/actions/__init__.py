"""Everything that changes threads and what is in them."""

from community.threads.actions.answers import accept_answer, unaccept_answer
from community.threads.actions.bookmarks import bookmark_post, unbookmark_post
from community.threads.actions.care import (
    claim_question,
    give_up_claim,
    have_information,
    reopen_question,
    say_not_yet,
    want_information,
)
from community.threads.actions.details import change_details
from community.threads.actions.edits import edit_post
from community.threads.actions.follows import (
    LEVELS,
    attend_to_thread,
    follow_thread,
    mark_read,
    mute_thread,
    unfollow_thread,
)
from community.threads.actions.judging import judge_post
from community.threads.actions.listing import (
    archive_thread,
    list_thread,
    set_slow_mode,
    unarchive_thread,
    unlist_thread,
)
from community.threads.actions.order import lock_thread, move_thread, rename_thread, unlock_thread
from community.threads.actions.pins import bring_pin_back, pin_thread, put_pin_away, unpin_thread
from community.threads.actions.polls import close_due_polls, close_poll, put_poll, remove_poll, reopen_poll
from community.threads.actions.purges import purge_post
from community.threads.actions.reactions import add_reaction, remove_reaction
from community.threads.actions.regroups import NewThread, merge_threads, split_thread, undo_regrouping
from community.threads.actions.replies import reply_to_thread
from community.threads.actions.rules import save_question_rules
from community.threads.actions.setting_aside import bring_back, set_aside
from community.threads.actions.starts import start_thread
from community.threads.actions.states import delete_post, restore_post, set_post_state, set_post_state_by_rule
from community.threads.actions.timers import cancel_timer, set_timer
from community.threads.actions.together import ACTS, Step, Told, act_on_threads, undo_together
from community.threads.actions.votes import cast_vote, withdraw_vote
from community.threads.actions.wikis import set_wiki

__all__ = [
    "ACTS",
    "LEVELS",
    "NewThread",
    "Step",
    "Told",
    "accept_answer",
    "act_on_threads",
    "add_reaction",
    "archive_thread",
    "attend_to_thread",
    "bookmark_post",
    "bring_back",
    "bring_pin_back",
    "cancel_timer",
    "cast_vote",
    "change_details",
    "claim_question",
    "close_due_polls",
    "close_poll",
    "delete_post",
    "edit_post",
    "follow_thread",
    "give_up_claim",
    "have_information",
    "judge_post",
    "list_thread",
    "lock_thread",
    "mark_read",
    "merge_threads",
    "move_thread",
    "mute_thread",
    "pin_thread",
    "purge_post",
    "put_pin_away",
    "put_poll",
    "remove_poll",
    "remove_reaction",
    "rename_thread",
    "reopen_poll",
    "reopen_question",
    "reply_to_thread",
    "restore_post",
    "save_question_rules",
    "say_not_yet",
    "set_aside",
    "set_post_state",
    "set_post_state_by_rule",
    "set_slow_mode",
    "set_timer",
    "set_wiki",
    "split_thread",
    "start_thread",
    "unaccept_answer",
    "unarchive_thread",
    "unbookmark_post",
    "undo_regrouping",
    "undo_together",
    "unfollow_thread",
    "unlist_thread",
    "unlock_thread",
    "unpin_thread",
    "want_information",
    "withdraw_vote",
]
