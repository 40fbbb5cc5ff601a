"""Conditions: where, about what, by whom, for whom, and once so many found it helpful."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.members.models import Member
from community.spaces.models import Space, Tag
from community.threads.actions import accept_answer, add_reaction, delete_post, remove_reaction
from community.threads.models import Reaction
from rewards.points.actions import add_rule, change_rule
from rewards.points.models import EarningRule, PendingAward, Transfer

RULE = {"name": "A report from the field", "points": 7, "counts_to_cap": False}


@pytest.fixture(autouse=True)
def only_ours(db: None) -> None:
    EarningRule.objects.update(is_active=False)


@pytest.fixture
def earned(deliver_all: Any, points_of: Any) -> Any:
    def read(member: Any) -> int:
        deliver_all()
        return int(points_of(member)[0])

    return read


def rule(
    manager: Any, verb: str = "post.created", beneficiary: str = "actor", **conditions: Any
) -> EarningRule:
    return add_rule(
        actor=manager,
        key="report",
        verb=verb,
        beneficiary=beneficiary,
        values={**RULE, "conditions": conditions},
    )


def readers(make_member: Any, count: int, **more: Any) -> list[Member]:
    return [make_member(f"reader{n}", **more) for n in range(count)]


def test_a_space_or_a_topic_decides(
    earned: Any, manager: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    Tag.objects.create(slug="tents", name="Tents")
    rule(manager, space_ids=[space.pk], tags=["tents"])
    other = Space.objects.create(slug="other", name="Other", kind="question")
    make_reply(bob, make_thread(alice, other, title="In another space altogether?", tags=["tents"]))
    make_reply(bob, make_thread(alice, space, title="About something else here?"))
    assert earned(bob) == 0

    make_reply(bob, make_thread(alice, space, title="Here and about tents too?", tags=["tents"]))
    assert earned(bob) == 7


def test_trust_of_who_gets_them_decides(
    earned: Any, manager: Any, alice: Any, make_member: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    rule(manager, member_trust=2)
    newer, older = make_member("newer", trust_level=1), make_member("older", trust_level=2)
    thread = make_thread(alice, space)
    make_reply(newer, thread, body="Longer pegs, buried flat.")
    make_reply(older, thread, body="Or a bag of sand instead.")

    assert (earned(newer), earned(older)) == (0, 7)


def test_it_pays_when_enough_found_it_helpful_and_is_taken_back_when_fewer_do(
    earned: Any,
    manager: Any,
    alice: Any,
    bob: Any,
    space: Any,
    make_thread: Any,
    make_reply: Any,
    make_member: Any,
) -> None:
    rule(manager, helped_by=3)
    post = make_reply(bob, make_thread(alice, space))
    people = readers(make_member, 4)
    for reader in people[:2]:
        add_reaction(actor=reader, post=post, kind="helpful")
        add_reaction(actor=reader, post=post, kind="thanks")
    assert earned(bob) == 0

    add_reaction(actor=people[2], post=post, kind="helpful")
    assert earned(bob) == 7
    add_reaction(actor=people[3], post=post, kind="helpful")
    assert earned(bob) == 7

    for reader in people[:2]:
        remove_reaction(actor=reader, post=post, kind="helpful")
    assert earned(bob) == 0
    assert Transfer.objects.get(kind="reversal").memo == "Fewer members find it helpful now"

    add_reaction(actor=people[0], post=post, kind="helpful")
    assert earned(bob) == 7
    delete_post(actor=bob, post=post)
    assert earned(bob) == 0


def test_the_award_is_dated_by_the_mark_that_was_the_last_needed(
    earned: Any,
    manager: Any,
    alice: Any,
    bob: Any,
    space: Any,
    make_thread: Any,
    make_reply: Any,
    make_member: Any,
) -> None:
    rule(manager, helped_by=2)
    post = make_reply(bob, make_thread(alice, space))
    for n, reader in enumerate(readers(make_member, 3)):
        add_reaction(actor=reader, post=post, kind="helpful")
        Reaction.objects.filter(member=reader).update(created_at=timezone.now() + dt.timedelta(days=n))
    earned(bob)

    second = Reaction.objects.order_by("created_at")[1]
    assert Transfer.objects.get().occurred_at == second.created_at


def test_marks_of_the_very_new_do_not_count_where_a_level_is_asked_for(
    earned: Any,
    manager: Any,
    alice: Any,
    bob: Any,
    space: Any,
    make_thread: Any,
    make_reply: Any,
    make_member: Any,
) -> None:
    rule(manager, helped_by=2, giver_trust=1)
    post = make_reply(bob, make_thread(alice, space))
    for reader in readers(make_member, 3, trust_level=0):
        add_reaction(actor=reader, post=post, kind="helpful")

    assert earned(bob) == 0


def test_an_accepted_answer_may_have_to_be_helpful_too(
    earned: Any,
    manager: Any,
    alice: Any,
    bob: Any,
    space: Any,
    make_thread: Any,
    make_reply: Any,
    make_member: Any,
) -> None:
    rule(manager, "answer.accepted", "post_author", helped_by=2, by_asker=True)
    post = make_reply(bob, make_thread(alice, space))
    accept_answer(actor=alice, post=post)
    assert earned(bob) == 0

    for reader in readers(make_member, 2):
        add_reaction(actor=reader, post=post, kind="helpful")
    assert earned(bob) == 7


def test_enough_marks_and_a_delay_wait_from_the_last_mark_on(
    earned: Any,
    manager: Any,
    alice: Any,
    bob: Any,
    space: Any,
    make_thread: Any,
    make_reply: Any,
    make_member: Any,
) -> None:
    change_rule(actor=manager, rule=rule(manager, helped_by=1), changes={"delay_hours": 24})
    post = make_reply(bob, make_thread(alice, space))
    (reader,) = readers(make_member, 1)
    add_reaction(actor=reader, post=post, kind="helpful")
    earned(bob)
    assert PendingAward.objects.get().due_at == Reaction.objects.get().created_at + dt.timedelta(hours=24)

    remove_reaction(actor=reader, post=post, kind="helpful")
    earned(bob)
    assert (PendingAward.objects.get().state, PendingAward.objects.get().memo) == (
        "cancelled",
        "Fewer members find it helpful now",
    )


def test_what_was_paid_by_an_older_version_is_judged_by_that_version(
    earned: Any,
    manager: Any,
    alice: Any,
    bob: Any,
    space: Any,
    make_thread: Any,
    make_reply: Any,
    make_member: Any,
) -> None:
    first = rule(manager, helped_by=1)
    post = make_reply(bob, make_thread(alice, space))
    one, other = readers(make_member, 2)
    add_reaction(actor=one, post=post, kind="helpful")
    assert earned(bob) == 7

    change_rule(actor=manager, rule=first, changes={"conditions": {"helped_by": 5}, "points": 50})
    add_reaction(actor=other, post=post, kind="helpful")
    remove_reaction(actor=other, post=post, kind="helpful")
    assert earned(bob) == 7
    remove_reaction(actor=one, post=post, kind="helpful")
    assert earned(bob) == 0


def test_one_person_gives_so_often_in_thirty_days(
    earned: Any, manager: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    change_rule(
        actor=manager, rule=rule(manager, "reaction.added", "post_author"), changes={"per_pair_month": 2}
    )
    thread = make_thread(alice, space)
    posts = [make_reply(bob, thread, body=f"Answer number {n}, each another.") for n in range(4)]
    now = timezone.now()
    for days, post in zip((40, 20, 10, 0), posts, strict=True):
        add_reaction(actor=alice, post=post, kind="helpful")
        last = Activity.objects.filter(verb="reaction.added").latest("pk")
        Activity.objects.filter(pk=last.pk).update(occurred_at=now - dt.timedelta(days=days))
        earned(bob)

    # Forty days ago is another month; of the other three the last is one too many.
    assert earned(bob) == 3 * 7
