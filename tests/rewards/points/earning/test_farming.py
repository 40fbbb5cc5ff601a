"""P-28: nobody wins by giving themselves, each other, or the same again and again."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.activity.models import Activity
from community.threads.actions import add_reaction, delete_post, remove_reaction, reply_to_thread
from community.threads.models import Reaction
from rewards.points.actions import add_rule
from rewards.points.earning.hear import hear
from rewards.points.models import Transfer


@pytest.fixture
def earned(deliver_all: Any, points_of: Any) -> Any:
    def read(member: Any) -> int:
        deliver_all()
        return int(points_of(member)[0])

    return read


@pytest.fixture
def thread(alice: Any, space: Any, make_thread: Any) -> Any:
    return make_thread(alice, space)


def happened(member: Any, post: Any, pk: int, verb: str) -> Activity:
    """A mark as the log would tell it, without the pace that holds people back."""
    return Activity.objects.create(
        verb=verb,
        actor=member,
        target_type="threads.reaction",
        target_pk=pk,
        payload={
            "reaction_id": pk,
            "post_id": post.pk,
            "post_author_id": post.author_id,
            "thread_id": post.thread_id,
            "kind": "helpful",
        },
    )


def test_liking_and_unliking_five_hundred_times_wins_nothing(
    alice: Any, bob: Any, thread: Any, make_reply: Any, earned: Any
) -> None:
    post = make_reply(bob, thread)
    before = earned(bob)
    for _time in range(500):
        row = Reaction.objects.create(post=post, member=alice, kind="helpful")
        on = happened(alice, post, row.pk, "reaction.added")
        hear([on])
        row_pk = row.pk
        row.delete()
        hear([happened(alice, post, row_pk, "reaction.removed")])

    assert earned(bob) == before
    # Three a day from one person; what was taken back keeps its place in the day.
    assert Transfer.objects.filter(rule_key="post_helped", kind="award").count() == 3


def test_writing_and_deleting_a_hundred_times_wins_nothing(
    bob: Any, thread: Any, earned: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("community.limits.Limit.spend", lambda *_a, **_k: None)
    for n in range(100):
        post = reply_to_thread(actor=bob, thread=thread, body=f"An answer, number {n}, unlike the others.")
        if n % 10 == 0:
            earned(bob)
        delete_post(actor=bob, post=post)

    assert earned(bob) == 0


def test_a_second_account_gives_as_much_as_a_stranger_and_no_more(
    bob: Any, alice: Any, thread: Any, make_reply: Any, make_member: Any, earned: Any
) -> None:
    second = make_member("bobs-second", trust_level=0)
    for n in range(10):
        add_reaction(actor=second, post=make_reply(bob, thread, body=f"Number {n} of many."), kind="helpful")

    assert earned(bob) == 5 + 3 * 2


def test_a_rule_that_asks_for_trust_ignores_new_accounts(
    manager: Any, bob: Any, thread: Any, make_reply: Any, make_member: Any, earned: Any
) -> None:
    values = {"name": "Good answer", "points": 50, "conditions": {"helped_by": 3, "giver_trust": 1}}
    add_rule(actor=manager, key="good", verb="post.created", beneficiary="actor", values=values)
    post = make_reply(bob, thread)
    for n in range(5):
        add_reaction(actor=make_member(f"new{n}", trust_level=0), post=post, kind="helpful")

    assert not Transfer.objects.filter(rule_key="good").exists()


def test_two_who_thank_each_other_all_day_reach_the_limit_of_pairs(
    alice: Any, bob: Any, thread: Any, make_reply: Any, earned: Any
) -> None:
    for n in range(8):
        mine = make_reply(alice, thread, body=f"Alice says something, number {n}.")
        yours = make_reply(bob, thread, body=f"Bob says something, number {n}.")
        add_reaction(actor=bob, post=mine, kind="helpful")
        add_reaction(actor=alice, post=yours, kind="helpful")

    # The first question, the first answer, and three marks each.
    assert (earned(alice), earned(bob)) == (5 + 6, 5 + 6)


def test_the_day_begins_anew_at_midnight_and_not_before(
    alice: Any, bob: Any, thread: Any, make_reply: Any, earned: Any
) -> None:
    midnight = timezone.now().astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    times = [midnight - dt.timedelta(seconds=1)] * 4 + [midnight] * 4
    for n, at in enumerate(times):
        post = make_reply(bob, thread, body=f"Bob says something, number {n}.")
        add_reaction(actor=alice, post=post, kind="helpful")
        Activity.objects.filter(pk=Activity.objects.latest("pk").pk).update(occurred_at=at)

    earned(bob)
    days = Transfer.objects.filter(rule_key="post_helped").order_by("day").values_list("day", flat=True)
    assert list(days) == [times[0].date()] * 3 + [midnight.date()] * 3


def test_taking_marks_away_never_takes_more_than_they_gave(
    alice: Any, bob: Any, carol: Any, thread: Any, make_reply: Any, earned: Any
) -> None:
    post = make_reply(bob, thread)
    for reader in (alice, carol):
        add_reaction(actor=reader, post=post, kind="helpful")
    assert earned(bob) == 9
    for reader in (alice, carol):
        remove_reaction(actor=reader, post=post, kind="helpful")
        remove_reaction(actor=reader, post=post, kind="helpful")

    assert earned(bob) == 5


def test_a_batch_costs_as_many_statements_as_one(
    manager: Any, bob: Any, thread: Any, make_reply: Any, make_member: Any
) -> None:
    conditions = {"helped_by": 2, "tags": [], "member_trust": 0}
    values = {"name": "Good", "points": 9, "conditions": conditions, "delay_hours": 24, "per_pair_month": 50}
    add_rule(actor=manager, key="good", verb="post.created", beneficiary="actor", values=values)
    readers = [make_member(f"r{n}") for n in range(3)]
    batches = []
    for size in (2, 40):
        batch = []
        for n in range(size):
            post = make_reply(bob, thread, body=f"Batch {size}, answer number {n}.")
            for reader in readers:
                row = Reaction.objects.create(post=post, member=reader, kind="helpful")
                batch.append(happened(reader, post, row.pk, "reaction.added"))
        batches.append(batch)
    hear(batches[0][:1])
    costs = []
    for batch in batches:
        with CaptureQueriesContext(connection) as queries:
            hear(batch)
        costs.append(len(queries))

    assert costs[1] <= costs[0] + 2
