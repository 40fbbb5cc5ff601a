"""Changing the rules of e-mail and of notices to browsers."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from community.activity.changes import changed_values, values_of
from community.activity.one_row import change_row, check_row, fields_of, hold_row, keep_row
from community.activity.record import record
from community.members.models import Member
from community.notifications.models import DigestPlan, MailRules, PushRules
from community.notifications.permissions import can_change_mail_rules, can_change_push_rules
from community.notifications.verbs import MAIL_RULES_CHANGED, PUSH_RULES_CHANGED


@transaction.atomic
def save_mail_rules(*, actor: Member, changes: Mapping[str, Any]) -> MailRules:
    """Change the e-mail rules by field name. Raises `Refused` or `Invalid`; then nothing changed."""
    can_change_mail_rules(actor).require()
    rules = hold_row(MailRules)
    before = values_of(rules)
    changed = _change(rules, changes)
    if "digest_rhythm" in changed:
        # Whoever follows the site's rhythm is planned anew.
        DigestPlan.objects.filter(rhythm="").update(next_at=None)
    if changed:
        record(MAIL_RULES_CHANGED, actor=actor, target=rules, payload=changed_values(before, rules, changed))
    return rules


@transaction.atomic
def save_push_rules(*, actor: Member, changes: Mapping[str, Any]) -> PushRules:
    """Change the rules for notices to browsers by field name. Raises `Refused` or `Invalid`; then nothing changed."""
    can_change_push_rules(actor).require()
    rules = hold_row(PushRules)
    before = values_of(rules)
    changed = _change(rules, changes)
    if changed:
        record(PUSH_RULES_CHANGED, actor=actor, target=rules, payload=changed_values(before, rules, changed))
    return rules


def _change(rules: MailRules | PushRules, changes: Mapping[str, Any]) -> list[str]:
    """Write what differs to a row. Returns the names of the fields that changed."""
    changed = change_row(rules, changes, fields_of(type(rules)))
    if changed:
        check_row(rules, "rules_unusable")
        keep_row(rules)
    return changed
