"""The team at work on one case, one member, one post, all at the same moment: real threads, real commits."""

from typing import Any

import pytest

from community.errors import DomainError
from community.members.models import Member
from community.moderation import actions
from community.moderation.models import Case, CaseState, Penalty
from community.threads.actions import delete_post, purge_post, reply_to_thread, restore_post
from community.threads.counters import recount
from community.threads.models import Post
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def strays(answers: list[Any]) -> list[Any]:
    """What is neither an answer nor a refusal."""
    return [one for one in answers if isinstance(one, Exception) and not isinstance(one, DomainError)]


@pytest.fixture
def case(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> Case:
    """Bob's reply, reported."""
    post = make_reply(bob, make_thread(alice, space))
    return actions.report_post(actor=alice, post=post, reason="spam").case


def agrees(case: Case, member: Any) -> None:
    """Post, penalties and member stand as the case says."""
    fresh, person = Case.objects.get(pk=case.pk), Member.objects.get(pk=member.pk)
    active = Penalty.objects.filter(case=case, lifted_at=None)
    if fresh.state == CaseState.OPEN:
        assert (Post.objects.get(pk=case.post_id).state, active.count()) == ("visible", 0)
    assert active.count() <= 1
    assert person.is_suspended == active.filter(kind="suspend").exists()
    assert recount(heal=False) == []


def test_claimed_by_many_at_once_one_holds_it(case: Case, make_member: Any) -> None:
    team = [make_member(f"m{n}", role="moderator") for n in range(8)]

    answers = all_at_once([lambda m=m: actions.claim_case(actor=m, case=case) for m in team])

    assert strays(answers) == []
    assert sum(isinstance(answer, Case) for answer in answers) == 1


def test_taking_back_and_deciding_again_at_once_leave_post_penalty_and_member_agreeing(
    case: Case, bob: Any, make_member: Any
) -> None:
    team = [make_member(f"m{n}", role="moderator") for n in range(12)]
    actions.decide_case(actor=team[0], case=case, decision="suspend", reason="Advertising", days=7)
    for _again in range(2):
        calls: list[Any] = []
        for number, person in enumerate(team):
            if number % 2:
                calls.append(lambda m=person: actions.undo_decision(actor=m, case=case))
            else:
                calls.append(
                    lambda m=person: actions.decide_case(
                        actor=m, case=case, decision="suspend", reason="Looked again", days=3
                    )
                )
        assert strays(all_at_once(calls)) == []
        agrees(case, bob)


def test_laid_and_lifted_at_once_the_member_stands_as_what_is_left(bob: Any, mod: Any) -> None:
    laid = [
        actions.penalise_member(actor=mod, member=bob, kind="suspend", reason="Advertising", days=2)
        for _n in range(4)
    ]

    answers = all_at_once(
        [lambda p=p: actions.lift_penalty(actor=mod, penalty=p) for p in (*laid, *laid)]
        + [
            lambda: actions.penalise_member(
                actor=mod, member=bob, kind="silence", reason="Advertising", days=2
            )
            for _n in range(4)
        ]
    )

    assert strays(answers) == []
    fresh = Member.objects.get(pk=bob.pk)
    assert not fresh.is_suspended and fresh.is_silenced
    assert Penalty.objects.filter(lifted_at=None, kind="suspend").count() == 0


def test_who_is_suspended_while_writing_writes_no_more_afterwards(
    bob: Any, alice: Any, mod: Any, space: Any, make_thread: Any
) -> None:
    thread = make_thread(alice, space)

    def write(number: int) -> Any:
        return reply_to_thread(
            actor=Member.objects.get(pk=bob.pk), thread=thread, body=f"Line {number}, quickly."
        )

    answers = all_at_once(
        [
            *(lambda n=n: write(n) for n in range(5)),
            lambda: actions.penalise_member(actor=mod, member=bob, kind="suspend", reason="Flooding", days=2),
            *(lambda n=n: write(n) for n in range(5, 11)),
        ]
    )

    assert strays(answers) == []
    with pytest.raises(DomainError):
        write(99)
    assert Post.objects.filter(author=bob).count() == sum(isinstance(answer, Post) for answer in answers)
    assert recount(heal=False) == []


def test_of_bringing_back_and_deleting_for_good_at_once_one_counts(
    alice: Any, bob: Any, manager: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    post = make_reply(bob, make_thread(alice, space))
    delete_post(actor=bob, post=post)

    answers = all_at_once(
        [
            lambda: restore_post(actor=bob, post=Post.objects.select_related("thread").get(pk=post.pk)),
            lambda: purge_post(actor=manager, post=post, reason="Names somebody"),
        ]
        * 4
    )

    wrong = [one for one in strays(answers) if not isinstance(one, Post.DoesNotExist)]
    assert wrong == []
    left = Post.objects.filter(pk=post.pk).first()
    assert left is None or left.state == "visible"
    assert recount(heal=False) == []
