"""Threads of some spaces close by themselves after their last reply."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Refused
from community.spaces.actions import change_space
from community.threads import queries, ringing
from community.threads.actions import cancel_timer, lock_thread, unlock_thread
from community.threads.models import Thread, ThreadTimer
from tests.community.threads.conftest import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def closing(manager: Any, alice: Any, space: Any, make_thread: Any) -> Thread:
    """A thread of a space whose threads close three days after their last reply."""
    there = change_space(actor=manager, space=space, changes={"auto_close_days": 3})
    thread: Thread = make_thread(alice, there)
    return thread


def test_its_page_says_when_and_each_reply_moves_it(
    bob: Any, closing: Thread, make_reply: Any, time_machine_at: Any
) -> None:
    seen = queries.thread_head(bob, closing.pk).steered
    assert seen is not None
    assert seen.ends().kind == "close"
    with time_machine_at(days=2):
        make_reply(bob, fresh(closing))

    with time_machine_at(days=4):
        ringing.ring_timers()
        assert not fresh(closing).is_locked
    with time_machine_at(days=5, hours=1):
        ringing.ring_timers()

    assert fresh(closing).is_locked


def test_it_closes_once_however_often_the_bell_is_asked(closing: Thread, time_machine_at: Any) -> None:
    with time_machine_at(days=4):
        assert [ringing.ring_timers() for _again in range(3)] == [1, 0, 0]

    assert fresh(closing).is_locked
    told = Activity.objects.filter(verb__in=["thread.locked", "thread.changed"], target_pk=closing.pk)
    assert told.count() == 1


def test_nobody_replies_to_what_is_closed_but_the_team(
    bob: Any, mod: Any, closing: Thread, make_reply: Any, time_machine_at: Any
) -> None:
    with time_machine_at(days=4):
        ringing.ring_timers()
        with pytest.raises(Refused):
            make_reply(bob, fresh(closing))
        make_reply(mod, fresh(closing))


def test_what_the_team_opens_again_stays_open(
    bob: Any, mod: Any, closing: Thread, make_reply: Any, time_machine_at: Any
) -> None:
    with time_machine_at(days=4):
        ringing.ring_timers()
        unlock_thread(actor=mod, thread=fresh(closing))

    with time_machine_at(days=30):
        assert ringing.ring_timers() == 0
        make_reply(bob, fresh(closing))

    assert not fresh(closing).is_locked


def test_a_thread_closed_by_hand_before_is_left_alone(
    mod: Any, closing: Thread, time_machine_at: Any
) -> None:
    lock_thread(actor=mod, thread=fresh(closing))

    with time_machine_at(days=4):
        ringing.ring_timers()

    assert fresh(closing).is_locked
    assert not ThreadTimer.objects.filter(thread=closing, kind="close").exists()


def test_the_team_takes_the_timer_of_one_thread_away_and_members_do_not(
    bob: Any, alice: Any, mod: Any, closing: Thread, time_machine_at: Any
) -> None:
    for who in (alice, bob):
        with pytest.raises(Refused):
            cancel_timer(actor=who, thread=fresh(closing), kind="close")
    assert ThreadTimer.objects.filter(thread=closing).count() == 1

    cancel_timer(actor=mod, thread=fresh(closing), kind="close")
    with time_machine_at(days=9):
        ringing.ring_timers()

    assert not fresh(closing).is_locked


def test_another_setting_holds_for_new_threads_alone(
    manager: Any, alice: Any, closing: Thread, make_thread: Any, time_machine_at: Any
) -> None:
    there = change_space(actor=manager, space=closing.space, changes={"auto_close_days": 0})
    later = make_thread(alice, there)

    with time_machine_at(days=4):
        ringing.ring_timers()

    assert fresh(closing).is_locked
    assert not fresh(later).is_locked
