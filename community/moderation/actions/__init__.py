"""Everything that changes reports, cases and penalties."""

from community.moderation.actions.cases import claim_case, decide_case, release_case, undo_decision
from community.moderation.actions.opening import close_case, open_case
from community.moderation.actions.penalties import lift_penalty, penalise_member
from community.moderation.actions.reports import report_message, report_post

__all__ = [
    "claim_case",
    "close_case",
    "decide_case",
    "lift_penalty",
    "open_case",
    "penalise_member",
    "release_case",
    "report_message",
    "report_post",
    "undo_decision",
]
