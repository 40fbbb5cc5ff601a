"""Everything that changes reports, cases and penalties."""

from community.moderation.actions.canned import delete_canned_reason, save_canned_reason
from community.moderation.actions.cases import claim_case, decide_case, release_case, undo_decision
from community.moderation.actions.opening import close_case, close_moot_cases, open_case
from community.moderation.actions.penalties import lift_penalty, penalise_member, reinstate_penalty
from community.moderation.actions.reports import report_message, report_post, report_subject
from community.moderation.actions.taking_off import forget_taken_off, keep_taken_off
from community.moderation.actions.together import claim_cases, decide_cases, release_cases, undo_decisions

__all__ = [
    "claim_case",
    "claim_cases",
    "close_case",
    "close_moot_cases",
    "decide_case",
    "decide_cases",
    "delete_canned_reason",
    "forget_taken_off",
    "keep_taken_off",
    "lift_penalty",
    "open_case",
    "penalise_member",
    "reinstate_penalty",
    "release_case",
    "release_cases",
    "report_message",
    "report_post",
    "report_subject",
    "save_canned_reason",
    "undo_decision",
    "undo_decisions",
]
