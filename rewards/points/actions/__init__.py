"""Everything that moves points or changes what earns them."""

from rewards.points.actions.campaigns import CAMPAIGN_FIELDS, add_campaign, change_campaign
from rewards.points.actions.expiry import (
    change_programme,
    expire_points,
    refresh_active,
    refresh_lots,
    settle_lots,
    settle_warnings,
)
from rewards.points.actions.holds import capture, expire_holds, hold_back, release, reserve, take_held
from rewards.points.actions.ledger import adjust, award, reverse, spend, withdraw_awards
from rewards.points.actions.pending import resume_pending, stop_pending
from rewards.points.actions.proposals import confirm_adjustment, decline_adjustment, propose_adjustment
from rewards.points.actions.rules import RULE_FIELDS, add_rule, change_rule
from rewards.points.actions.worth import set_worth
from rewards.points.earning.touches import HEARD

__all__ = [
    "CAMPAIGN_FIELDS",
    "HEARD",
    "RULE_FIELDS",
    "add_campaign",
    "add_rule",
    "adjust",
    "award",
    "capture",
    "change_campaign",
    "change_programme",
    "change_rule",
    "confirm_adjustment",
    "decline_adjustment",
    "expire_holds",
    "expire_points",
    "hold_back",
    "propose_adjustment",
    "refresh_active",
    "refresh_lots",
    "release",
    "reserve",
    "resume_pending",
    "reverse",
    "set_worth",
    "settle_lots",
    "settle_warnings",
    "spend",
    "stop_pending",
    "take_held",
    "withdraw_awards",
]
