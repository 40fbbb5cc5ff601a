"""Changing which links get cards."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.record import record
from community.errors import Invalid
from community.writing.card_models import THE_ROW, CardRules, CardState, LinkCard
from community.writing.permissions import can_change_card_rules
from community.writing.verbs import CARD_RULES_CHANGED

if TYPE_CHECKING:
    from community.members.models import Member

FIELDS = frozenset({"is_on", "never_hosts", "only_hosts"})


@transaction.atomic
def save_card_rules(*, actor: "Member", changes: Mapping[str, Any]) -> CardRules:
    """Change the rules for link cards by field name; what is shown follows within a minute.

    Raises `Refused` or `Invalid`; then nothing changed.
    """
    can_change_card_rules(actor).require()
    rules = CardRules.objects.select_for_update().filter(pk=THE_ROW).first() or CardRules(pk=THE_ROW)
    before = values_of(rules)
    changed = sorted(
        name for name, value in changes.items() if name in FIELDS and getattr(rules, name) != value
    )
    if not changed:
        return rules
    for name in changed:
        setattr(rules, name, changes[name])
    try:
        rules.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        fields = {name: " ".join(messages) for name, messages in error.message_dict.items()}
        raise Invalid("rules_unusable", _("Some fields need another look."), fields=fields) from error
    rules.changed_at = timezone.now()
    rules.save()
    # Cards that are shown may have to go, and those that were not asked for may come.
    LinkCard.objects.filter(state=CardState.READY).update(is_changed=True)
    LinkCard.objects.filter(state=CardState.NOTHING, due_at=None).update(due_at=timezone.now())
    record(CARD_RULES_CHANGED, actor=actor, target=rules, payload=changed_values(before, rules, changed))
    return rules
