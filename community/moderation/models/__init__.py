"""Reports, the cases they gather in, what waits or is watched, penalties, what the team says, and the log of what it did."""

from community.moderation.models.appeals import Appeal, AppealState, Stage
from community.moderation.models.audit import AuditEntry, AuditSeal
from community.moderation.models.cases import Case, CaseState, Decision, Reason, Report
from community.moderation.models.held import Held, HeldKind, HeldState
from community.moderation.models.notes import StaffNote
from community.moderation.models.penalties import Penalty, PenaltyKind
from community.moderation.models.reasons import CannedReason
from community.moderation.models.seeing import SeeingAs
from community.moderation.models.spam import Band, HostStanding, Judgement, Outcome
from community.moderation.models.words import WatchedWord, WordAction

__all__ = [
    "Appeal",
    "AppealState",
    "AuditEntry",
    "AuditSeal",
    "Band",
    "CannedReason",
    "Case",
    "CaseState",
    "Decision",
    "Held",
    "HeldKind",
    "HeldState",
    "HostStanding",
    "Judgement",
    "Outcome",
    "Penalty",
    "PenaltyKind",
    "Reason",
    "Report",
    "SeeingAs",
    "StaffNote",
    "Stage",
    "WatchedWord",
    "WordAction",
]
