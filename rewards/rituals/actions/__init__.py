"""Counting weeks in a row, greeting on days that come round, and what members and managers choose about both."""

from rewards.rituals.actions.birthdays import save_birthday
from rewards.rituals.actions.choosing import save_choices
from rewards.rituals.actions.counting_up import recount_by_new_rules, recount_rhythms, settle_rhythms
from rewards.rituals.actions.greetings import greet_birthdays, greet_everybody, greet_seasons
from rewards.rituals.actions.rules import RULE_FIELDS, save_ritual_rules
from rewards.rituals.actions.seasons import SEASON_FIELDS, save_season

__all__ = [
    "RULE_FIELDS",
    "SEASON_FIELDS",
    "greet_birthdays",
    "greet_everybody",
    "greet_seasons",
    "recount_by_new_rules",
    "recount_rhythms",
    "save_birthday",
    "save_choices",
    "save_ritual_rules",
    "save_season",
    "settle_rhythms",
]
