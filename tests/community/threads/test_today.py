"""What threads suggest for today."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.members.actions import block_member
from community.spaces.models import Level
from community.threads.actions import attend_to_thread
from community.threads.actions.polls import put_poll
from community.threads.actions.votes import cast_vote
from community.threads.polling import PollSpec
from community.threads.polls import Poll
from community.threads.today import questions


@pytest.fixture
def poll(alice: Any, space: Any, make_thread: Any) -> Poll:
    """Alice asks for a colour, for two more days."""
    thread = make_thread(alice, space, title="The colour of next season", kind="discussion")
    spec = PollSpec("Which colour?", ("Pine", "Rust"), closes_at=timezone.now() + dt.timedelta(days=2))
    return put_poll(actor=alice, post=thread.posts.get(position=1), spec=spec)


def asked(member: Any) -> list[str]:
    return [it.text for it in questions(member) if it.icon == "poll"]


def test_a_poll_that_closes_soon_is_asked_of_who_has_not_voted(
    poll: Poll, alice: Any, bob: Any, carol: Any
) -> None:
    assert asked(bob) == ["Which colour?"]
    assert asked(alice) == []

    cast_vote(actor=bob, post=poll.post, options=[poll.options.all()[0].pk])

    assert asked(bob) == []
    assert asked(carol) == ["Which colour? 1 person has voted."]


def test_a_poll_with_much_time_or_none_left_is_not_asked(poll: Poll, bob: Any) -> None:
    Poll.objects.update(closes_at=timezone.now() + dt.timedelta(days=9))
    assert asked(bob) == []
    Poll.objects.update(closes_at=timezone.now() - dt.timedelta(minutes=1))
    assert asked(bob) == []


def test_a_poll_of_a_private_space_is_not_asked_of_outsiders(poll: Poll, bob: Any, space: Any) -> None:
    space.access = "private"
    space.save()

    assert asked(bob) == []


def test_what_is_muted_or_from_somebody_blocked_is_not_asked(
    poll: Poll, alice: Any, bob: Any, carol: Any
) -> None:
    attend_to_thread(actor=bob, thread=poll.post.thread, level=Level.MUTED)
    block_member(actor=carol, member=alice)
    carol.refresh_from_db()

    assert asked(bob) == []
    assert asked(carol) == []
