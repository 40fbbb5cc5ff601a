"""Reading seasons: which runs, which were, and what a member contributed in one."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from community.errors import NotFound
from community.members.models import Member
from rewards.points.models import Campaign
from rewards.rituals.models import Season
from rewards.rituals.numbers import numbers_of
from rewards.rituals.permissions import has_rhythm


@dataclass(frozen=True, slots=True)
class SeasonPage:
    """A season; `numbers` are the reader's own, by the key of what is counted, and none for guests and the team."""

    season: Season
    is_over: bool
    numbers: dict[str, int]
    campaign: Campaign | None


def list_seasons() -> "QuerySet[Season]":
    """Return the season that runs and those that were, the newest first. What is to come is not told."""
    return Season.objects.filter(is_active=True, starts_on__lte=_today()).order_by("-starts_on")


def running_season() -> Season | None:
    """Return the season that runs."""
    return list_seasons().filter(ends_on__gte=_today()).first()


def get_season_for(viewer: Member | None, key: str) -> SeasonPage:
    """Return a season that runs or was. Raises `NotFound`."""
    season = list_seasons().filter(key=key).first()
    if season is None:
        raise NotFound()
    counts = viewer is not None and has_rhythm(viewer) and not viewer.quiet_mode
    numbers = numbers_of(season, [viewer.pk])[viewer.pk] if viewer is not None and counts else {}
    campaign = None
    if season.campaign_key:
        campaign = Campaign.objects.in_force().filter(key=season.campaign_key, is_active=True).first()
    return SeasonPage(season, season.ends_on < _today(), numbers, campaign)


def _today() -> dt.date:
    return timezone.now().astimezone(dt.UTC).date()
