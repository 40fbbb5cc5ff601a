"""Changing the rules for questions."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.threads.models import QuestionRules
from community.threads.permissions import can_change_question_rules
from community.threads.questions import THE_ROW
from community.threads.verbs import QUESTION_RULES_CHANGED

FIELDS = frozenset(
    field.name for field in QuestionRules._meta.concrete_fields if field.name not in ("id", "changed_at")
)


@transaction.atomic
def save_question_rules(*, actor: Member, changes: Mapping[str, Any]) -> QuestionRules:
    """Change the rules for questions by field name. Raises `Refused` or `Invalid`; then nothing changed."""
    can_change_question_rules(actor).require()
    unknown = set(changes) - FIELDS
    if unknown:
        raise ValueError(f"not rules for questions: {sorted(unknown)}")
    rules = QuestionRules.objects.select_for_update().filter(pk=THE_ROW).first() or QuestionRules(pk=THE_ROW)
    changed = sorted(name for name, value in changes.items() if getattr(rules, name) != value)
    if not changed:
        return rules
    for name in changed:
        setattr(rules, name, changes[name])
    _check(rules)
    rules.changed_at = timezone.now()
    rules.save()
    record(QUESTION_RULES_CHANGED, actor=actor, target=rules, payload={"fields": changed})
    return rules


def _check(rules: QuestionRules) -> None:
    try:
        rules.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        fields = {name: " ".join(messages) for name, messages in error.message_dict.items()}
        raise Invalid("rules_unusable", _("Some fields need another look."), fields=fields) from error
    if rules.close_days <= rules.nudge_days:
        words = _("Close later than you remind.")
        raise Invalid("rules_unusable", words, fields={"close_days": words})
