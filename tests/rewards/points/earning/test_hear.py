"""What earns, what does not, and that undoing takes it back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Activity, Delivery
from community.activity.registry import find_consumer
from community.threads.actions import (
    accept_answer,
    add_reaction,
    delete_post,
    remove_reaction,
    restore_post,
    set_post_state,
    unaccept_answer,
)
from rewards.points.actions import reverse
from rewards.points.earning.hear import hear
from rewards.points.models import EarningRule, Transfer


@pytest.fixture
def thread(alice: Any, space: Any, make_thread: Callable[..., Any]) -> Any:
    return make_thread(alice, space)


@pytest.fixture
def answer(thread: Any, bob: Any, make_reply: Callable[..., Any]) -> Any:
    return make_reply(bob, thread)


@pytest.fixture
def settled(
    deliver_all: Callable[[], int], points_of: Callable[[Any], tuple[int, int]]
) -> Callable[[Any], int]:
    """Deliver what is due and return what a member earned; to spend is always the same here."""

    def read(member: Any) -> int:
        deliver_all()
        earned, to_spend = points_of(member)
        assert earned == to_spend
        return earned

    return read


def test_a_first_question_and_a_first_answer_earn_once(
    settled: Any, alice: Any, bob: Any, space: Any, answer: Any, make_thread: Any, make_reply: Any
) -> None:
    make_reply(
        bob,
        make_thread(alice, space, title="Another question about pegs in sand?"),
        body="Longer ones, buried flat.",
    )

    assert settled(alice) == 5
    assert settled(bob) == 5


def test_answering_oneself_earns_nothing(settled: Any, alice: Any, thread: Any, make_reply: Any) -> None:
    make_reply(alice, thread)

    assert settled(alice) == 5


def test_an_accepted_answer_pays_both_and_unaccepting_takes_back_both(
    settled: Any, alice: Any, bob: Any, thread: Any, answer: Any
) -> None:
    accept_answer(actor=alice, post=answer)
    assert (settled(alice), settled(bob)) == (7, 20)

    unaccept_answer(actor=alice, thread=thread)
    assert (settled(alice), settled(bob)) == (5, 5)

    accept_answer(actor=alice, post=answer)
    assert (settled(alice), settled(bob)) == (7, 20)


def test_the_team_accepting_pays_the_answerer_only(
    settled: Any, alice: Any, bob: Any, mod: Any, answer: Any
) -> None:
    accept_answer(actor=mod, post=answer)

    assert (settled(alice), settled(bob)) == (5, 20)


def test_accepting_ones_own_answer_pays_nobody(
    settled: Any, alice: Any, thread: Any, make_reply: Any
) -> None:
    accept_answer(actor=alice, post=make_reply(alice, thread))

    assert settled(alice) == 5


def test_a_helpful_mark_pays_until_it_is_taken_back(settled: Any, alice: Any, bob: Any, answer: Any) -> None:
    add_reaction(actor=alice, post=answer, kind="helpful")
    assert settled(bob) == 7

    remove_reaction(actor=alice, post=answer, kind="helpful")
    assert settled(bob) == 5


def test_a_mark_taken_back_before_anyone_heard_of_it_pays_nothing(
    settled: Any, alice: Any, bob: Any, answer: Any
) -> None:
    add_reaction(actor=alice, post=answer, kind="helpful")
    remove_reaction(actor=alice, post=answer, kind="helpful")

    assert settled(bob) == 5
    assert not Transfer.objects.filter(rule_key="post_helped").exists()


def test_the_same_question_mark_earns_nothing(settled: Any, alice: Any, bob: Any, thread: Any) -> None:
    add_reaction(actor=bob, post=thread.posts.get(position=1), kind="same")

    assert settled(alice) == 5


def test_deleting_a_post_takes_back_all_it_earned_and_restoring_gives_it_again(
    settled: Any, alice: Any, bob: Any, thread: Any, answer: Any, carol: Any
) -> None:
    add_reaction(actor=alice, post=answer, kind="helpful")
    add_reaction(actor=carol, post=answer, kind="thanks")
    assert settled(bob) == 8

    delete_post(actor=bob, post=answer)
    assert settled(bob) == 0

    answer.refresh_from_db()
    restore_post(actor=bob, post=answer)
    assert settled(bob) == 8


def test_a_post_hidden_until_a_decision_keeps_what_it_earned(
    settled: Any, bob: Any, mod: Any, answer: Any
) -> None:
    assert settled(bob) == 5

    set_post_state(actor=mod, post=answer, state="hidden", reason="Waits for a look")
    assert settled(bob) == 5

    answer.refresh_from_db()
    set_post_state(actor=mod, post=answer, state="removed", reason="Sold something")
    assert settled(bob) == 0


def test_the_team_earns_nothing(settled: Any, alice: Any, mod: Any, thread: Any, make_reply: Any) -> None:
    post = make_reply(mod, thread)
    add_reaction(actor=alice, post=post, kind="helpful")
    accept_answer(actor=alice, post=post)

    assert settled(mod) == 0


def test_one_person_cannot_pay_another_without_end(
    settled: Any, alice: Any, bob: Any, thread: Any, make_reply: Any
) -> None:
    for n in range(5):
        add_reaction(
            actor=alice,
            post=make_reply(bob, thread, body=f"Answer number {n}, different each time."),
            kind="helpful",
        )

    assert settled(bob) == 5 + 3 * 2


def test_a_day_holds_sixty_points_and_accepted_answers_are_on_top(
    settled: Any, alice: Any, bob: Any, thread: Any, make_reply: Any, make_member: Any
) -> None:
    posts = [make_reply(bob, thread, body=f"Answer number {n}, different each time.") for n in range(6)]
    for n in range(5):
        reader = make_member(f"reader{n}")
        for post in posts:
            add_reaction(actor=reader, post=post, kind="helpful")
            add_reaction(actor=reader, post=post, kind="thanks")
    accept_answer(actor=alice, post=posts[0])

    # 5 for the first answer, then 15 of 30 marks a reader could give (three a day from one person), 2 and 1 points each.
    assert settled(bob) == 5 + 5 * 3 * 3 + 15

    for n in range(5, 12):
        reader = make_member(f"reader{n}")
        for post in posts[:3]:
            add_reaction(actor=reader, post=post, kind="helpful")
            add_reaction(actor=reader, post=posts[5], kind="thanks")

    assert settled(bob) <= 60 + 15


def test_what_no_longer_fits_is_trimmed(
    settled: Any, alice: Any, bob: Any, answer: Any, settings: Any
) -> None:
    settings.POINTS_DAILY_CAP = 6
    add_reaction(actor=alice, post=answer, kind="helpful")

    assert settled(bob) == 6
    trimmed = Transfer.objects.get(rule_key="post_helped")
    assert (trimmed.earned, trimmed.asked, trimmed.was_trimmed) == (1, 2, True)


def test_undoing_does_not_make_room_in_the_day(
    settled: Any, alice: Any, bob: Any, carol: Any, answer: Any, settings: Any
) -> None:
    settings.POINTS_DAILY_CAP = 6
    add_reaction(actor=alice, post=answer, kind="helpful")
    settled(bob)
    remove_reaction(actor=alice, post=answer, kind="helpful")
    add_reaction(actor=carol, post=answer, kind="helpful")

    assert settled(bob) == 5


def test_the_limit_counts_the_day_something_happened(
    alice: Any,
    bob: Any,
    space: Any,
    settled: Any,
    settings: Any,
    make_thread: Any,
    make_reply: Any,
    make_member: Any,
) -> None:
    settings.POINTS_DAILY_CAP = 5
    thread = make_thread(alice, space)
    for days in (2, 1):
        make_reply(
            bob, thread, body=f"Said {days} days ago.", occurred_at=timezone.now() - dt.timedelta(days=days)
        )
    post = thread.posts.get(position=2)
    add_reaction(actor=alice, post=post, kind="helpful")
    Activity.objects.filter(verb="reaction.added").update(occurred_at=timezone.now() - dt.timedelta(days=2))

    # Both on the same past day: 5 for the first answer fill it.
    assert settled(bob) == 5


def test_a_paused_rule_pays_nothing_and_takes_back_nothing(
    settled: Any, alice: Any, bob: Any, answer: Any
) -> None:
    settled(bob)
    EarningRule.objects.filter(key="post_helped").update(is_active=False)
    add_reaction(actor=alice, post=answer, kind="helpful")

    assert settled(bob) == 5


def test_hearing_twice_changes_nothing(settled: Any, alice: Any, bob: Any, answer: Any) -> None:
    accept_answer(actor=alice, post=answer)
    add_reaction(actor=alice, post=answer, kind="helpful")
    before = settled(alice), settled(bob)

    Delivery.objects.filter(consumer="points.settle_points").update(done_at=None)
    assert (settled(alice), settled(bob)) == before
    heard = find_consumer("points.settle_points")
    assert heard is not None
    hear(list(Activity.objects.filter(verb__in=heard.verbs).order_by("-pk")))
    assert (settled(alice), settled(bob)) == before


def test_what_a_manager_took_back_is_not_earned_again_by_hearing_of_it_once_more(
    settled: Any, alice: Any, bob: Any, mod: Any, manager: Any, answer: Any
) -> None:
    add_reaction(actor=alice, post=answer, kind="helpful")
    before = settled(bob)
    mark = Transfer.objects.get(member=bob, rule_key="post_helped")
    reverse(actor=manager, transfer=mark, reason="The two agreed to thank each other")

    hear([Activity.objects.get(verb="reaction.added")])
    set_post_state(actor=mod, post=answer, state="removed", reason="A look at it")
    settled(bob)
    set_post_state(actor=mod, post=answer, state="visible", reason="All fine")

    assert settled(bob) == before - 2
    assert Transfer.objects.filter(kind="award", rule_key="post_helped").count() == 1


def test_the_consumer_keeps_its_name_in_the_log() -> None:
    assert find_consumer("points.settle_points") is not None
