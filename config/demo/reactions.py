"""What readers of the demo pressed, and which threads they attend to."""

import datetime as dt
import random
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Max, Min, Q

from community.activity.record import Happening, record_many
from community.importing.writer import references
from community.members.models import Member
from community.spaces.models import Level, Space
from community.threads.models import Because, Post, Reaction, ReadState, ThreadFollow
from community.threads.verbs import REACTION_ADDED
from config.demo.reader import SOURCE, DemoReader, Entry

KINDS = ("helpful", "thanks", "same")


def add_reactions(reader: DemoReader, members: dict[str, Member]) -> None:
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


def follow_own_threads(space: Space) -> None:
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
