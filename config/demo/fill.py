"""Fills an empty community with the demo: people, spaces, what was said, who thanked whom, and what waits for a decision.

Everything goes through the importer's writer or the same actions as the pages, so that points, badges, notices and
counters are what the rules make of them.
"""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Max, Min, Q
from django.utils import timezone

from community.activity import relay
from community.activity.one_row import THE_ROW
from community.activity.record import Happening, record_many
from community.brand.actions import save_brand
from community.importing.actions import refresh_numbers
from community.importing.writer import references, write_threads
from community.members.groups.counting import count_automatic_groups
from community.members.models import DoorRules, Member, SecondFactor
from community.members.verbs import MEMBER_JOINED
from community.moderation.actions import report_post
from community.moderation.models import Case
from community.spaces.models import Level, Space, SpaceFollow, SpaceMembership
from community.threads.counters import recount
from community.threads.models import Because, Post, Reaction, ReadState, ThreadFollow
from community.threads.ranking import rank_threads
from community.threads.verbs import REACTION_ADDED
from community.writing.limited import render_limited
from config.demo.asking import ask_at_the_bench
from config.demo.desk import add_desk, pause_rex
from config.demo.fields import add_fields
from config.demo.notes import add_notes
from config.demo.order import add_order
from config.demo.polls import add_polls
from config.demo.reader import SOURCE, DemoReader, Entry, people, read
from config.demo.showpieces import add_showpieces
from config.demo.standing import add_groups, add_standings
from config.demo.talks import add_conversations, add_rooms
from config.demo.ties import add_ties
from config.demo.waiting import add_judgements, add_waiting, add_words
from engagement.journeys.actions import save_ice_breaker
from engagement.journeys.models import IceBreaker
from rewards.points.actions import adjust

PASSWORD = "porchlight demo password"  # noqa: S105 - printed on the screen of every trial
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
KINDS = ("helpful", "thanks", "same")


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
    members = _add_people(now)
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
            _add_reactions(reader, members)
            _follow_own_threads(space)
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


@transaction.atomic
def _add_people(now: dt.datetime) -> dict[str, Member]:
    known = {member.handle: member for member in Member.objects.all()}
    fresh = [_member(person, now) for person in people() if person["handle"] not in known]
    Member.objects.bulk_create(fresh)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in fresh
    )
    record_many(
        (
            Happening(
                verb=MEMBER_JOINED,
                actor_id=member.pk,
                target_type="members.member",
                target_pk=member.pk,
                payload={"name": member.name, "handle": member.handle},
                occurred_at=member.joined_at,
            )
            for member in fresh
        ),
        quiet=True,
    )
    return known | {member.handle: member for member in fresh}


_hash = make_password(PASSWORD)


def _member(person: Entry, now: dt.datetime) -> Member:
    bio = person.get("bio", "")
    suspended = person.get("suspended", "")
    return Member(
        handle=person["handle"],
        name=person["name"],
        email=f"{person['handle']}@tarn.example",
        password=_hash,
        role=person.get("role", "member"),
        is_superuser=person.get("role") == "admin",
        team_title=person.get("title", ""),
        trust_level=person.get("trust", 1 if person["joined"] > 30 else 0),
        joined_at=now - dt.timedelta(days=person["joined"]),
        last_seen_at=now - dt.timedelta(hours=person["joined"] % 50),
        avatar_url=f"{settings.STATIC_URL}demo/portraits/{person['portrait']}.svg",
        bio_md=bio,
        bio_html=render_limited(bio).html if bio else "",
        location=person.get("place", ""),
        language=person.get("language", ""),
        on_leaderboards=person.get("listed", False),
        suspended_until=now + dt.timedelta(days=90) if suspended else None,
        restriction_reason=suspended,
    )


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


def _add_reactions(reader: DemoReader, members: dict[str, Member]) -> None:
    """Let the named or so many people press what the written thread says they pressed."""
    by_key = references(SOURCE, "post")
    rows: list[Reaction] = []
    for number, thread in enumerate(reader.written):
        for position, entry in enumerate([thread, *thread.get("replies", ())], start=1):
            key = f"{reader.space}-{number}-{position}"
            rows.extend(_presses(entry, by_key[key], key, members, reader.now, thread["ago"]))
    with transaction.atomic():
        Reaction.objects.bulk_create(rows, ignore_conflicts=True)
        stored = Reaction.objects.filter(post_id__in=by_key.values()).select_related("post__thread")
        told = stored.order_by("created_at")
        # What readers said to her lately is news, so that whoever signs in as a member finds an inbox.
        news = Q(post__author__handle="maya", created_at__gt=reader.now - dt.timedelta(days=30))
        record_many((_told(row) for row in told.exclude(news)), quiet=True)
        record_many((_told(row) for row in told.filter(news)), quiet=False)


def _presses(
    entry: Entry, post_pk: int, key: str, members: dict[str, Member], now: dt.datetime, ago: float
) -> Iterator[Reaction]:
    began = now - dt.timedelta(hours=ago) + dt.timedelta(minutes=entry.get("after", 0))
    others = sorted(h for h, m in members.items() if h not in (entry["by"], "rex") and m.joined_at < began)
    chance = random.Random(key)  # noqa: S311 - the same demo every time
    for kind in KINDS:
        wanted = entry.get(kind, 0)
        for handle in chance.sample(others, min(wanted, len(others))):
            passed = chance.random() * max(1.0, (now - began).total_seconds() - 120)
            yield Reaction(
                post_id=post_pk,
                member=members[handle],
                kind=kind,
                created_at=min(began + dt.timedelta(seconds=passed), now - dt.timedelta(minutes=1)),
            )


def _told(row: Reaction) -> Happening:
    post: Post = row.post
    return Happening(
        verb=REACTION_ADDED,
        actor_id=row.member_id,
        target_type="threads.post",
        target_pk=post.pk,
        payload={
            "reaction_id": row.pk,
            "post_id": post.pk,
            "post_author_id": post.author_id,
            "thread_id": post.thread_id,
            "kind": row.kind,
        },
        occurred_at=row.created_at,
        space_id=post.thread.space_id,
    )


def _follow_own_threads(space: Space) -> None:
    """Let everyone attend to the threads they wrote in, as writing does, and have read as far as their last post."""
    posts = Post.objects.filter(thread__space=space, author__isnull=False)
    wrote = posts.values_list("thread_id", "author_id").annotate(first=Min("position"), last=Max("position"))
    follows, read = [], []
    for thread, author, first, last in wrote:
        level = Level.WATCHING if first == 1 else Level.TRACKING
        follows.append(ThreadFollow(thread_id=thread, member_id=author, level=level, because=Because.WROTE))
        read.append(ReadState(thread_id=thread, member_id=author, last_read_position=last))
    ThreadFollow.objects.bulk_create(follows, ignore_conflicts=True)
    ReadState.objects.bulk_create(read, ignore_conflicts=True)


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


def sign_ins() -> list[dict[str, Any]]:
    """Return who can sign in to the demo, by what they are."""
    roles = {
        "member": "maya",
        "leader": "tomasz",
        "moderator": "hana",
        "manager": "dewi",
        "admin": "admin",
        "suspended": "rex",
    }
    return [
        {"role": role, "handle": handle, "email": f"{handle}@tarn.example", "password": PASSWORD}
        for role, handle in roles.items()
    ]
