"""Beginning, changing and stopping campaigns."""

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
from rewards.points.actions.rules import check_places
from rewards.points.models import Campaign, EarningRule
from rewards.points.permissions import can_change_rules
from rewards.points.verbs import CAMPAIGN_CHANGED

CAMPAIGN_FIELDS = (
    "name",
    "factor",
    "active_from",
    "active_to",
    "space_ids",
    "tags",
    "rule_keys",
    "is_active",
)


@transaction.atomic
def add_campaign(*, actor: Member, key: str, values: Mapping[str, Any]) -> Campaign:
    """Plan a campaign (values by `CAMPAIGN_FIELDS`). Raises `Refused` or `Invalid`."""
    can_change_rules(actor).require()
    campaign = Campaign(key=key, changed_by=actor, **values)
    if Campaign.objects.filter(key=key).exists():
        sentence = _("There is a campaign with this key already.")
        raise Invalid("key_taken", sentence, fields={"key": sentence})
    _check(campaign, None)
    campaign.save()
    _record(actor, campaign, before={}, after=dict(values))
    return campaign


@transaction.atomic
def change_campaign(*, actor: Member, campaign: Campaign, changes: Mapping[str, Any]) -> Campaign:
    """Put a new version of `campaign` in force (keys from `CAMPAIGN_FIELDS`). What it made of awards stays.

    Raises `Refused`, `Invalid`, or `Conflict` when someone else changed it meanwhile.
    """
    can_change_rules(actor).require()
    unknown = set(changes) - set(CAMPAIGN_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a campaign: {sorted(unknown)}")
    current = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if current.replaced_at is not None:
        raise Conflict(
            "campaign_changed",
            _("Someone changed this campaign meanwhile. Open it again to see how it is now."),
        )
    differing = {name: value for name, value in changes.items() if getattr(current, name) != value}
    if not differing:
        return current
    fresh = Campaign(
        key=current.key,
        programme_id=current.programme_id,
        version=current.version + 1,
        changed_by=actor,
        changed_at=timezone.now(),
        **{name: changes.get(name, getattr(current, name)) for name in CAMPAIGN_FIELDS},
    )
    _check(fresh, current)
    current.replaced_at = fresh.changed_at
    current.save(update_fields=["replaced_at"])
    fresh.save()
    _record(actor, fresh, before={name: getattr(current, name) for name in differing}, after=differing)
    return fresh


def _check(campaign: Campaign, before: Campaign | None) -> None:
    known = (before.space_ids, before.tags) if before else ((), ())
    fields: dict[str, str] = {}
    try:
        campaign.clean_fields()
        campaign.clean()
    except ValidationError as error:
        fields = {name: " ".join(sentences) for name, sentences in error.message_dict.items()}
    fields |= check_places(campaign.space_ids, campaign.tags, known=known)
    there = set(EarningRule.objects.in_force().values_list("key", flat=True))
    if gone := sorted(set(campaign.rule_keys) - there):
        fields["rule_keys"] = _("There is no rule “%(key)s”.") % {"key": gone[0]}
    if fields:
        raise Invalid("campaign_unusable", _("Some fields need another look."), fields=fields)


def _record(actor: Member, campaign: Campaign, *, before: dict[str, Any], after: dict[str, Any]) -> None:
    record(
        CAMPAIGN_CHANGED,
        actor=actor,
        target=campaign,
        payload={
            "key": campaign.key,
            "version": campaign.version,
            "before": {name: _plain(value) for name, value in before.items()},
            "after": {name: _plain(value) for name, value in after.items()},
        },
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.datetime) else value
