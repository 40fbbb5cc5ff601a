"""Keeping order while others write: real threads, real commits."""

import datetime as dt

import pytest
from django.utils import timezone

from community.activity.models import Delivery
from community.activity.relay import deliver_due
from community.errors import Conflict, DomainError
from community.threads import ringing
from community.threads.actions import (
    NewThread,
    edit_post,
    lock_thread,
    merge_threads,
    reply_to_thread,
    set_slow_mode,
    set_timer,
    split_thread,
    undo_regrouping,
)
from community.threads.counters import recount
from community.threads.models import Post, Thread, ThreadTimer
from tests.community.threads.conftest import fresh
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def failures(answers):
    return [answer for answer in answers if isinstance(answer, Exception)]


def settle():
    while deliver_due():
        pass
    assert not Delivery.objects.exclude(error="").exists()
    assert recount(heal=False) == []


def replying(people, thread, times):
    return [
        lambda n=n: reply_to_thread(actor=people[n % len(people)], thread=thread, body=f"Thought number {n}")
        for n in range(times)
    ]


def test_two_merges_that_cross_leave_one_thread(alice, bob, mod, space, make_thread, make_reply):
    one, other = make_thread(alice, space), make_thread(bob, space)
    for thread in (one, other, one, other):
        make_reply(alice, thread)

    answers = all_at_once(
        [
            lambda: merge_threads(actor=mod, source=one, target=other),
            lambda: merge_threads(actor=mod, source=other, target=one),
        ]
        * 3
    )

    refused = failures(answers)
    assert len(refused) == 5
    assert all(isinstance(error, Conflict) for error in refused)
    assert sorted(Thread.objects.values_list("state", flat=True)) == ["merged", "visible"]
    assert Post.objects.filter(thread__state="visible").count() == 6
    settle()


def test_replies_during_a_merge_arrive_where_it_went(alice, bob, carol, mod, space, make_thread):
    one, other = fresh(make_thread(alice, space)), fresh(make_thread(bob, space))
    calls = replying((alice, bob, carol), other, 24)
    calls.insert(8, lambda: merge_threads(actor=mod, source=other, target=one))

    answers = all_at_once(calls)

    assert failures(answers) == []
    assert Post.objects.filter(thread=one).count() == 26
    assert not Post.objects.filter(thread=other).exists()
    settle()


def test_edits_during_a_merge_are_kept(alice, bob, mod, space, make_thread, make_reply):
    one, other = make_thread(alice, space), make_thread(bob, space)
    posts = [fresh(make_reply(bob, other)) for _time in range(8)]
    calls = [
        lambda post=post: edit_post(actor=bob, post=post, body=f"Better said: {post.pk}") for post in posts
    ]
    calls.insert(3, lambda: merge_threads(actor=mod, source=other, target=one))

    answers = all_at_once(calls)

    assert failures(answers) == []
    assert Post.objects.filter(thread=one, body_md__startswith="Better said").count() == 8
    settle()


def test_replies_during_splits_and_their_undoing_are_all_there(
    alice, bob, carol, mod, space, make_thread, make_reply
):
    one = fresh(make_thread(alice, space))
    chosen = [make_reply(bob, one).pk for _time in range(4)]
    entry = split_thread(actor=mod, thread=one, posts=chosen[:2], into=NewThread("Split off"))
    calls = replying((alice, bob, carol), one, 18)
    calls.insert(4, lambda: undo_regrouping(actor=mod, entry=entry))
    calls.insert(
        8, lambda: split_thread(actor=mod, thread=one, posts=chosen[2:], into=NewThread("Split off too"))
    )

    answers = all_at_once(calls)

    assert failures(answers) == []
    assert Post.objects.count() == 1 + 4 + 18
    settle()


def test_replies_during_closing_are_there_or_refused(alice, bob, carol, mod, thread):
    thread = fresh(thread)
    calls = replying((alice, bob, carol), thread, 20)
    calls.insert(6, lambda: lock_thread(actor=mod, thread=thread))

    answers = all_at_once(calls)

    refused = failures(answers)
    assert all(isinstance(error, DomainError) and error.code == "thread_locked" for error in refused)
    assert fresh(thread).reply_count == 20 - len(refused)
    settle()


def test_in_slow_mode_one_of_many_at_once_is_posted(bob, mod, thread):
    set_slow_mode(actor=mod, thread=fresh(thread), seconds=600)

    answers = all_at_once(replying((bob,), fresh(thread), 12))

    assert [error.code for error in failures(answers)] == ["slow_mode"] * 11
    assert fresh(thread).reply_count == 1
    settle()


def test_many_workers_ring_each_timer_once(alice, mod, space, make_thread):
    threads = [make_thread(alice, space) for _time in range(8)]
    for thread in threads:
        set_timer(actor=mod, thread=thread, kind="close", at=timezone.now() + dt.timedelta(hours=1))
    ThreadTimer.objects.update(due_at=timezone.now() - dt.timedelta(minutes=1))

    answers = all_at_once([ringing.ring_timers] * 6)

    assert failures(answers) == []
    ringing.ring_timers()
    assert not ThreadTimer.objects.exists()
    assert Thread.objects.filter(is_locked=True).count() == 8
    settle()
