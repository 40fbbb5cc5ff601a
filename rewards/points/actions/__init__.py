"""Everything that moves points or changes what earns them."""

from rewards.points.actions.ledger import adjust, award, reverse, spend, withdraw_awards
from rewards.points.actions.rules import HEARD, RULE_FIELDS, add_rule, change_rule

__all__ = [
    "HEARD",
    "RULE_FIELDS",
    "add_rule",
    "adjust",
    "award",
    "change_rule",
    "reverse",
    "spend",
    "withdraw_awards",
]
