"""Changing the rules of e-mail and of notices to browsers."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.notifications.models import THE_ROW, DigestPlan, MailRules, PushRules
from community.notifications.permissions import can_change_mail_rules, can_change_push_rules
from community.notifications.verbs import MAIL_RULES_CHANGED, PUSH_RULES_CHANGED

Rules = TypeVar("Rules", MailRules, PushRules)


@transaction.atomic
def save_mail_rules(*, actor: Member, changes: Mapping[str, Any]) -> MailRules:
    """Change the e-mail rules by field name. Raises `Refused` or `Invalid`; then nothing changed."""
    can_change_mail_rules(actor).require()
    rules, changed = _save(MailRules, changes)
    if "digest_rhythm" in changed:
        # Whoever follows the site's rhythm is planned anew.
        DigestPlan.objects.filter(rhythm="").update(next_at=None)
    if changed:
        record(MAIL_RULES_CHANGED, actor=actor, target=rules, payload={"fields": changed})
    return rules


@transaction.atomic
def save_push_rules(*, actor: Member, changes: Mapping[str, Any]) -> PushRules:
    """Change the rules for notices to browsers by field name. Raises `Refused` or `Invalid`; then nothing changed."""
    can_change_push_rules(actor).require()
    rules, changed = _save(PushRules, changes)
    if changed:
        record(PUSH_RULES_CHANGED, actor=actor, target=rules, payload={"fields": changed})
    return rules


def _save(model: type[Rules], changes: Mapping[str, Any]) -> tuple[Rules, list[str]]:
    """Write what differs to the one row. Returns it with the names of the fields that changed."""
    unknown = set(changes) - fields_of(model)
    if unknown:
        raise ValueError(f"not among the rules: {sorted(unknown)}")
    rules: Rules = model._default_manager.select_for_update().filter(pk=THE_ROW).first() or model(pk=THE_ROW)
    changed = sorted(name for name, value in changes.items() if getattr(rules, name) != value)
    if changed:
        for name in changed:
            setattr(rules, name, changes[name])
        _check(rules)
        rules.changed_at = timezone.now()
        rules.save()
    return rules, changed


def fields_of(model: type[MailRules] | type[PushRules]) -> frozenset[str]:
    """Return the names of the rules that may be changed."""
    return frozenset(
        field.name for field in model._meta.concrete_fields if field.name not in ("id", "changed_at")
    )


def _check(rules: MailRules | PushRules) -> None:
    try:
        rules.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        fields = {name: " ".join(messages) for name, messages in error.message_dict.items()}
        raise Invalid("rules_unusable", _("Some fields need another look."), fields=fields) from error
