"""Whoever is behind is marked, however they came to be: by posts, by regrouping, by reading a part, by an import."""

import random
from collections.abc import Sequence
from typing import Any

import pytest

from community.activity.models import Activity
from community.sql import fetch
from community.threads import queries
from community.threads.actions import attend_to_thread, mark_read, set_post_state
from community.threads.behind import tell_everyone, tell_readers
from community.threads.consumers import tell_of_many
from community.threads.models import Post, ReadState, Thread
from community.threads.queries import unread as unread_queries

pytestmark = pytest.mark.django_db


def reader(member: Any, thread: Thread) -> ReadState:
    return ReadState.objects.get(member=member, thread=thread)


def plainly_unread(member: Any) -> list[int]:
    """By the definition, without marks and without an order of looking."""
    sql = """SELECT t.id FROM threads_readstate r JOIN threads_thread t ON t.id = r.thread_id
      JOIN threads_threadfollow f ON f.thread_id = t.id AND f.member_id = r.member_id AND f.level IN ('watching', 'tracking')
      WHERE r.member_id = %s AND t.state = 'visible' AND EXISTS (SELECT FROM threads_post p
        WHERE p.thread_id = t.id AND p.position > r.last_read_position AND p.state = 'visible')
      ORDER BY t.last_post_at DESC, t.id DESC"""
    return fetch(sql, (member.pk,), lambda row: int(row[0]))


def found(member: Any) -> list[int]:
    return [row.pk for row in queries.list_unread(member).threads]


def hear(activities: Sequence[Activity]) -> None:
    tell_of_many([a for a in activities if a.verb in ("post.created", "thread.regrouped")])


def test_a_post_marks_those_who_had_read_all_and_reading_on_takes_the_mark_away(
    make_thread: Any, make_reply: Any, alice: Any, bob: Any, carol: Any, space: Any
) -> None:
    thread = make_thread(alice, space)
    mark_read(actor=carol, thread=thread, position=1)
    assert tell_readers([thread.pk]) == 0

    make_reply(bob, thread)
    assert tell_readers([thread.pk]) == 2
    make_reply(bob, thread, body="One more thought, which came to me on the way home.")
    assert tell_readers([thread.pk]) == 0

    thread.refresh_from_db()
    mark_read(actor=carol, thread=thread, position=2)
    assert reader(carol, thread).reached == 3 > reader(carol, thread).last_read_position
    mark_read(actor=carol, thread=thread, position=3)
    assert reader(carol, thread).reached == reader(carol, thread).last_read_position == 3
    assert reader(bob, thread).reached == 3


def test_the_consumer_tells_of_each_thread_once(
    make_thread: Any, make_reply: Any, alice: Any, bob: Any, space: Any
) -> None:
    thread = make_thread(alice, space)
    for n in range(3):
        make_reply(bob, thread, body=f"Reply number {n} to this, with a few words of its own.")

    hear(list(Activity.objects.all()))

    assert reader(alice, thread).reached == 4


def test_whoever_was_not_told_is_told_at_night(
    make_thread: Any, make_reply: Any, alice: Any, bob: Any, space: Any
) -> None:
    thread = make_thread(alice, space)
    make_reply(bob, thread)

    assert tell_everyone() == 1
    assert tell_everyone() == 0
    assert reader(alice, thread).reached == 2


@pytest.mark.parametrize(
    ("seed", "many", "further"), [(1, 9, 9), (2, 9, 9), (3, 1, 3), (4, 1, 3), (5, 0, 0), (6, 0, 6)]
)
def test_the_list_is_what_the_definition_says_whatever_happens(
    make_thread: Any,
    make_reply: Any,
    alice: Any,
    bob: Any,
    carol: Any,
    mod: Any,
    space: Any,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    many: int,
    further: int,
) -> None:
    """With two of the latest threads looked through, the rest comes from the marks, few or many."""
    for name, value in (("_LATELY", 2), ("_MANY", many), ("_FURTHER", further)):
        monkeypatch.setattr(unread_queries, name, value)
    chance = random.Random(seed)
    threads = [make_thread(alice, space, title=f"Number {n} of a few threads") for n in range(6)]
    for thread in threads:
        mark_read(actor=carol, thread=thread, position=1)
        attend_to_thread(actor=carol, thread=thread, level="tracking")
    for step in range(40):
        thread = Thread.objects.get(pk=chance.choice(threads).pk)
        match chance.randrange(4):
            case 0 | 1:
                make_reply(bob, thread, body=f"Step {step} of what happened, said in a few words.")
            case 2:
                mark_read(actor=carol, thread=thread, position=chance.randint(1, thread.last_position))
            case 3:
                post = chance.choice(list(Post.objects.filter(thread=thread, position__gt=1)) or [None])
                if post is not None:
                    state = "hidden" if post.state == "visible" else "visible"
                    set_post_state(actor=mod, post=post, state=state, reason="For a while")
        hear(list(Activity.objects.all()))

        assert found(carol) == plainly_unread(carol), step
