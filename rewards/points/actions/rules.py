"""Changing what earns points."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict, Invalid
from community.members.models import Member
from rewards.points.earning.touches import HEARD
from rewards.points.models import Conditions, EarningRule
from rewards.points.permissions import can_change_rules
from rewards.points.places import missing_places
from rewards.points.verbs import RULE_CHANGED

RULE_FIELDS = (
    "name",
    "conditions",
    "points",
    "per_day",
    "per_post_day",
    "per_pair_day",
    "per_pair_month",
    "delay_hours",
    "counts_to_cap",
    "for_helping",
    "is_active",
    "active_from",
    "active_to",
    "position",
)


@transaction.atomic
def add_rule(
    *, actor: Member, key: str, verb: str, beneficiary: str, values: Mapping[str, Any]
) -> EarningRule:
    """Put a rule of one's own in force (values by `RULE_FIELDS`). Raises `Refused` or `Invalid`."""
    can_change_rules(actor).require()
    rule = EarningRule(key=key, verb=verb, beneficiary=beneficiary, changed_by=actor, **values)
    if verb not in HEARD:
        sentence = _("Choose one of the happenings that points hear.")
        raise Invalid("verb_unheard", sentence, fields={"verb": sentence})
    if EarningRule.objects.filter(key=key).exists():
        sentence = _("There is a rule with this key already.")
        raise Invalid("key_taken", sentence, fields={"key": sentence})
    check_rule(rule)
    rule.save()
    _record(actor, rule, before={}, after=dict(values))
    return rule


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
        programme_id=current.programme_id,
        verb=current.verb,
        beneficiary=current.beneficiary,
        version=current.version + 1,
        changed_by=actor,
        changed_at=timezone.now(),
        **{name: changes.get(name, getattr(current, name)) for name in RULE_FIELDS},
    )
    check_rule(fresh, before=current)
    current.replaced_at = fresh.changed_at
    current.save(update_fields=["replaced_at"])
    fresh.save()
    _record(actor, fresh, before={name: getattr(current, name) for name in differing}, after=differing)
    return fresh


def _record(actor: Member, rule: EarningRule, *, before: dict[str, Any], after: dict[str, Any]) -> None:
    record(
        RULE_CHANGED,
        actor=actor,
        target=rule,
        payload={
            "key": rule.key,
            "version": rule.version,
            "before": {name: _plain(value) for name, value in before.items()},
            "after": {name: _plain(value) for name, value in after.items()},
        },
    )


def check_rule(rule: EarningRule, *, before: EarningRule | None = None) -> None:
    """Raise `Invalid`, naming the fields, unless `rule` can be put in force in place of `before`."""
    fields: dict[str, str] = {}
    try:
        rule.clean_fields()
        rule.clean()
    except ValidationError as error:
        fields = {name: " ".join(sentences) for name, sentences in error.message_dict.items()}
    if "conditions" not in fields:
        old = before.parsed_conditions if before else Conditions()
        asked = rule.parsed_conditions
        wrong = check_places(asked.space_ids, asked.tags, known=(old.space_ids, old.tags))
        if wrong:
            fields["conditions"] = " ".join(wrong.values())
    if fields:
        raise Invalid("rule_unusable", _("Some fields need another look."), fields=fields)


def check_places(
    space_ids: Iterable[int], tags: Iterable[str], *, known: tuple[Iterable[int], Iterable[str]]
) -> dict[str, str]:
    """Return what is wrong with spaces and topics that are named anew. What was named before may stay, there or not."""
    spaces, topics = missing_places(set(space_ids) - set(known[0]), set(tags) - set(known[1]))
    wrong = {}
    if spaces:
        wrong["space_ids"] = _("There is no space with the number %(n)s.") % {"n": spaces[0]}
    if topics:
        wrong["tags"] = _("There is no topic “%(tag)s”.") % {"tag": topics[0]}
    return wrong


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.datetime) else value
