"""Which rituals there are, and what counts."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from community.activity.changes import changed_values, values_of
from community.activity.one_row import change_row, check_row, fields_of, hold_row, keep_row
from community.activity.record import record
from community.members.models import Member
from rewards.rituals.models import RitualRules
from rewards.rituals.permissions import can_change_rituals
from rewards.rituals.verbs import RITUAL_RULES_CHANGED

RULE_FIELDS = fields_of(RitualRules) - {"counted_at"}
# What changes which weeks count, or how they add up: everybody is counted anew.
_COUNTING = frozenset({"streaks_on", "unit", "freezes", "floor", "least_characters"})


@transaction.atomic
def save_ritual_rules(*, actor: Member, changes: Mapping[str, Any]) -> RitualRules:
    """Change the rules (keys from `RULE_FIELDS`). Everybody is counted by new ones in the background, and told nothing of it.

    Raises `Refused` or `Invalid`.
    """
    can_change_rituals(actor).require()
    rules = hold_row(RitualRules)
    before = values_of(rules)
    changed = change_row(rules, changes, RULE_FIELDS)
    check_row(rules, "ritual_rules_unusable")
    if changed:
        if _COUNTING & set(changed):
            rules.counted_at = None
        keep_row(rules)
        record(
            RITUAL_RULES_CHANGED, actor=actor, target=rules, payload=changed_values(before, rules, changed)
        )
    return rules
