"""Changing what earns points."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from rewards.points.models import EarningRule
from rewards.points.permissions import can_change_rules
from rewards.points.verbs import RULE_CHANGED

RULE_FIELDS = (
    "name",
    "conditions",
    "points",
    "per_day",
    "per_post_day",
    "per_pair_day",
    "counts_to_cap",
    "for_helping",
    "is_active",
    "active_from",
    "active_to",
    "position",
)


@transaction.atomic
def change_rule(*, actor: Member, rule: EarningRule, changes: Mapping[str, Any]) -> EarningRule:
    """Put a new version of `rule` in force (keys from `RULE_FIELDS`). What was paid keeps the version it was paid by.

    Raises `Refused`, `Invalid`, or `Conflict` when someone else changed the rule meanwhile.
    """
    can_change_rules(actor).require()
    unknown = set(changes) - set(RULE_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a rule: {sorted(unknown)}")
    current = EarningRule.objects.select_for_update().get(pk=rule.pk)
    if current.replaced_at is not None:
        raise Conflict(
            "rule_changed", _("Someone changed this rule meanwhile. Open it again to see how it is now.")
        )
    differing = {name: value for name, value in changes.items() if getattr(current, name) != value}
    if not differing:
        return current
    fresh = EarningRule(
        key=current.key,
        verb=current.verb,
        beneficiary=current.beneficiary,
        version=current.version + 1,
        changed_by=actor,
        changed_at=timezone.now(),
        **{name: changes.get(name, getattr(current, name)) for name in RULE_FIELDS},
    )
    _check(fresh)
    current.replaced_at = fresh.changed_at
    current.save(update_fields=["replaced_at"])
    fresh.save()
    record(
        RULE_CHANGED,
        actor=actor,
        target=fresh,
        payload={
            "key": fresh.key,
            "version": fresh.version,
            "before": {name: _plain(getattr(current, name)) for name in differing},
            "after": {name: _plain(value) for name, value in differing.items()},
        },
    )
    return fresh


def _check(rule: EarningRule) -> None:
    try:
        rule.clean_fields()
        rule.clean()
    except ValidationError as error:
        fields = {name: " ".join(sentences) for name, sentences in error.message_dict.items()}
        raise Invalid("rule_unusable", _("Some fields need another look."), fields=fields) from error


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.datetime) else value
