"""Everything that moves points or changes what earns them."""

from rewards.points.actions.ledger import adjust, award, reverse, spend, withdraw_awards
from rewards.points.actions.rules import RULE_FIELDS, change_rule

__all__ = ["RULE_FIELDS", "adjust", "award", "change_rule", "reverse", "spend", "withdraw_awards"]
