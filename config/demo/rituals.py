"""A season that runs, a birthday that is shared, somebody's day of joining, and one rhythm that its member shows."""

import datetime as dt

from community.members.models import Member
from engagement.journeys.actions import mark_anniversaries
from rewards.rituals.actions import recount_by_new_rules, save_birthday, save_choices, save_season
from rewards.rituals.days import kept_on
from rewards.rituals.models import Season


def add_rituals(members: dict[str, Member], now: dt.datetime) -> None:
    """Set the season, and let three people have something to be greeted for. Once."""
    if Season.objects.exists():
        return
    today = now.date()
    save_season(
        actor=members["dewi"],
        season=Season(),
        changes={
            "key": "autumn-repairs",
            "name": "Autumn repairs",
            "words": "Needles, wax and patience: what you mend now holds all winter. Show it, or ask how.",
            "starts_on": today - dt.timedelta(days=20),
            "ends_on": today + dt.timedelta(days=24),
        },
    )
    save_choices(actor=members["ingrid"], changes={"shows_streak": True})
    soon = today + dt.timedelta(days=2)
    save_birthday(actor=members["anders"], day=soon.day, month=soon.month, shows_birthday=True)
    joined = kept_on(today.month, today.day, today.year - 3)
    Member.objects.filter(handle="ruth").update(joined_at=now.replace(year=joined.year, day=joined.day))
    recount_by_new_rules()
    mark_anniversaries(actor=None, now=now)
