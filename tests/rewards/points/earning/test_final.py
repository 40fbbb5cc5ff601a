"""A rule that waits: what is on its way is outside the ledger, counts for its day, goes when undone, and is paid once."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.members.models import Member
from community.threads.actions import (
    accept_answer,
    add_reaction,
    delete_post,
    remove_reaction,
    set_post_state,
    unaccept_answer,
)
from community.threads.models import Thread
from rewards.points.actions import award, change_rule, withdraw_awards
from rewards.points.earning.final import pay_due
from rewards.points.earning.hear import hear
from rewards.points.models import EarningRule, PendingAward, Transfer
from rewards.points.queries import get_statement

WAITING = {"state": "waiting"}


@pytest.fixture
def answer(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any, manager: Any) -> Any:
    waits("answer_accepted", manager)
    return make_reply(bob, make_thread(alice, space))


def waits(key: str, manager: Any, hours: int = 72) -> EarningRule:
    rule = EarningRule.objects.in_force().get(key=key)
    return change_rule(actor=manager, rule=rule, changes={"delay_hours": hours})


def make_due() -> None:
    """Let the time be over for everything that waits."""
    PendingAward.objects.filter(**WAITING).update(due_at=timezone.now() - dt.timedelta(seconds=1))


@pytest.fixture
def earned(deliver_all: Callable[[], int], points_of: Callable[[Any], tuple[int, int]]) -> Any:
    def read(member: Any) -> int:
        deliver_all()
        return points_of(member)[0]

    return read


def test_an_accepted_answer_waits_and_is_then_paid_once(
    earned: Any, alice: Any, bob: Any, answer: Any
) -> None:
    accept_answer(actor=alice, post=answer)
    assert earned(bob) == 5
    waiting = PendingAward.objects.get()
    assert (waiting.points, waiting.member_id, waiting.state) == (15, bob.pk, "waiting")
    thread = Thread.objects.get(pk=answer.thread_id)
    assert waiting.due_at == thread.accepted_at + dt.timedelta(hours=72)  # type: ignore[operator]

    assert pay_due() == 0
    make_due()
    assert (pay_due(), pay_due()) == (1, 0)
    assert earned(bob) == 20
    paid = Transfer.objects.get(rule_key="answer_accepted")
    assert (paid.occurred_at, paid.earned) == (waiting.occurred_at, 15)
    assert PendingAward.objects.get().state == "paid"


def test_the_statement_speaks_of_what_is_on_its_way(
    earned: Any, alice: Any, bob: Any, answer: Any, sign_in: Any
) -> None:
    accept_answer(actor=alice, post=answer)
    earned(bob)

    page = get_statement(bob)
    assert (page.on_their_way, [line.what for line in page.pending]) == (15, ["Your answer was accepted"])
    text = sign_in(bob).get("/me/points/").content.decode()
    assert "15 points on their way" in text
    assert "final on" in text
    assert "on their way" not in sign_in(alice).get("/me/points/").content.decode()


def test_what_is_undone_before_it_is_final_never_was_in_the_ledger(
    earned: Any, alice: Any, bob: Any, answer: Any
) -> None:
    accept_answer(actor=alice, post=answer)
    earned(bob)
    unaccept_answer(actor=alice, thread=Thread.objects.get(pk=answer.thread_id))
    earned(bob)
    make_due()
    pay_due()

    assert earned(bob) == 5
    assert not Transfer.objects.filter(rule_key="answer_accepted").exists()
    assert (PendingAward.objects.get().state, PendingAward.objects.get().memo) == (
        "cancelled",
        "The answer is no longer the accepted one",
    )


def test_accepting_again_waits_again_and_pays_once(earned: Any, alice: Any, bob: Any, answer: Any) -> None:
    thread = Thread.objects.get(pk=answer.thread_id)
    for _time in range(2):
        accept_answer(actor=alice, post=answer)
        earned(bob)
        unaccept_answer(actor=alice, thread=thread)
        earned(bob)
    accept_answer(actor=alice, post=answer)
    earned(bob)
    make_due()
    pay_due()

    assert earned(bob) == 20
    assert sorted(PendingAward.objects.values_list("state", flat=True)) == ["cancelled", "cancelled", "paid"]


def test_an_undo_that_nobody_heard_of_yet_is_seen_when_it_is_due(
    earned: Any, alice: Any, bob: Any, answer: Any
) -> None:
    accept_answer(actor=alice, post=answer)
    earned(bob)
    make_due()
    unaccept_answer(actor=alice, thread=Thread.objects.get(pk=answer.thread_id))

    assert pay_due() == 1
    assert PendingAward.objects.get().state == "cancelled"
    assert earned(bob) == 5


def test_a_hidden_post_keeps_its_points_waiting(
    earned: Any, alice: Any, bob: Any, mod: Any, manager: Any, answer: Any
) -> None:
    waits("post_helped", manager)
    add_reaction(actor=alice, post=answer, kind="helpful")
    earned(bob)
    set_post_state(actor=mod, post=answer, state="hidden", reason="Waits for a look")
    earned(bob)
    make_due()
    assert pay_due() == 0
    assert earned(bob) == 5

    answer.refresh_from_db()
    set_post_state(actor=mod, post=answer, state="visible", reason="All fine")
    earned(bob)
    assert pay_due() == 1
    assert earned(bob) == 7


def test_history_older_than_its_delay_is_final_at_once(
    earned: Any, alice: Any, bob: Any, answer: Any
) -> None:
    accept_answer(actor=alice, post=answer)
    long_ago = timezone.now() - dt.timedelta(days=4)
    Thread.objects.filter(pk=answer.thread_id).update(accepted_at=long_ago)
    Activity.objects.filter(verb="answer.accepted").update(occurred_at=long_ago)

    assert earned(bob) == 20
    assert not PendingAward.objects.exists()


def test_what_is_on_its_way_counts_for_its_day_undone_or_not(
    earned: Any, alice: Any, bob: Any, carol: Any, manager: Any, answer: Any, settings: Any
) -> None:
    settings.POINTS_DAILY_CAP = 8
    waits("post_helped", manager)
    for reader in (alice, carol):
        add_reaction(actor=reader, post=answer, kind="helpful")
        earned(bob)
    # 5 for the first answer, 2, and what is left of the day.
    assert sorted(PendingAward.objects.values_list("points", flat=True)) == [1, 2]
    remove_reaction(actor=alice, post=answer, kind="helpful")
    earned(bob)
    add_reaction(actor=alice, post=answer, kind="thanks")

    assert earned(bob) == 5


def test_a_version_put_in_force_meanwhile_leaves_what_is_on_its_way(
    earned: Any, alice: Any, bob: Any, manager: Any, answer: Any
) -> None:
    accept_answer(actor=alice, post=answer)
    earned(bob)
    rule = EarningRule.objects.in_force().get(key="answer_accepted")
    change_rule(actor=manager, rule=rule, changes={"points": 99, "is_active": False})
    make_due()
    pay_due()

    assert earned(bob) == 20


def test_hearing_twice_promises_once(earned: Any, alice: Any, bob: Any, answer: Any) -> None:
    accept_answer(actor=alice, post=answer)
    earned(bob)
    happened = list(Activity.objects.filter(verb__in=("answer.accepted", "post.created")))
    hear(happened + happened)
    make_due()
    hear(happened)
    pay_due()
    hear(happened)

    assert PendingAward.objects.count() == 1
    assert earned(bob) == 20


def test_who_left_or_joined_the_team_is_not_paid(earned: Any, alice: Any, bob: Any, answer: Any) -> None:
    accept_answer(actor=alice, post=answer)
    earned(bob)
    Member.objects.filter(pk=bob.pk).update(role="moderator")
    make_due()

    assert pay_due() == 1
    assert PendingAward.objects.get().state == "cancelled"


def test_features_above_wait_and_withdraw_alike(bob: Any, manager: Any, points_of: Any) -> None:
    waits("good_deed", manager)
    for n in (1, 2):
        assert (
            award(actor=None, rule_key="good_deed", member_id=bob.pk, source_type="deed", source_id=n) is None
        )
    withdraw_awards(actor=None, source_type="deed", source_id=1, memo="It was not so good")
    make_due()
    pay_due()

    assert points_of(bob) == (100, 100)
    assert set(PendingAward.objects.values_list("source_id", "state")) == {(1, "cancelled"), (2, "paid")}


def test_a_deleted_post_takes_along_what_was_on_its_way(
    earned: Any, alice: Any, bob: Any, manager: Any, answer: Any
) -> None:
    waits("post_helped", manager)
    add_reaction(actor=alice, post=answer, kind="helpful")
    earned(bob)
    delete_post(actor=bob, post=answer)
    earned(bob)

    assert PendingAward.objects.get().state == "cancelled"
    assert earned(bob) == 0


def test_paying_goes_on_in_bounded_steps(bob: Any, manager: Any, points_of: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("rewards.points.earning.final.BATCH", 2)
    waits("good_deed", manager)
    for n in range(5):
        award(actor=None, rule_key="good_deed", member_id=bob.pk, source_type="deed", source_id=n)
    make_due()

    assert pay_due(at_most=4) == 4
    assert pay_due() == 1
    assert points_of(bob) == (500, 500)
