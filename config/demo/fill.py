"""Fills an empty community with the demo: people, spaces, what was said, who thanked whom, and what waits for a decision.

Everything goes through the importer's writer or the same actions as the pages, so that points, badges, notices and
counters are what the rules make of them.
"""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from community.activity import relay
from community.activity.one_row import THE_ROW
from community.brand.actions import save_brand
from community.importing.actions import refresh_numbers
from community.importing.writer import references, write_threads
from community.members.groups.counting import count_automatic_groups
from community.members.models import DoorRules, Member, SecondFactor
from community.moderation.actions import report_post
from community.moderation.models import Case
from community.spaces.models import Space, SpaceFollow, SpaceMembership
from community.threads.counters import recount
from community.threads.models import Post
from community.threads.ranking import rank_threads
from config.demo.asking import ask_at_the_bench
from config.demo.desk import add_desk, pause_rex
from config.demo.earning import add_earning
from config.demo.fields import add_fields
from config.demo.lists import add_lists
from config.demo.members import PASSWORD, add_people, sign_ins
from config.demo.missions import add_missions
from config.demo.notes import add_notes
from config.demo.order import add_order
from config.demo.perks import add_perks
from config.demo.polls import add_polls
from config.demo.reactions import add_reactions, follow_own_threads
from config.demo.reader import SOURCE, DemoReader, people, read
from config.demo.rituals import add_rituals
from config.demo.showpieces import add_showpieces
from config.demo.standing import add_groups, add_standings
from config.demo.talks import add_conversations, add_rooms
from config.demo.thanks import add_thanks
from config.demo.ties import add_ties
from config.demo.waiting import add_judgements, add_waiting, add_words
from engagement.journeys.actions import save_ice_breaker
from engagement.journeys.models import IceBreaker
from rewards.badges.actions import recompute_all
from rewards.points.actions import adjust, reserve

BRAND = {
    "name": "Tarn Commons",
    "owner": "Tarn Outdoor Ltd",
    "strapline": "Ask, help each other, and hear what became of what you said.",
    "brand_colour": "#17604f",
    "accent_colour": "#f2a93b",
    "pattern": "contours",
    "support_email": "care@tarn.example",
    "postal_address": "Tarn Outdoor Ltd, 4 Mill Lane, Hathersage S32 1AA",
}

__all__ = ["PASSWORD", "fill", "is_empty", "sign_ins"]


def is_empty() -> bool:
    """Whether nobody is here yet."""
    return not Member.objects.exists()


def fill(say: Callable[[str], None]) -> None:
    """Fill the community. Safe to run again after an interruption: what is there already is left alone."""
    now = timezone.now().replace(microsecond=0)
    save_brand(
        actor=None, changes=BRAND, logo=(settings.BASE_DIR / "static" / "demo" / "tarn.png").read_bytes()
    )
    # Everyone knows the demo's passwords; a second step would only keep visitors from looking at the admin.
    DoorRules.objects.update_or_create(pk=THE_ROW, defaults={"second_factor": SecondFactor.OFF})
    say("People")
    members = add_people(now)
    say("Threads")
    spaces = _add_spaces(members)
    for slug, space in spaces.items():
        reader = DemoReader(slug, now)
        written = write_threads(
            reader,
            space=space,
            members={h: m.pk for h, m in members.items()},
            processes=1,
            progress=lambda _n: None,
        )
        if written.threads:
            add_reactions(reader, members)
            follow_own_threads(space)
            add_polls(reader, members)
    save_ice_breaker(
        actor=members["dewi"],
        changes={"text": "Which piece of kit do you never leave behind?", "space": spaces["gear"]},
        ice_breaker=IceBreaker.objects.first(),
    )
    refresh_numbers()
    say("Points and badges")
    recount()
    while relay.deliver_due(at_most=10_000):
        pass
    _carry_points_over(members)
    _add_rooms_of_the_house(members, spaces, now)
    while relay.deliver_due(at_most=10_000):
        pass
    # Some things that badges count are heard of in the night only, and nobody waits for one here.
    recompute_all(quiet=True)
    rank_threads()
    count_automatic_groups()


def _add_rooms_of_the_house(members: dict[str, Member], spaces: dict[str, Space], now: dt.datetime) -> None:
    """Leave something to see in what is not threads: the desk, conversations, rooms, groups."""
    _leave_something_to_decide(members)
    add_desk(members=members)
    add_fields(members)
    add_conversations(members=members, now=now)
    add_order(members, spaces)
    ask_at_the_bench(members=members, space=spaces["bench"])
    add_showpieces(members=members, space=spaces["gallery"])
    add_rooms(members=members, spaces=spaces, now=now)
    add_standings(members, now)
    add_words(members)
    add_waiting(members, spaces)
    pause_rex(members=members)
    add_judgements(now)
    add_groups(members)
    add_notes(members)
    add_ties(members)
    add_lists(members, spaces)
    add_earning(members, now)
    add_perks(members)
    add_rituals(members, now)
    add_thanks(members, now)
    add_missions(members, spaces, now)


@transaction.atomic
def _add_spaces(members: dict[str, Member]) -> dict[str, Space]:
    spaces: dict[str, Space] = {}
    for position, entry in enumerate(read("spaces.toml")["spaces"]):
        inside = entry.pop("people", [])
        entry["parent"] = spaces.get(entry.pop("parent", ""))
        space, created = Space.objects.get_or_create(
            slug=entry["slug"], defaults={**entry, "position": position}
        )
        spaces[space.slug] = space
        if created:
            SpaceMembership.objects.bulk_create(
                SpaceMembership(space=space, member=members[h]) for h in inside
            )
            SpaceFollow.objects.bulk_create(
                SpaceFollow(space=space, member=members[h])
                for h in ("maya", "tomasz", "hana", "dewi", *inside)
                if space.access != "private"
            )
    return spaces


def _carry_points_over(members: dict[str, Member]) -> None:
    """Book what people had earned in the brand's earlier forum, once, with that reason."""
    admin = members["admin"]
    for person in people():
        carried = person.get("carried", 0)
        if carried:
            adjust(
                actor=admin,
                member=members[person["handle"]],
                earned=carried,
                spendable=carried // 2,
                reason="Carried over from the earlier Tarn forum",
                key=f"demo-carried-{person['handle']}",
            )
    maya = members["maya"]
    if maya.point_accounts.filter(unit="spend", balance__gte=40).exists():
        lasts = dt.timedelta(days=6)
        memo = "A place at the repair evening, until the list is settled"
        reserve(actor=maya, amount=40, scope="demo", key="demo-held", memo=memo, lasts=lasts)


def _leave_something_to_decide(members: dict[str, Member]) -> None:
    """Report what the written threads mark as wanting, so that the review queue is not empty."""
    by_key = references(SOURCE, "post")
    for space in read("spaces.toml")["spaces"]:
        reader = DemoReader(space["slug"], timezone.now())
        for number, thread in enumerate(reader.written):
            for position, entry in enumerate(thread.get("replies", ()), start=2):
                post = Post.objects.select_related("thread").get(
                    pk=by_key[f"{reader.space}-{number}-{position}"]
                )
                if "flagged" not in entry or Case.objects.filter(post=post).exists():
                    continue
                report_post(actor=members["thandi"], post=post, reason="unkind", note=entry["flagged"])
                report_post(actor=members["rosa"], post=post, reason="unkind")
