"""Where the people of the demo stand: the days they were here, how long they read, and the levels that follow."""

import datetime as dt
import random

from django.db.models import F

from community.members.models import Member, Visit
from community.members.trust.actions import set_trust, settle_everyone
from community.threads.models import ReadState

# On how many days of the last year somebody was here, of those with more to tell than most.
OFTEN = {"maya": 14, "tomasz": 60, "thandi": 40, "rosa": 25}


def add_standings(members: dict[str, Member], now: dt.datetime) -> None:
    """Let everyone have been here and read, then settle what follows. The team vouches for one by hand."""
    if Visit.objects.exists():
        return
    chance = random.Random("standing")  # noqa: S311 - the same demo every time
    visits = []
    for handle, member in sorted(members.items()):
        span = min(360, max(1, (now - member.joined_at).days))
        days = chance.sample(range(span), min(span, OFTEN.get(handle, 4)))
        visits += [Visit(member=member, day=(now - dt.timedelta(days=day)).date()) for day in days]
    Visit.objects.bulk_create(visits, ignore_conflicts=True)
    ReadState.objects.filter(seconds=0).update(seconds=30 + F("id") % 150)
    settle_everyone(quiet=True)
    set_trust(
        actor=members["dewi"],
        member=members["tomasz"],
        level=4,
        locked=False,
        reason="Looks after the repair bench with us.",
    )
