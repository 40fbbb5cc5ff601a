"""Timers: what happens to a thread at a time, or when nobody replies."""

import datetime as dt

import pytest
from django.utils import timezone

from community.errors import Invalid, Refused
from community.notifications.models import Notice
from community.spaces.models import Space
from community.threads import queries, ringing
from community.threads.actions import cancel_timer, lock_thread, set_timer, unlist_thread
from community.threads.counters import recount
from community.threads.models import ThreadTimer
from tests.community.threads.conftest import fresh


def soon(**later):
    return timezone.now() + dt.timedelta(**(later or {"hours": 1}))


def test_a_thread_closes_and_opens_at_its_time_and_its_page_says_so(mod, bob, thread, time_machine_at):
    set_timer(actor=mod, thread=thread, kind="close", at=soon())
    seen = queries.thread_head(bob, thread.pk).steered
    assert seen is not None
    assert seen.ends().kind == "close"
    assert ringing.ring_timers() == 0

    with time_machine_at(hours=2):
        assert ringing.ring_timers() == 1
        assert ringing.ring_timers() == 0
    assert fresh(thread).is_locked
    assert not fresh(thread).is_steered

    set_timer(actor=mod, thread=thread, kind="reopen", at=soon())
    with time_machine_at(hours=2):
        ringing.ring_timers()
    assert not fresh(thread).is_locked


def test_days_without_a_reply_begin_anew_with_each_reply(bob, mod, thread, make_reply, time_machine_at):
    set_timer(actor=mod, thread=thread, kind="close", idle_days=5)
    with time_machine_at(days=4):
        make_reply(bob, fresh(thread))
    with time_machine_at(days=6):
        ringing.ring_timers()
        assert not fresh(thread).is_locked

    with time_machine_at(days=10):
        ringing.ring_timers()
    assert fresh(thread).is_locked


def test_threads_of_some_spaces_close_by_themselves(alice, mod, space, make_thread, time_machine_at):
    before = make_thread(alice, space)
    space.auto_close_days = 3
    space.save()
    thread = make_thread(alice, space)

    with time_machine_at(days=4):
        assert ringing.ring_timers() == 1

    assert fresh(thread).is_locked
    assert not fresh(before).is_locked


def test_a_thread_is_taken_off_and_its_author_told(alice, mod, thread, time_machine_at, deliver_all):
    set_timer(actor=mod, thread=thread, kind="remove", at=soon())

    with time_machine_at(hours=2):
        ringing.ring_timers()
        deliver_all()

    assert fresh(thread).state == "removed"
    assert Notice.objects.filter(member=alice, kind="thread.judged").exists()
    assert recount(heal=False) == []


def test_a_bump_puts_it_on_top_once_and_counts_agree(bob, mod, space, thread, make_thread, time_machine_at):
    newer = make_thread(bob, space)
    set_timer(actor=mod, thread=thread, kind="bump", at=soon())

    with time_machine_at(hours=2):
        ringing.ring_timers()

    assert [row.pk for row in queries.list_threads(bob).threads] == [thread.pk, newer.pk]
    assert recount(heal=False) == []


def test_an_unlisted_thread_is_published_where_it_belongs(mod, bob, thread, time_machine_at):
    there = Space.objects.create(slug="news", name="News", position=3)
    unlist_thread(actor=mod, thread=thread)
    set_timer(actor=mod, thread=thread, kind="publish", at=soon(), space=there)

    with time_machine_at(hours=2):
        ringing.ring_timers()

    now = fresh(thread)
    assert (now.space, now.state) == (there, "visible")
    assert recount(heal=False) == []


def test_what_may_not_happen_any_more_is_dropped(mod, bob, thread, time_machine_at):
    there = Space.objects.create(slug="news", name="News", position=3)
    set_timer(actor=mod, thread=thread, kind="publish", at=soon(), space=there)
    there.is_archived = True
    there.save()

    with time_machine_at(hours=2):
        ringing.ring_timers()

    assert fresh(thread).space_id != there.pk
    assert not ThreadTimer.objects.exists()


def test_a_member_is_reminded_and_nobody_else(alice, bob, thread, time_machine_at, deliver_all):
    set_timer(actor=bob, thread=thread, kind="remind", at=soon())
    set_timer(actor=bob, thread=thread, kind="remind", at=soon(hours=3))
    assert ThreadTimer.objects.get().set_by == bob
    assert not fresh(thread).is_steered

    with time_machine_at(hours=4):
        ringing.ring_timers()
        deliver_all()

    assert Notice.objects.get(kind="thread.reminded").member == bob


def test_one_timer_of_a_kind_and_it_can_be_cancelled(bob, mod, thread):
    set_timer(actor=mod, thread=thread, kind="close", at=soon())
    set_timer(actor=mod, thread=thread, kind="close", idle_days=9)
    assert ThreadTimer.objects.get().idle_days == 9
    with pytest.raises(Refused):
        cancel_timer(actor=bob, thread=thread, kind="close")

    cancel_timer(actor=mod, thread=thread, kind="close")
    cancel_timer(actor=mod, thread=thread, kind="close")

    assert not ThreadTimer.objects.exists()
    assert not fresh(thread).is_steered


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "explode", "idle_days": 3},
        {"kind": "close"},
        {"kind": "close", "idle_days": 0},
        {"kind": "reopen", "idle_days": 3},
        {"kind": "publish", "idle_days": 3},
    ],
)
def test_what_makes_no_sense_is_not_set(mod, thread, asked):
    with pytest.raises(Invalid):
        set_timer(actor=mod, thread=thread, **asked)

    assert not ThreadTimer.objects.exists()


def test_members_set_only_reminders(bob, thread):
    with pytest.raises(Refused):
        set_timer(actor=bob, thread=thread, kind="close", at=soon())

    assert not ThreadTimer.objects.exists()


def test_what_is_done_by_hand_before_is_not_done_twice(mod, thread, time_machine_at):
    set_timer(actor=mod, thread=thread, kind="close", at=soon())
    lock_thread(actor=mod, thread=thread)

    with time_machine_at(hours=2):
        ringing.ring_timers()

    assert fresh(thread).is_locked
