"""Reports, the cases they gather in, penalties, and the log of what staff did."""

from community.moderation.models.audit import AuditEntry
from community.moderation.models.cases import Case, CaseState, Decision, Reason, Report
from community.moderation.models.penalties import Penalty, PenaltyKind
from community.moderation.models.reasons import CannedReason

__all__ = [
    "AuditEntry",
    "CannedReason",
    "Case",
    "CaseState",
    "Decision",
    "Penalty",
    "PenaltyKind",
    "Reason",
    "Report",
]
