"""Adding and changing tiers, and how they are reached and left."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.one_row import change_row, check_row, fields_of, hold_row, keep_row
from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.spaces.audiences import rename_key
from rewards.tiers.actions.perks import keep_open
from rewards.tiers.actions.settling import settle_everyone
from rewards.tiers.models import Tier, TierRules
from rewards.tiers.permissions import can_change_tiers
from rewards.tiers.verbs import TIER_CHANGED, TIER_RULES_CHANGED

TIER_FIELDS = ("name", "threshold", "opens", "is_kept")
RULE_FIELDS = fields_of(TierRules)


@transaction.atomic
def add_tier(*, actor: Member, key: str, values: Mapping[str, Any]) -> Tier:
    """Add a tier (values by `TIER_FIELDS`); members who have earned it are put into it, without a notice.

    Raises `Refused` or `Invalid`.
    """
    can_change_tiers(actor).require()
    tier = Tier(key=key, **values)
    _check(tier)
    tier.save()
    record(
        TIER_CHANGED, actor=actor, target=tier, payload={"tier": tier.key, **changed_values({}, tier, values)}
    )
    keep_open(actor=actor)
    settle_everyone(actor=actor)
    return tier


@transaction.atomic
def change_tier(*, actor: Member, tier: Tier, changes: Mapping[str, Any]) -> Tier:
    """Rename a tier, move its threshold or say what it opens; members are put into their tiers again, without a notice.

    Raises `Refused` or `Invalid`.
    """
    can_change_tiers(actor).require()
    unknown = set(changes) - set(TIER_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a tier: {sorted(unknown)}")
    fresh = Tier.objects.select_for_update().get(pk=tier.pk)
    if fresh.threshold == 0 and changes.get("threshold", 0) != 0:
        sentence = _("The first tier is where everyone begins: it stays at 0.")
        raise Invalid("first_tier", sentence, fields={"threshold": sentence})
    before, name_before = values_of(fresh), fresh.name
    for name, value in changes.items():
        setattr(fresh, name, value)
    _check(fresh)
    renamed = fresh.name != name_before
    fresh.save()
    said = changed_values(before, fresh, [name for name in changes if before[name] != values_of(fresh)[name]])
    record(TIER_CHANGED, actor=actor, target=fresh, payload={"tier": fresh.key, **said})
    if renamed:
        rename_key(f"tier:{name_before}", f"tier:{fresh.name}")
    keep_open(actor=actor)
    settle_everyone(renamed=fresh if renamed else None, actor=actor)
    return fresh


@transaction.atomic
def save_tier_rules(*, actor: Member, changes: Mapping[str, Any]) -> TierRules:
    """Change how tiers are reached and left (keys from `RULE_FIELDS`); everyone is put into their tier by it.

    Raises `Refused` or `Invalid`.
    """
    can_change_tiers(actor).require()
    rules = hold_row(TierRules)
    before = values_of(rules)
    changed = change_row(rules, changes, RULE_FIELDS)
    check_row(rules, "tier_rules_unusable")
    if changed:
        keep_row(rules)
        said = changed_values(before, rules, changed)
        record(TIER_RULES_CHANGED, actor=actor, target=rules, payload=said)
        settle_everyone(actor=actor)
    return rules


def _check(tier: Tier) -> None:
    try:
        tier.full_clean()
    except ValidationError as error:
        fields = {name: " ".join(sentences) for name, sentences in error.message_dict.items()}
        raise Invalid("tier_unusable", _("Some fields need another look."), fields=fields) from error
