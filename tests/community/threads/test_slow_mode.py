"""Slow mode to the second, and for whom it does not hold."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from community.errors import RateLimited
from community.spaces.actions import add_space_member, change_space
from community.threads.actions import delete_post, edit_post, set_slow_mode
from community.threads.models import Post
from tests.community.threads.conftest import fresh

pytestmark = pytest.mark.django_db


def after(post: Post, seconds: float) -> Any:
    """Stand still at so many seconds after a post."""
    return time_machine.travel(post.created_at + dt.timedelta(seconds=seconds), tick=False)


def test_a_second_too_early_is_refused_and_the_second_itself_is_not(
    bob: Any, mod: Any, thread: Any, make_reply: Any
) -> None:
    set_slow_mode(actor=mod, thread=thread, seconds=300)
    first = make_reply(bob, fresh(thread))

    with after(first, 299), pytest.raises(RateLimited) as refusal:
        make_reply(bob, fresh(thread))
    assert refusal.value.retry_after == 1
    assert Post.objects.filter(author=bob).count() == 1
    with after(first, 300):
        make_reply(bob, fresh(thread))

    assert Post.objects.filter(author=bob).count() == 2


def test_each_member_waits_for_themselves(
    bob: Any, carol: Any, mod: Any, thread: Any, make_reply: Any
) -> None:
    set_slow_mode(actor=mod, thread=thread, seconds=300)
    make_reply(bob, fresh(thread))

    make_reply(carol, fresh(thread))

    for who in (bob, carol):
        with pytest.raises(RateLimited):
            make_reply(who, fresh(thread))


def test_moderators_of_the_space_do_not_wait_and_those_of_another_do(
    bob: Any, carol: Any, mod: Any, manager: Any, thread: Any, private_space: Any, make_reply: Any
) -> None:
    set_slow_mode(actor=mod, thread=thread, seconds=300)
    add_space_member(actor=manager, space=thread.space, member=bob, is_moderator=True)
    add_space_member(actor=manager, space=private_space, member=carol, is_moderator=True)

    for who in (bob, bob, mod, mod, carol):
        make_reply(who, fresh(thread))
    with pytest.raises(RateLimited):
        make_reply(carol, fresh(thread))


def test_a_deleted_reply_counts_and_an_edited_one_begins_nothing_anew(
    bob: Any, mod: Any, thread: Any, make_reply: Any
) -> None:
    set_slow_mode(actor=mod, thread=thread, seconds=300)
    first = make_reply(bob, fresh(thread))

    with after(first, 200):
        edit_post(actor=bob, post=first, body="The same, said better than before.")
    with after(first, 300):
        second = make_reply(bob, fresh(thread))
    with after(second, 10):
        delete_post(actor=bob, post=second)
    with after(second, 20), pytest.raises(RateLimited) as refusal:
        make_reply(bob, fresh(thread))

    assert refusal.value.retry_after == 280


def test_of_thread_and_space_the_longer_wait_holds(
    bob: Any, mod: Any, manager: Any, thread: Any, make_reply: Any
) -> None:
    change_space(actor=manager, space=thread.space, changes={"slow_seconds": 60})
    set_slow_mode(actor=mod, thread=fresh(thread), seconds=20)
    first = make_reply(bob, fresh(thread))

    with after(first, 30), pytest.raises(RateLimited):
        make_reply(bob, fresh(thread))
    with after(first, 60):
        make_reply(bob, fresh(thread))
