"""Keeping the days that come round: birthdays, seasons that begin and seasons that are over.

Beat rings every hour. Each greeting is a row that the database keeps unique, so two beats at once, or one that was down for a
day, greet everybody once; what is more than `CATCH_UP` days late is passed over. Small transactions, a bounded number of members each.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from community.activity.one_row import read_row
from community.activity.record import Happening, record_many
from community.members.models import Member, Role
from community.notifications.zones import zone_of
from community.threads.models import Post, State
from rewards.rituals.days import A_DAY, around, lately
from rewards.rituals.greeting import NewGreeting, note_greetings
from rewards.rituals.limits import CATCH_UP, TAKES_PART_DAYS
from rewards.rituals.models import Greeting, Ritual, RitualChoices, RitualRules, Season
from rewards.rituals.numbers import numbers_of
from rewards.rituals.verbs import GREETED

BATCH = 500


def greet_everybody(*, actor: None, now: dt.datetime) -> int:
    """Greet whoever has a day now that nobody greeted yet. Returns how many."""
    return greet_birthdays(actor=actor, now=now) + greet_seasons(actor=actor, now=now)


def greet_birthdays(*, actor: None, now: dt.datetime) -> int:
    """Greet those whose birthday it is where they live. Returns how many were new."""
    if not read_row(RitualRules).birthdays_on:
        return 0
    when = Q()
    # The day in Greenwich differs from anybody's by one at most.
    for month, day in around(now.astimezone(dt.UTC).date(), back=CATCH_UP + 1, ahead=1):
        when |= Q(birth_month=month, birth_day=day)
    rows = RitualChoices.objects.filter(when, member__is_active=True).exclude(member__suspended_until__gt=now)
    made, last = 0, 0
    while batch := list(rows.filter(pk__gt=last).select_related("member").order_by("pk")[:BATCH]):
        last = batch[-1].pk
        news = []
        for choices in batch:
            today = now.astimezone(zone_of(choices.member)).date()
            kept = lately(choices.birth_month or 0, choices.birth_day or 0, today=today, back=CATCH_UP)
            if kept is not None:
                news.append(NewGreeting(choices.pk, Ritual.BIRTHDAY, str(kept.year), kept))
        made += _greet(news, now=now)
    return made


def greet_seasons(*, actor: None, now: dt.datetime) -> int:
    """Greet those who take part when a season begins, and thank those who did when it is over. Returns how many were new."""
    today = now.astimezone(dt.UTC).date()
    late = today - CATCH_UP * A_DAY
    seasons = Season.objects.filter(is_active=True)
    made = 0
    for season in seasons.filter(starts_on__range=(late, today), ends_on__gte=today):
        made += _greet_all(
            Ritual.SEASON, season, who_takes_part(season.starts_on, now), season.starts_on, now
        )
    for season in seasons.filter(ends_on__range=(late - A_DAY, today - A_DAY)):
        wrote = _who_wrote(season.starts_on, season.ends_on, now)
        made += _greet_all(Ritual.RECAP, season, wrote, season.ends_on, now)
    return made


def who_takes_part(day: dt.date, now: dt.datetime) -> "QuerySet[Member]":
    """Return the members who are greeted when a season begins on a day: who contributed lately."""
    return _who_wrote(day - TAKES_PART_DAYS * A_DAY, day, now)


def _who_wrote(since: dt.date, until: dt.date, now: dt.datetime) -> "QuerySet[Member]":
    """Members who wrote something that stands, and may be told: not the team, not who is suspended or in quiet mode."""
    first = dt.datetime.combine(since, dt.time(), dt.UTC)
    end = dt.datetime.combine(until + A_DAY, dt.time(), dt.UTC)
    wrote = Post.objects.filter(
        author=OuterRef("pk"), state=State.VISIBLE, created_at__gte=first, created_at__lt=end
    )
    members = (
        Member.objects.get_queryset().present().filter(Exists(wrote), role=Role.MEMBER, quiet_mode=False)
    )
    return members.exclude(suspended_until__gt=now)


def _greet_all(
    ritual: Ritual, season: Season, members: "QuerySet[Member]", day: dt.date, now: dt.datetime
) -> int:
    told = Greeting.objects.filter(member=OuterRef("pk"), ritual=ritual, period=str(season.pk))
    waiting = members.exclude(Exists(told)).order_by("pk")
    made, last = 0, 0
    while batch := list(waiting.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        last = batch[-1]
        news = [NewGreeting(pk, ritual, str(season.pk), day) for pk in batch]
        numbers = numbers_of(season, batch) if ritual is Ritual.RECAP else {}
        made += _greet(news, now=now, name=season.name, numbers=numbers)
    return made


@transaction.atomic
def _greet(
    news: Sequence[NewGreeting],
    *,
    now: dt.datetime,
    name: str = "",
    numbers: Mapping[int, Mapping[str, int]] | None = None,
) -> int:
    made = note_greetings(news)
    record_many(
        [
            Happening(
                verb=GREETED,
                actor_id=None,
                target_type=Member._meta.label_lower,
                target_pk=it.member_id,
                payload={
                    "member_id": it.member_id,
                    "ritual": it.ritual,
                    "period": it.period,
                    "day": it.day.isoformat(),
                    "name": name,
                    "numbers": dict((numbers or {}).get(it.member_id, {})),
                },
                occurred_at=now,
            )
            for it in made
        ],
        quiet=False,
    )
    return len(made)
