"""How points work, for everyone to read: from the very rows that the engine reads."""

import datetime as dt
from dataclasses import dataclass
from itertools import chain

from django.db.models import Max
from django.utils import timezone

from rewards.points.earning.caps import daily_cap
from rewards.points.expiring import say_expiry
from rewards.points.models import Campaign, EarningRule
from rewards.points.places import Places, read_places
from rewards.points.saying import say_conditions, say_factor, say_where
from rewards.points.words import say_limits, say_who, translated

# How long before it begins a campaign is announced.
AHEAD = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule as everyone reads it."""

    name: str
    points: int
    who: str
    limits: list[str]
    conditions: list[str]
    changed_at: dt.datetime
    pays: bool


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign that runs, or begins within a week."""

    name: str
    more: str
    where: list[str]
    rules: list[str]
    active_from: dt.datetime
    active_to: dt.datetime
    runs: bool


@dataclass(frozen=True, slots=True)
class HowPage:
    """How points work: the rules in force, the daily limit, campaigns, and when something was last changed."""

    rules: list[RuleRow]
    campaigns: list[CampaignRow]
    cap: int
    changed_at: dt.datetime | None
    any_waits: bool
    expiry: str


def get_how_page() -> HowPage:
    """Return the rules from the very rows that the engine reads."""
    now = timezone.now()
    rules = [
        rule
        for rule in EarningRule.objects.in_force().order_by("position", "key")
        if rule.active_to is None or rule.active_to > now
    ]
    campaigns = list(
        Campaign.objects.in_force()
        .filter(is_active=True, active_to__gt=now, active_from__lt=now + AHEAD)
        .order_by("active_from", "key")
    )
    asked = [rule.parsed_conditions for rule in rules]
    places = read_places(
        chain(*(it.space_ids for it in asked), *(it.space_ids for it in campaigns)),
        chain(*(it.tags for it in asked), *(it.tags for it in campaigns)),
        public=True,
    )
    changed = (EarningRule.objects, Campaign.objects)
    moments = [rows.aggregate(at=Max("changed_at"))["at"] for rows in changed]
    return HowPage(
        rules=[_rule_row(rule, places) for rule in rules],
        campaigns=[_campaign_row(it, rules, places, now) for it in campaigns],
        cap=daily_cap(),
        any_waits=any(rule.delay_hours for rule in rules),
        expiry=say_expiry(),
        changed_at=max((at for at in moments if at is not None), default=None),
    )


def _rule_row(rule: EarningRule, places: Places) -> RuleRow:
    return RuleRow(
        name=translated(rule.name),
        points=rule.points,
        who=say_who(rule),
        limits=say_limits(rule),
        conditions=say_conditions(rule, places),
        changed_at=rule.changed_at,
        pays=rule.is_active,
    )


def _campaign_row(
    campaign: Campaign, rules: list[EarningRule], places: Places, now: dt.datetime
) -> CampaignRow:
    return CampaignRow(
        name=campaign.name,
        more=say_factor(campaign.factor),
        where=say_where(campaign.space_ids, campaign.tags, places),
        rules=[translated(rule.name) for rule in rules if rule.key in campaign.rule_keys],
        active_from=campaign.active_from,
        active_to=campaign.active_to,
        runs=campaign.active_from <= now,
    )
