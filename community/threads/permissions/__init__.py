"""Who may do what in a thread. Each answer is a `Verdict`: yes, or a sentence that says why not.

Callers obtained the thread or post through `queries`, so that it is visible was asked already; actions ask again
under their lock.
"""

from community.threads.permissions.order import (
    can_act_together,
    can_choose_several,
    can_moderate_thread,
    can_move_thread,
    can_pin_everywhere,
    can_purge,
    can_tidy_thread,
)
from community.threads.permissions.polls import (
    can_ask_poll,
    can_manage_poll,
    can_rewrite_poll,
    can_vote,
)
from community.threads.permissions.posts import (
    can_delete_post,
    can_edit_post,
    can_react,
    can_reply,
    can_restore_post,
    can_retitle,
    can_share_editing,
    can_take_back,
)
from community.threads.permissions.questions import (
    can_accept,
    can_change_question_rules,
    can_claim,
    can_decide_answer,
    can_reopen,
    can_want_information,
)

__all__ = [
    "can_accept",
    "can_act_together",
    "can_ask_poll",
    "can_change_question_rules",
    "can_choose_several",
    "can_claim",
    "can_decide_answer",
    "can_delete_post",
    "can_edit_post",
    "can_manage_poll",
    "can_moderate_thread",
    "can_move_thread",
    "can_pin_everywhere",
    "can_purge",
    "can_react",
    "can_reopen",
    "can_reply",
    "can_restore_post",
    "can_retitle",
    "can_rewrite_poll",
    "can_share_editing",
    "can_take_back",
    "can_tidy_thread",
    "can_vote",
    "can_want_information",
]
