"""Which campaign makes more of an award: of those that run, the one that gives the most; they never add up."""

import datetime as dt
from collections.abc import Iterable

from rewards.points.models import Campaign, EarningRule


class Campaigns:
    """The campaigns that may matter to a batch."""

    def __init__(self, campaigns: Iterable[Campaign]) -> None:
        self._campaigns = sorted(campaigns, key=lambda it: (-it.factor, it.key))

    @classmethod
    def read(cls) -> "Campaigns":
        """Read the campaigns in force; those that are over are asked for too, because happenings may be heard late."""
        return cls(Campaign.objects.in_force().filter(is_active=True))

    def best(
        self, rule: EarningRule, moment: dt.datetime, *, space_id: int | None, tags: Iterable[str]
    ) -> Campaign | None:
        """Return the campaign that gives the most for what happened at `moment`, if one runs."""
        said = set(tags)
        for it in self._campaigns:
            if (
                it.programme_id == rule.programme_id
                and it.active_from <= moment < it.active_to
                and (not it.space_ids or space_id in it.space_ids)
                and (not it.tags or said & set(it.tags))
                and (not it.rule_keys or rule.key in it.rule_keys)
            ):
                return it
        return None


def multiplied(points: int, campaign: Campaign | None) -> int:
    """Return what becomes of points; parts of a point are left off."""
    return points if campaign is None else points * campaign.factor // 100
