"""Changing the e-mail rules."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.notifications.models import THE_ROW, DigestPlan, MailRules
from community.notifications.permissions import can_change_mail_rules
from community.notifications.verbs import MAIL_RULES_CHANGED

FIELDS = frozenset(
    field.name for field in MailRules._meta.concrete_fields if field.name not in ("id", "changed_at")
)


@transaction.atomic
def save_mail_rules(*, actor: Member, changes: Mapping[str, Any]) -> MailRules:
    """Change the e-mail rules by field name. Raises `Refused` or `Invalid`; then nothing changed."""
    can_change_mail_rules(actor).require()
    unknown = set(changes) - FIELDS
    if unknown:
        raise ValueError(f"not e-mail rules: {sorted(unknown)}")
    rules = MailRules.objects.select_for_update().filter(pk=THE_ROW).first() or MailRules(pk=THE_ROW)
    changed = sorted(name for name, value in changes.items() if getattr(rules, name) != value)
    if not changed:
        return rules
    for name in changed:
        setattr(rules, name, changes[name])
    _check(rules)
    rules.changed_at = timezone.now()
    rules.save()
    if "digest_rhythm" in changed:
        # Whoever follows the site's rhythm is planned anew.
        DigestPlan.objects.filter(rhythm="").update(next_at=None)
    record(MAIL_RULES_CHANGED, actor=actor, target=rules, payload={"fields": changed})
    return rules


def _check(rules: MailRules) -> None:
    try:
        rules.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        fields = {name: " ".join(messages) for name, messages in error.message_dict.items()}
        raise Invalid("rules_unusable", _("Some fields need another look."), fields=fields) from error
