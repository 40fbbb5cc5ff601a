"""Polls: what may be asked, who decides about them, and what they leave behind."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Invalid, NotFound, Refused
from community.threads.actions import (
    cast_vote,
    close_due_polls,
    close_poll,
    delete_post,
    edit_post,
    put_poll,
    remove_poll,
    reopen_poll,
    reply_to_thread,
    start_thread,
)
from community.threads.counters import recount
from community.threads.models import Poll, PollOption, PollVote, Post, Thread
from community.threads.polling import PollSpec
from tests.community.threads.conftest import fresh

ASKED = PollSpec("Which pole do you carry?", ("Carbon", "Aluminium", "None"))


@pytest.fixture
def post(question: Post, alice: Any) -> Post:
    """Alice's question with a poll in it."""
    put_poll(actor=alice, post=question, spec=ASKED)
    return fresh(question)


def options(post: Post) -> list[int]:
    return list(PollOption.objects.filter(poll__post=post).values_list("pk", flat=True))


def test_a_thread_begins_with_its_poll_and_lists_say_so(alice: Any, space: Any) -> None:
    thread = start_thread(
        actor=alice,
        space=space,
        title="Poles in winter",
        body="I cannot decide.",
        kind="discussion",
        poll=ASKED,
    )

    post = Post.objects.get(thread=thread)
    assert post.has_poll
    assert [option.text for option in post.poll.options.all()] == ["Carbon", "Aluminium", "None"]
    assert thread.excerpt == "I cannot decide. 📊 Which pole do you carry?"
    assert [a.verb for a in Activity.objects.order_by("id")][-2:] == ["poll.added", "thread.created"]


def test_a_reply_brings_its_poll(bob: Any, thread: Thread) -> None:
    post = reply_to_thread(actor=bob, thread=thread, body="Let us count.", poll=ASKED)

    assert fresh(post).has_poll
    assert "📊" not in fresh(thread).excerpt


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        (PollSpec("", ("a", "b")), "poll_question_short"),
        (PollSpec("x" * 161, ("a", "b")), "poll_question_long"),
        (PollSpec("Which one?", ("a",)), "poll_options_count"),
        (PollSpec("Which one?", tuple(map(str, range(21)))), "poll_options_count"),
        (PollSpec("Which one?", ("a", "b" * 121)), "poll_option_long"),
        (PollSpec("Which one?", ("Pole", "pole ")), "poll_options_same"),
        (PollSpec("Which one?", ("a", "b"), 2, 1), "poll_choices_range"),
        (PollSpec("Which one?", ("a", "b"), 1, 3), "poll_choices_range"),
        (PollSpec("Which one?", ("a", "b"), results="never"), "poll_results_unknown"),
        (
            PollSpec("Which one?", ("a", "b"), closes_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
            "poll_closes_when",
        ),
    ],
)
def test_a_poll_nobody_could_answer_is_refused_and_nothing_is_posted(
    spec: PollSpec, code: str, alice: Any, space: Any
) -> None:
    with pytest.raises(Invalid) as refusal:
        start_thread(
            actor=alice,
            space=space,
            title="Poles in winter",
            body="I cannot decide.",
            kind="discussion",
            poll=spec,
        )

    assert refusal.value.code == code
    assert all(name.startswith("poll_") for name in refusal.value.fields)
    assert not Thread.objects.exists()


def test_newcomers_add_no_polls(make_member: Any, thread: Thread) -> None:
    newcomer = make_member("nell", trust_level=0)

    with pytest.raises(Refused, match="a little better"):
        reply_to_thread(actor=newcomer, thread=thread, body="Let us count.", poll=ASKED)

    assert thread.posts.count() == 1


def test_only_its_author_and_the_team_decide_about_a_poll(post: Post, bob: Any, mod: Any) -> None:
    other = PollSpec("Something else?", ("a", "b"))
    for act in (
        lambda: put_poll(actor=bob, post=post, spec=other),
        lambda: remove_poll(actor=bob, post=post),
        lambda: close_poll(actor=bob, post=post),
        lambda: reopen_poll(actor=bob, post=post),
    ):
        with pytest.raises(Refused):
            act()
    assert Poll.objects.get().question == ASKED.question

    put_poll(actor=mod, post=post, spec=other)
    assert Poll.objects.get().question == other.question


def test_what_a_poll_asks_stays_after_the_first_vote(post: Post, alice: Any, bob: Any) -> None:
    cast_vote(actor=bob, post=post, options=options(post)[:1])
    later = timezone.now().replace(second=0, microsecond=0) + dt.timedelta(days=3)

    with pytest.raises(Refused, match="stays as it is"):
        put_poll(actor=alice, post=post, spec=PollSpec("Another question?", ASKED.options))
    with pytest.raises(Refused, match="stays as it is"):
        remove_poll(actor=alice, post=post)
    put_poll(actor=alice, post=post, spec=PollSpec(ASKED.question, ASKED.options, closes_at=later))

    poll = Poll.objects.get()
    assert (poll.question, poll.closes_at, poll.voter_count) == (ASKED.question, later, 1)


def test_what_a_poll_asks_stays_after_five_minutes(post: Post, alice: Any) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6)), pytest.raises(Refused):
        put_poll(actor=alice, post=post, spec=PollSpec("Another question?", ASKED.options))

    assert Poll.objects.get().question == ASKED.question


def test_a_moderator_corrects_a_word_and_no_vote_is_lost(post: Post, bob: Any, mod: Any) -> None:
    cast_vote(actor=bob, post=post, options=options(post)[1:2])

    put_poll(actor=mod, post=post, spec=PollSpec(ASKED.question, ("Carbon", "Aluminum", "None")))

    assert [(o.text, o.vote_count) for o in PollOption.objects.all()] == [
        ("Carbon", 0),
        ("Aluminum", 1),
        ("None", 0),
    ]


def test_an_option_that_goes_takes_its_votes_along(post: Post, bob: Any, carol: Any, mod: Any) -> None:
    cast_vote(actor=bob, post=post, options=options(post)[1:2])
    cast_vote(actor=carol, post=post, options=options(post)[:1])

    put_poll(actor=mod, post=post, spec=PollSpec(ASKED.question, ("None", "Carbon")))

    assert [(o.text, o.vote_count) for o in PollOption.objects.all()] == [("None", 0), ("Carbon", 1)]
    assert Poll.objects.get().voter_count == 1
    assert recount(heal=False) == []


def test_many_choices_become_one_without_a_second_vote(post: Post, bob: Any, carol: Any, mod: Any) -> None:
    put_poll(actor=mod, post=post, spec=PollSpec(ASKED.question, ASKED.options, 1, 2))
    cast_vote(actor=bob, post=post, options=options(post)[:2])
    cast_vote(actor=carol, post=post, options=options(post)[:1])

    put_poll(actor=mod, post=post, spec=PollSpec(ASKED.question, ASKED.options, 1, 1))

    assert list(PollVote.objects.values_list("member", "is_only")) == [(carol.pk, True)]
    assert Poll.objects.get().voter_count == 1


def test_a_secret_ballot_never_becomes_an_open_one(post: Post, bob: Any, mod: Any) -> None:
    cast_vote(actor=bob, post=post, options=options(post)[:1])

    put_poll(actor=mod, post=post, spec=PollSpec(ASKED.question, ASKED.options, shows_voters=True))

    assert Poll.objects.get().shows_voters is False


def test_a_poll_is_closed_and_opened_again(post: Post, alice: Any, bob: Any) -> None:
    close_poll(actor=alice, post=post)
    close_poll(actor=alice, post=post)

    with pytest.raises(Refused, match="closed"):
        cast_vote(actor=bob, post=post, options=options(post)[:1])
    assert Activity.objects.filter(verb="poll.closed").count() == 1

    reopen_poll(actor=alice, post=post)
    cast_vote(actor=bob, post=post, options=options(post)[:1])
    assert Poll.objects.get().voter_count == 1


def test_a_poll_closes_by_itself_and_the_rule_writes_it_down_once(post: Post, alice: Any, bob: Any) -> None:
    at = timezone.now().replace(second=0, microsecond=0) + dt.timedelta(hours=1)
    put_poll(actor=alice, post=post, spec=PollSpec(ASKED.question, ASKED.options, closes_at=at))

    with time_machine.travel(at + dt.timedelta(seconds=1)):
        with pytest.raises(Refused, match="closed"):
            cast_vote(actor=bob, post=post, options=options(post)[:1])
        assert (close_due_polls(), close_due_polls()) == (1, 0)
        assert Poll.objects.get().closed_at == at
        reopen_poll(actor=alice, post=post)
        assert Poll.objects.get().closes_at is None
    assert Activity.objects.filter(verb="poll.closed", actor=None).count() == 1


def test_a_poll_that_is_taken_out_leaves_nothing(post: Post, alice: Any) -> None:
    assert "📊" in fresh(post.thread).excerpt

    remove_poll(actor=alice, post=post)

    assert not Poll.objects.exists() and not fresh(post).has_poll
    assert "📊" not in fresh(post.thread).excerpt
    with pytest.raises(NotFound):
        remove_poll(actor=alice, post=fresh(post))


def test_another_text_keeps_the_line_of_the_poll(post: Post, alice: Any) -> None:
    edit_post(actor=alice, post=post, body="Written anew, in other words.")

    assert fresh(post.thread).excerpt == "Written anew, in other words. 📊 Which pole do you carry?"


def test_a_poll_goes_with_its_post(bob: Any, carol: Any, thread: Thread) -> None:
    post = fresh(reply_to_thread(actor=bob, thread=thread, body="Let us count.", poll=ASKED))
    delete_post(actor=bob, post=post)

    with pytest.raises((NotFound, Refused)):
        cast_vote(actor=carol, post=fresh(post), options=options(post)[:1])
    assert not PollVote.objects.exists()


def test_the_database_knows_how_often_one_may_choose(post: Post, bob: Any) -> None:
    poll = Poll.objects.get()
    first, second, _third = PollOption.objects.all()
    PollVote.objects.create(poll=poll, option=first, member=bob, is_only=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        PollVote.objects.create(poll=poll, option=second, member=bob, is_only=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        PollVote.objects.create(poll=poll, option=first, member=bob)
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.filter(pk=poll.pk).update(least=3, most=2)


def test_a_change_that_changes_nothing_is_none(post: Post, alice: Any) -> None:
    before = Activity.objects.count()

    put_poll(actor=alice, post=post, spec=ASKED)

    assert Activity.objects.count() == before
