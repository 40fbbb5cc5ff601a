"""Welcoming newcomers and marking the years."""

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from community.activity.record import record
from community.members.models import Member
from engagement.journeys.models import Anniversary, IceBreaker, Welcome
from engagement.journeys.permissions import can_change_journeys
from engagement.journeys.queries import choose_ice_breaker
from engagement.journeys.verbs import ANNIVERSARY_REACHED

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


def mark_anniversaries(*, actor: None, day: dt.date) -> int:
    """Note everyone who joined on this day of an earlier year. Returns how many were new. Runs in small transactions."""
    members = Member.objects.get_queryset().present().filter(_joined_on(day), joined_at__year__lt=day.year)
    marked, last = 0, 0
    while batch := list(members.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        marked += sum(_mark_anniversary(member, day) for member in batch)
    return marked


def _joined_on(day: dt.date) -> Q:
    """Those of 29 February celebrate on the 28th of common years."""
    same = Q(joined_at__month=day.month, joined_at__day=day.day)
    if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
        return same | Q(joined_at__month=2, joined_at__day=29)
    return same


@transaction.atomic
def _mark_anniversary(member: Member, day: dt.date) -> bool:
    years = day.year - member.joined_at.year
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
