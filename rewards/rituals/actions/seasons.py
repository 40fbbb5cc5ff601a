"""Planning seasons."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.changes import changed_values, values_of
from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.sql import fetch
from rewards.points.models import Campaign
from rewards.rituals.limits import LONGEST_SEASON
from rewards.rituals.models import Season
from rewards.rituals.permissions import can_change_rituals
from rewards.rituals.verbs import SEASON_CHANGED

# A number of our own in Postgres's space of advisory locks.
_LOCK = 7_351_012
SEASON_FIELDS = ("key", "name", "words", "starts_on", "ends_on", "campaign_key", "is_active")


@transaction.atomic
def save_season(*, actor: Member, season: Season, changes: Mapping[str, Any]) -> Season:
    """Plan a season, or change one (keys from `SEASON_FIELDS`). Who was greeted for it is not greeted again.

    Raises `Refused` or `Invalid`.
    """
    can_change_rituals(actor).require()
    unknown = set(changes) - set(SEASON_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a season: {sorted(unknown)}")
    fresh = season if season.pk is None else Season.objects.select_for_update().get(pk=season.pk)
    # Two at once would each wait for the other in the constraint that keeps seasons apart.
    fetch("SELECT pg_advisory_xact_lock(%s)", (_LOCK,), tuple)
    before = values_of(fresh)
    for name, value in changes.items():
        setattr(fresh, name, value)
    _check(fresh)
    after = values_of(fresh)
    differing = [name for name in changes if not after or before[name] != after[name]]
    fresh.changed_at = timezone.now()
    _save(fresh)
    said = changed_values(before, fresh, differing)
    record(SEASON_CHANGED, actor=actor, target=fresh, payload={"season": fresh.key, **said})
    return fresh


def _check(season: Season) -> None:
    try:
        season.full_clean(validate_constraints=False)
    except ValidationError as error:
        fields = {name: " ".join(sentences) for name, sentences in error.message_dict.items()}
        raise Invalid("season_unusable", _("Some fields need another look."), fields=fields) from error
    days = (season.ends_on - season.starts_on).days
    if days < 0:
        _refuse("ends_on", _("The last day is before the first."))
    if days >= LONGEST_SEASON:
        _refuse("ends_on", _("A season lasts %(n)s days at most.") % {"n": LONGEST_SEASON})
    if season.campaign_key and not Campaign.objects.in_force().filter(key=season.campaign_key).exists():
        _refuse("campaign_key", _("There is no campaign with this key."))


def _save(season: Season) -> None:
    try:
        with transaction.atomic():
            season.save()
    except IntegrityError as error:
        if "season_alone" not in str(error):
            raise
        _refuse("starts_on", _("Another season takes place on some of these days."))


def _refuse(field: str, sentence: str) -> None:
    raise Invalid("season_unusable", sentence, fields={field: sentence})
