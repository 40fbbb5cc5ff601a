"""Daily sums, kept up as things happen, are what a full rebuild makes of the ledger, whatever happened in between."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Delivery
from community.members.models import Member
from community.privacy.actions import merge_members
from community.privacy.models import Erasure
from community.spaces.models import Space
from community.threads.actions import (
    accept_answer,
    add_reaction,
    delete_post,
    move_thread,
    remove_reaction,
    unaccept_answer,
)
from community.threads.models import Post, Reaction
from rewards.leaderboards.models import DaySum
from rewards.leaderboards.sums import rebuild
from rewards.leaderboards.tasks import rebuild_leaderboards
from rewards.points.actions import adjust, award, reverse
from rewards.points.models import Transfer

Sum = tuple[int, dt.date, int, str]


def stored() -> dict[Sum, tuple[int, int, int]]:
    return {
        (row.member_id, row.day, row.space_id, row.rule_key): (row.points, row.helping, row.times)
        for row in DaySum.objects.all()
    }


def counted_plainly(joined: dict[int, int]) -> dict[Sum, tuple[int, int, int]]:
    """Count the same by hand, row by row, in Python."""
    points: Counter[Sum] = Counter()
    helping: Counter[Sum] = Counter()
    times: Counter[Sum] = Counter()
    spaces = dict(Post.objects.values_list("pk", "thread__space_id"))
    taken = set(Transfer.objects.exclude(reverses=None).values_list("reverses_id", flat=True))
    for it in Transfer.objects.filter(kind="award").exclude(pk__in=taken).select_related("rule"):
        cell = (joined.get(it.member_id, it.member_id), it.day, spaces.get(it.post_id, 0), it.rule_key)
        points[cell] += it.earned
        times[cell] += 1
        helping[cell] += it.earned if it.rule and it.rule.for_helping else 0
    return {cell: (points[cell], helping[cell], times[cell]) for cell in times}


@pytest.fixture
def happenings(
    alice: Any, bob: Any, admin: Any, space: Any, make_thread: Any, make_reply: Any
) -> list[Callable[[random.Random], object]]:
    """Return things that may happen, each of which does something or nothing."""
    spaces = [space, *(Space.objects.create(slug=name, name=name.title()) for name in ("gear", "trails"))]
    threads = [make_thread(who, room) for who in (alice, bob) for room in spaces]
    posts = [make_reply(bob if t.author_id == alice.pk else alice, t) for t in threads]

    def accept(chance: random.Random) -> object:
        post = Post.objects.get(pk=chance.choice(posts).pk)
        asker = alice if post.author_id == bob.pk else bob
        if post.state != "visible":
            return None
        if post.thread.accepted_post_id:
            return unaccept_answer(actor=asker, thread=post.thread)
        return accept_answer(actor=asker, post=post)

    def react(chance: random.Random) -> object:
        post = Post.objects.get(pk=chance.choice(posts).pk)
        reader = alice if post.author_id == bob.pk else bob
        if post.state != "visible":
            return None
        given = Reaction.objects.filter(post=post, member=reader).first()
        if given:
            return remove_reaction(actor=reader, post=post, kind=given.kind)
        return add_reaction(actor=reader, post=post, kind=chance.choice(["helpful", "thanks"]))

    def move(chance: random.Random) -> object:
        thread = chance.choice(posts).thread
        thread.refresh_from_db()
        goal = chance.choice(spaces)
        return None if goal.pk == thread.space_id else move_thread(actor=admin, thread=thread, space=goal)

    def delete(chance: random.Random) -> object:
        post = Post.objects.get(pk=chance.choice(posts).pk)
        return (
            delete_post(actor=post.author, post=post)
            if chance.random() < 0.2 and post.state == "visible"
            else None
        )

    def deed(chance: random.Random) -> object:
        ago = dt.timedelta(hours=chance.randrange(0, 72))
        source = chance.randrange(10**6)
        return award(
            actor=None,
            rule_key="good_deed",
            member_id=chance.choice((alice, bob)).pk,
            source_type="deed",
            source_id=source,
            occurred_at=timezone.now() - ago,
        )

    def undo(chance: random.Random) -> object:
        open_ones = list(Transfer.objects.filter(kind="award", reversal=None).order_by("pk"))
        if not open_ones:
            return None
        return reverse(actor=admin, transfer=chance.choice(open_ones), reason="It was counted by mistake")

    def correct(_chance: random.Random) -> object:
        return adjust(actor=admin, member=bob, earned=5, spendable=5, reason="Counted by hand at the fair")

    return [accept, accept, react, react, react, move, move, delete, deed, undo, correct]


@pytest.mark.parametrize("seed", range(6))
def test_after_any_history_the_sums_are_what_a_rebuild_makes_of_it(
    seed: int, happenings: Any, deliver_all: Any
) -> None:
    chance = random.Random(seed)
    for _step in range(25):
        chance.choice(happenings)(chance)
        if chance.random() < 0.4:
            deliver_all()
    deliver_all()
    kept = stored()

    assert kept == counted_plainly({}) and kept
    assert rebuild() == 0
    DaySum.objects.all().delete()
    assert rebuild() == len(kept)
    assert stored() == kept


def test_hearing_twice_and_in_any_order_changes_nothing(happenings: Any, deliver_all: Any) -> None:
    chance = random.Random(99)
    for _step in range(20):
        chance.choice(happenings)(chance)
    deliver_all()
    kept = stored()
    Delivery.objects.filter(consumer__startswith="leaderboards.").update(done_at=None)
    deliver_all()

    assert stored() == kept


def test_joined_accounts_count_as_one_and_stay_so(
    alice: Any, bob: Any, carol: Any, admin: Any, deliver_all: Any
) -> None:
    for n, member in enumerate((alice, bob, carol)):
        award(actor=None, rule_key="good_deed", member_id=member.pk, source_type="deed", source_id=n)
    deliver_all()
    merge_members(actor=admin, source=alice, target=bob, reason="Same person")
    merge_members(actor=admin, source=bob, target=carol, reason="Same person")
    deliver_all()

    assert stored() == counted_plainly({alice.pk: carol.pk, bob.pk: carol.pk})
    assert {member for member, *_rest in stored()} == {carol.pk}
    assert rebuild() == 0


def test_who_was_erased_is_counted_for_nothing_also_by_a_rebuild(bob: Any, deliver_all: Any) -> None:
    award(actor=None, rule_key="good_deed", member_id=bob.pk, source_type="deed", source_id=1)
    deliver_all()
    Erasure.objects.create(member=bob, state="done", due_at=timezone.now())
    DaySum.objects.filter(member=bob).delete()

    assert rebuild() == 0
    assert stored() == {}


def test_the_nightly_rebuild_mends_a_difference_and_says_so(bob: Any, deliver_all: Any, caplog: Any) -> None:
    award(actor=None, rule_key="good_deed", member_id=bob.pk, source_type="deed", source_id=1)
    deliver_all()
    kept = stored()
    DaySum.objects.update(points=7)
    stranger = Member.objects.exclude(pk=bob.pk).first() or bob
    today = timezone.now().date()
    DaySum.objects.create(member=stranger, day=today, rule_key="x", points=1, helping=1, times=1)

    assert rebuild_leaderboards() == 2
    assert "2 sums of days differed" in caplog.text
    assert stored() == kept


def test_days_end_at_midnight_utc(bob: Any, deliver_all: Any) -> None:
    midnight = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    moments = (midnight - dt.timedelta(seconds=1), midnight)
    for n, moment in enumerate(moments):
        award(
            actor=None,
            rule_key="good_deed",
            member_id=bob.pk,
            source_type="deed",
            source_id=n,
            occurred_at=moment,
        )
    deliver_all()

    assert sorted(day for _member, day, *_rest in stored()) == [dt.date(2026, 3, 1), dt.date(2026, 3, 2)]
