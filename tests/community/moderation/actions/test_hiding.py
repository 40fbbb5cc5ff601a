"""Hiding what a member wrote lately with a penalty, and showing it again."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.errors import Invalid, Refused
from community.members.models import Member
from community.moderation import actions
from community.moderation.appeals.actions import appeal_penalty
from community.moderation.models import Case, Penalty
from community.threads.models import Post, Thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def posts(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> list[Post]:
    """A thread of Bob's, a reply of his, and another from three weeks ago."""
    thread = make_thread(alice, space)
    own = make_thread(bob, space).posts.get(position=1)
    late, early = (make_reply(bob, thread, body=f"Reply number {n} about the poles.") for n in (1, 2))
    Post.objects.filter(pk=early.pk).update(created_at=timezone.now() - dt.timedelta(days=21))
    return [own, late, early]


def states(posts: list[Post]) -> list[str]:
    return [Post.objects.get(pk=post.pk).state for post in posts]


def lay(mod: Any, bob: Any, **typed: Any) -> Penalty:
    return actions.penalise_member(
        actor=mod, member=bob, **{"kind": "silence", "reason": "It advertises", "days": 3, **typed}
    )


def test_what_was_written_lately_is_hidden_with_a_penalty_and_shown_when_it_is_lifted(
    posts: list[Post], mod: Any, bob: Any
) -> None:
    penalty = lay(mod, bob, hide_days=7)

    assert states(posts) == ["hidden", "hidden", "visible"]
    assert sorted(penalty.hidden_posts) == sorted([posts[0].pk, posts[1].pk])
    assert Thread.objects.get(pk=posts[0].thread_id).state == "hidden"
    assert Post.objects.get(pk=posts[1].pk).state_reason == "It advertises"

    actions.lift_penalty(actor=mod, penalty=penalty)

    assert states(posts) == ["visible"] * 3


def test_what_something_else_has_happened_to_since_stays_as_that_left_it(
    posts: list[Post], mod: Any, bob: Any, carol: Any
) -> None:
    case = actions.report_post(actor=carol, post=posts[1], reason="spam").case
    penalty = lay(mod, bob, hide_days=30)
    actions.decide_case(actor=mod, case=case, decision="hide", reason="It sells poles")

    actions.lift_penalty(actor=mod, penalty=penalty)

    assert states(posts) == ["visible", "hidden", "visible"]


def test_an_appeal_that_is_right_shows_it_and_taking_that_back_hides_it_again(
    posts: list[Post], mod: Any, manager: Any, bob: Any
) -> None:
    penalty = lay(mod, bob, hide_days=7)
    appeal_penalty(actor=Member.objects.get(pk=bob.pk), penalty=penalty, words="It was about my own poles.")
    appealed = Case.objects.get(kind="appeal")

    actions.decide_case(actor=manager, case=appealed, decision="uphold")
    assert states(posts) == ["visible"] * 3
    actions.undo_decision(actor=manager, case=appealed)

    assert states(posts) == ["hidden", "hidden", "visible"]
    assert Member.objects.get(pk=bob.pk).silenced_until is not None


def test_only_where_the_moderator_keeps_order_and_for_at_most_thirty_days(
    posts: list[Post], mod: Any, bob: Any, private_space: Any, manager: Any
) -> None:
    Thread.objects.filter(pk=posts[0].thread_id).update(space=private_space)

    for unfit in (0, 31):
        with pytest.raises(Invalid):
            lay(mod, bob, hide_days=unfit)
    assert states(posts) == ["visible"] * 3 and not Penalty.objects.exists()
    lay(mod, bob, hide_days=30)

    assert states(posts) == ["visible", "hidden", "hidden"]


def test_nobody_hides_the_words_of_the_team_this_way(
    mod: Any, manager: Any, space: Any, make_thread: Any
) -> None:
    post = make_thread(manager, space).posts.get(position=1)

    with pytest.raises(Refused):
        lay(mod, manager, hide_days=7)

    assert states([post]) == ["visible"] and not Penalty.objects.exists()
