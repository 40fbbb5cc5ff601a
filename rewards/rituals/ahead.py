"""How many will be greeted in the days to come, for managers to see beforehand."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from community.activity.one_row import read_row
from community.members.models import Member
from rewards.rituals.actions.greetings import who_takes_part
from rewards.rituals.days import A_DAY, around
from rewards.rituals.models import RitualChoices, RitualRules, Season

DAYS = 7


@dataclass(frozen=True, slots=True)
class Ahead:
    """Of the next seven days (UTC): how many joined on one of them, have their birthday, take part in seasons now; and
    which seasons begin and end."""

    anniversaries: int
    birthdays: int
    taking_part: int
    begin: list[Season]
    end: list[Season]


def look_ahead(now: dt.datetime) -> Ahead:
    """Return whom the next seven days concern. What is switched off concerns nobody."""
    rules, today = read_row(RitualRules), now.astimezone(dt.UTC).date()
    last = today + (DAYS - 1) * A_DAY
    joined, born = Q(), Q()
    for month, day in around(today, back=0, ahead=DAYS - 1):
        joined |= Q(joined_at__month=month, joined_at__day=day)
        born |= Q(birth_month=month, birth_day=day)
    members = Member.objects.get_queryset().present().exclude(suspended_until__gt=now)
    earlier = members.filter(joined, joined_at__lt=now - 300 * A_DAY)
    seasons = Season.objects.filter(is_active=True)
    begin = list(seasons.filter(starts_on__range=(today, last)))
    return Ahead(
        anniversaries=earlier.count() if rules.anniversaries_on else 0,
        birthdays=RitualChoices.objects.filter(born, member__in=members).count() if rules.birthdays_on else 0,
        taking_part=who_takes_part(today, now).count() if begin else 0,
        begin=begin,
        end=list(seasons.filter(ends_on__range=(today, last))),
    )
