"""Welcoming newcomers and marking the years."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from community.activity.one_row import read_row
from community.activity.record import record
from community.members.models import Member
from community.notifications.zones import zone_of
from engagement.journeys.limits import RESTS_FOR
from engagement.journeys.models import Anniversary, IceBreaker, Welcome
from engagement.journeys.permissions import can_change_journeys
from engagement.journeys.queries import choose_ice_breaker
from engagement.journeys.verbs import ANNIVERSARY_REACHED
from rewards.rituals.days import around, lately
from rewards.rituals.limits import CATCH_UP
from rewards.rituals.models import RitualRules

FIELDS = frozenset({"text", "thread", "space", "is_active"})
BATCH = 500


def welcome(*, actor: Member) -> bool:
    """Choose the question for the newcomer `actor`. Returns False when they were welcomed before."""
    _row, created = Welcome.objects.get_or_create(
        member=actor, defaults={"ice_breaker": choose_ice_breaker(actor)}
    )
    return created


@transaction.atomic
def dismiss_first_steps(*, actor: Member) -> None:
    """Put the first steps away for good."""
    Welcome.objects.update_or_create(member=actor, defaults={"dismissed_at": timezone.now()})


@transaction.atomic
def put_first_steps_off(*, actor: Member) -> None:
    """Let the first steps rest for some days; their page stays where it is."""
    Welcome.objects.update_or_create(
        member=actor, defaults={"rests_until": timezone.now() + RESTS_FOR.span()}
    )


def mark_anniversaries(*, actor: None, now: dt.datetime) -> int:
    """Note everyone for whom it is, where they live, the day on which they joined in an earlier year, or was in the `CATCH_UP`
    days before, if nobody noted it then. Returns how many were new. Who is suspended today is passed over. Runs in small transactions."""
    if not read_row(RitualRules).anniversaries_on:
        return 0
    members = Member.objects.get_queryset().present().filter(_joined_around(now), joined_at__lt=now)
    members = members.exclude(suspended_until__gt=now)
    marked, last = 0, 0
    while batch := list(members.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        noted = set(Anniversary.objects.filter(member__in=batch).values_list("member_id", "years"))
        for member in batch:
            day, years = _celebrates(member, now)
            if years > 0 and (member.pk, years) not in noted:
                marked += _mark_anniversary(member, day, years)
    return marked


def _joined_around(now: dt.datetime) -> Q:
    """Whoever can celebrate anywhere on earth: the day in Greenwich differs from theirs by one at most."""
    found = Q()
    # A day more on either side: the row holds Greenwich's day of joining, which may be another than theirs.
    for month, day in around(now.astimezone(dt.UTC).date(), back=CATCH_UP + 2, ahead=2):
        found |= Q(joined_at__month=month, joined_at__day=day)
    return found


def _celebrates(member: Member, now: dt.datetime) -> tuple[dt.date, int]:
    """Return the day it was for a member lately, and how many years before they joined on it; 0 when there was none.

    Those of 29 February celebrate on the 28th of common years.
    """
    zone = zone_of(member)
    today, joined = now.astimezone(zone).date(), member.joined_at.astimezone(zone).date()
    day = lately(joined.month, joined.day, today=today, back=CATCH_UP)
    return (day, day.year - joined.year) if day is not None else (today, 0)


@transaction.atomic
def _mark_anniversary(member: Member, day: dt.date, years: int) -> bool:
    row, created = Anniversary.objects.get_or_create(member=member, years=years, defaults={"reached_on": day})
    if created:
        record(ANNIVERSARY_REACHED, actor=None, target=member, payload={"years": row.years})
    return created


@transaction.atomic
def save_ice_breaker(
    *, actor: Member, changes: Mapping[str, Any], ice_breaker: IceBreaker | None = None
) -> IceBreaker:
    """Make or change an ice-breaker. Raises `Refused`."""
    can_change_journeys(actor).require()
    unknown = set(changes) - FIELDS
    if unknown:
        raise ValueError(f"not fields of an ice-breaker: {sorted(unknown)}")
    row = ice_breaker or IceBreaker()
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return row
