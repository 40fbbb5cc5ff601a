"""Tables of points: the ledger, and the rules that fill it."""

from rewards.points.models.ledger import Account, AccountKind, Entry, Transfer, TransferKind, Unit
from rewards.points.models.rules import Beneficiary, Conditions, EarningRule

__all__ = [
    "Account",
    "AccountKind",
    "Beneficiary",
    "Conditions",
    "EarningRule",
    "Entry",
    "Transfer",
    "TransferKind",
    "Unit",
]
