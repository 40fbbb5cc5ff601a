"""Where the people of the demo stand: the days they were here, how long they read, and the levels that follow."""

import datetime as dt
import random

from django.db.models import F

from community.members.groups.actions import (
    add_to_group,
    ask_to_join,
    change_group,
    create_group,
    invite_member,
    open_automatic_groups,
    set_owner,
)
from community.members.models import Group, Member, Visit
from community.members.trust.actions import set_trust, settle_everyone
from community.threads.models import ReadState

# On how many days of the last year somebody was here, of those with more to tell than most.
OFTEN = {"maya": 14, "tomasz": 60, "thandi": 40, "rosa": 25}

# Each with its owner, who is in it, and who waits to be let in.
GROUPS = (
    (
        {
            "name": "Repair circle",
            "slug": "repair-circle",
            "description": "We mend what others would throw away, and answer at the repair bench. "
            "Call us when a seam, a zip or a pole gives up.",
            "join_mode": "request",
            "visibility": "everyone",
            "members_visibility": "everyone",
            "callers": "members",
            "title": "Mender",
        },
        "tomasz",
        ("ruth", "kofi", "ingrid", "maya"),
        (("jonas", "I have a sewing machine that takes nylon and two evenings a week."),),
    ),
    (
        {
            "name": "Winter walkers",
            "slug": "winter-walkers",
            "description": "Out when the path is white. Routes, snow reports and who comes along.",
            "join_mode": "open",
            "visibility": "everyone",
            "members_visibility": "members",
            "callers": "group",
        },
        "anders",
        ("maya", "lena", "sakura", "erik", "noor"),
        (),
    ),
    (
        {
            "name": "Lyngen test team",
            "slug": "lyngen-testers",
            "description": "Pitches the next tent before anybody sees it. What is said here stays here.",
            "join_mode": "invitation",
            "visibility": "group",
            "members_visibility": "group",
            "callers": "owners",
            "claim": "lyngen-testers",
        },
        "thandi",
        ("tomasz", "priya", "wei"),
        (),
    ),
)


def add_groups(members: dict[str, Member]) -> None:
    """Three groups: on request with somebody waiting, open, and one that only its people know; one invitation waits."""
    dewi = members["dewi"]
    open_automatic_groups()
    regulars = Group.objects.filter(rule="trust_3", title="").first()
    if regulars is not None:
        change_group(actor=dewi, group=regulars, changes={"title": "Hearth regular"})
    for values, owner, people, waiting in GROUPS:
        if Group.objects.filter(slug=values["slug"]).exists():
            continue
        group = create_group(actor=dewi, values=values)
        for handle in (owner, *people):
            add_to_group(actor=dewi, group=group, member=members[handle])
        set_owner(actor=dewi, group=group, member=members[owner], is_owner=True)
        for handle, words in waiting:
            ask_to_join(actor=members[handle], group=group, words=words)
        if values["slug"] == "lyngen-testers":
            invite_member(actor=members[owner], group=group, member=members["maya"])


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
