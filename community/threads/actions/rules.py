"""Changing the rules for questions."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.one_row import change_row, check_row, fields_of, hold_row, keep_row
from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.threads.models import QuestionRules
from community.threads.permissions import can_change_question_rules
from community.threads.verbs import QUESTION_RULES_CHANGED

FIELDS = fields_of(QuestionRules)


@transaction.atomic
def save_question_rules(*, actor: Member, changes: Mapping[str, Any]) -> QuestionRules:
    """Change the rules for questions by field name. Raises `Refused` or `Invalid`; then nothing changed."""
    can_change_question_rules(actor).require()
    rules = hold_row(QuestionRules)
    before = values_of(rules)
    changed = change_row(rules, changes, FIELDS)
    if not changed:
        return rules
    check_row(rules, "rules_unusable")
    if rules.close_days <= rules.nudge_days:
        words = _("Close later than you remind.")
        raise Invalid("rules_unusable", words, fields={"close_days": words})
    keep_row(rules)
    record(QUESTION_RULES_CHANGED, actor=actor, target=rules, payload=changed_values(before, rules, changed))
    return rules
