"""Tables of points: the ledger, and the rules that fill it."""

from rewards.points.models.campaigns import Boost, Campaign
from rewards.points.models.conditions import Conditions
from rewards.points.models.holds import REVIEW_SCOPE, Hold, HoldState
from rewards.points.models.ledger import Account, AccountKind, Entry, Transfer, TransferKind, Unit
from rewards.points.models.lots import Allocation, ExpiryWarning, Lot
from rewards.points.models.pending import PendingAward, PendingState
from rewards.points.models.programmes import MAIN, Expiry, Programme
from rewards.points.models.proposals import Proposal, ProposalState
from rewards.points.models.rules import Beneficiary, EarningRule
from rewards.points.models.totals import DayTotal, PointWorth

__all__ = [
    "MAIN",
    "REVIEW_SCOPE",
    "Account",
    "AccountKind",
    "Allocation",
    "Beneficiary",
    "Boost",
    "Campaign",
    "Conditions",
    "DayTotal",
    "EarningRule",
    "Entry",
    "Expiry",
    "ExpiryWarning",
    "Hold",
    "HoldState",
    "Lot",
    "PendingAward",
    "PendingState",
    "PointWorth",
    "Programme",
    "Proposal",
    "ProposalState",
    "Transfer",
    "TransferKind",
    "Unit",
]
