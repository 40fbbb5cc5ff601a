"""Voting: who may, how often, and numbers that are exact whatever happens at once."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Invalid, NotFound, Refused
from community.members.models import Member
from community.spaces.models import Space, SpaceMembership
from community.threads.actions import cast_vote, lock_thread, put_poll, withdraw_vote
from community.threads.counters import recount
from community.threads.models import Poll, PollOption, PollVote, Post
from community.threads.polling import PollSpec
from tests.community.threads.conftest import fresh
from tests.racing import all_at_once

ASKED = PollSpec("Which pole do you carry?", ("Carbon", "Aluminium", "None"))


@pytest.fixture
def post(question: Post, alice: Any) -> Post:
    """Alice's question with a poll in it."""
    put_poll(actor=alice, post=question, spec=ASKED)
    return fresh(question)


def options() -> list[PollOption]:
    return list(PollOption.objects.all())


def counts() -> tuple[int, list[int]]:
    return Poll.objects.get().voter_count, [option.vote_count for option in options()]


def test_a_vote_is_counted_once_and_can_be_given_otherwise(post: Post, bob: Any, carol: Any) -> None:
    first, second, _third = options()

    for _again in range(2):
        cast_vote(actor=bob, post=post, options=[first.pk])
    cast_vote(actor=carol, post=post, options=[first.pk])
    assert counts() == (2, [2, 0, 0])
    cast_vote(actor=bob, post=post, options=[second.pk])

    assert counts() == (2, [1, 1, 0])
    assert [a.payload["changed"] for a in Activity.objects.filter(verb="poll.voted").order_by("id")] == [
        False,
        False,
        True,
    ]
    assert recount(heal=False) == []


def test_a_vote_is_taken_back(post: Post, bob: Any) -> None:
    cast_vote(actor=bob, post=post, options=[options()[0].pk])

    for _again in range(2):
        withdraw_vote(actor=bob, post=post)

    assert counts() == (0, [0, 0, 0]) and not PollVote.objects.exists()
    assert Activity.objects.filter(verb="poll.unvoted").count() == 1


def test_a_secret_ballot_is_secret_in_the_record_too(post: Post, alice: Any, bob: Any) -> None:
    cast_vote(actor=bob, post=post, options=[options()[0].pk])
    assert Activity.objects.get(verb="poll.voted").payload["option_ids"] == []

    withdraw_vote(actor=bob, post=post)
    put_poll(actor=alice, post=post, spec=PollSpec(ASKED.question, ASKED.options, shows_voters=True))
    chosen = options()[0].pk
    cast_vote(actor=bob, post=post, options=[chosen])
    assert Activity.objects.filter(verb="poll.voted").latest("id").payload["option_ids"] == [chosen]


def test_as_many_options_as_the_poll_takes(post: Post, alice: Any, bob: Any) -> None:
    first, second, third = options()
    with pytest.raises(Invalid, match="Choose one"):
        cast_vote(actor=bob, post=post, options=[first.pk, second.pk])
    put_poll(actor=alice, post=post, spec=PollSpec(ASKED.question, ASKED.options, 2, 2))
    for wrong in ([first.pk], [first.pk, second.pk, third.pk]):
        with pytest.raises(Invalid, match="at least 2 and at most 2"):
            cast_vote(actor=bob, post=post, options=wrong)
    assert counts() == (0, [0, 0, 0])

    cast_vote(actor=bob, post=post, options=[first.pk, second.pk])
    cast_vote(actor=bob, post=post, options=[second.pk, third.pk])

    assert counts() == (1, [0, 1, 1])


def test_an_option_of_another_poll_is_none(
    post: Post, alice: Any, bob: Any, make_reply: Any, thread: Any
) -> None:
    other = fresh(make_reply(alice, thread))
    poll = put_poll(actor=alice, post=other, spec=ASKED)

    with pytest.raises(Invalid):
        cast_vote(actor=bob, post=post, options=[poll.options.all()[0].pk])

    assert not PollVote.objects.exists()


def test_who_may_not_reply_does_not_vote(
    post: Post, bob: Any, mallory: Any, mod: Any, space: Space, thread: Any
) -> None:
    chosen = [options()[0].pk]
    with pytest.raises(Refused):
        cast_vote(actor=mallory, post=post, options=chosen)
    lock_thread(actor=mod, thread=thread)
    for member in (bob, mod):
        with pytest.raises(Refused, match="closed"):
            cast_vote(actor=member, post=fresh(post), options=chosen)
    Space.objects.update(is_archived=True)
    with pytest.raises(Refused):
        withdraw_vote(actor=bob, post=fresh(post))

    assert not PollVote.objects.exists()


def test_a_vote_needs_to_see_the_post(alice: Any, bob: Any, private_space: Space, make_thread: Any) -> None:
    SpaceMembership.objects.create(space=private_space, member=alice)
    thread = make_thread(alice, private_space, poll=ASKED)
    post = fresh(Post.objects.get(thread=thread))

    with pytest.raises(NotFound):
        cast_vote(actor=bob, post=post, options=[options()[0].pk])

    assert not PollVote.objects.exists()


def test_a_post_without_a_poll_takes_no_vote(question: Post, bob: Any) -> None:
    with pytest.raises(NotFound):
        cast_vote(actor=bob, post=question, options=[1])


@pytest.mark.django_db(transaction=True)
def test_fifty_votes_at_once_and_changes_among_them_are_counted_exactly(
    make_member: Any, space: Any, make_thread: Any
) -> None:
    alice = make_member("alice")
    people = [make_member(f"voter{number}") for number in range(10)]
    thread = make_thread(alice, space, poll=PollSpec("Which?", ("a", "b", "c"), 1, 2))
    pk = Post.objects.get(thread=thread).pk
    offered = [option.pk for option in options()]

    def vote(member: Member, number: int) -> Any:
        chosen = [offered[number % 3], offered[(number + 1) % 3]][: 1 + number % 2]
        post = fresh(Post.objects.get(pk=pk))
        if number % 7 == 6:
            return withdraw_vote(actor=member, post=post)
        return cast_vote(actor=member, post=post, options=chosen)

    answers = all_at_once(
        [lambda m=people[n % 10], n=n: vote(m, n) for n in range(50)]  # type: ignore[misc]
    )

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    rows = PollVote.objects.all()
    assert counts() == (
        len({row.member_id for row in rows}),
        [sum(row.option_id == pk for row in rows) for pk in offered],
    )
    assert recount(heal=False) == []


@pytest.mark.django_db(transaction=True)
def test_one_member_voting_everywhere_at_once_has_one_vote(
    make_member: Any, space: Any, make_thread: Any
) -> None:
    alice, bob = make_member("alice"), make_member("bob")
    thread = make_thread(alice, space, poll=ASKED)
    pk = Post.objects.get(thread=thread).pk
    offered = [option.pk for option in options()]

    answers = all_at_once(
        [
            lambda n=n: cast_vote(actor=bob, post=fresh(Post.objects.get(pk=pk)), options=[offered[n % 3]])  # type: ignore[misc]
            for n in range(24)
        ]
    )

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert PollVote.objects.count() == 1
    assert counts()[0] == 1 and sum(counts()[1]) == 1
