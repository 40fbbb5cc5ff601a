"""Everything that begins, counts, finishes and changes quests."""

from rewards.quests.actions.definitions import (
    QUEST_FIELDS,
    STEP_FIELDS,
    duplicate_quest,
    move_quest,
    remove_step,
    save_quest,
    save_step,
)
from rewards.quests.actions.settling import close_over, recompute_quests, settle_quests
from rewards.quests.actions.taking import hide_quests, join_quest, leave_quest, put_line_away

__all__ = [
    "QUEST_FIELDS",
    "STEP_FIELDS",
    "close_over",
    "duplicate_quest",
    "hide_quests",
    "join_quest",
    "leave_quest",
    "move_quest",
    "put_line_away",
    "recompute_quests",
    "remove_step",
    "save_quest",
    "save_step",
    "settle_quests",
]
