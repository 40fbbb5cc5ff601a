"""Accounts that end while others still use them: real threads, real commits."""

from typing import Any

import pytest

from community.errors import DomainError
from community.members.models import Member
from community.privacy.actions import anonymise_member, merge_members
from community.privacy.erasing.running import erase_due
from community.privacy.models import Erasure, ErasureState, FormerHandle
from community.threads.actions import reply_to_thread
from community.threads.counters import recount
from community.threads.models import Post
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def strays(answers: list[Any]) -> list[Any]:
    """What is neither an answer nor a refusal."""
    return [one for one in answers if isinstance(one, Exception) and not isinstance(one, DomainError)]


def test_two_accounts_joined_both_ways_at_once_leave_one_that_is_alive(
    manager: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    make_reply(bob, thread)
    ways = ((alice, bob), (bob, alice)) * 3

    answers = all_at_once(
        [
            lambda a=a, b=b: merge_members(actor=manager, source=a, target=b, reason="Joined twice.")
            for a, b in ways
        ]
    )

    assert strays(answers) == []
    assert sum(isinstance(answer, int) for answer in answers) == 1
    alive = Member.objects.get_queryset().filter(pk__in=[alice.pk, bob.pk], is_active=True)
    assert [member.pk for member in alive] == [FormerHandle.objects.get().member_id]
    assert set(Post.objects.values_list("author_id", flat=True)) == {alive[0].pk}


def test_of_erasing_and_joining_at_once_one_counts(
    manager: Any, alice: Any, bob: Any, space: Any, make_thread: Any
) -> None:
    make_thread(alice, space)

    answers = all_at_once(
        [
            lambda: merge_members(actor=manager, source=alice, target=bob, reason="Joined twice."),
            lambda: anonymise_member(actor=manager, member=alice, reason="Asked by letter."),
        ]
        * 3
    )

    assert strays(answers) == []
    assert sum(isinstance(answer, int) for answer in answers) <= 1
    # Joined first, there is nobody left to erase; asked first, what has moved meanwhile is the other's.
    assert Erasure.objects.exclude(state=ErasureState.CANCELLED).count() <= 1
    assert Member.objects.get(pk=bob.pk).is_active


def test_what_is_written_while_its_author_is_erased_does_not_stay(
    manager: Any, alice: Any, bob: Any, space: Any, make_thread: Any
) -> None:
    thread = make_thread(bob, space)
    anonymise_member(actor=manager, member=alice, reason="Asked by letter.", deletes_posts=True)

    def write(number: int) -> Any:
        return reply_to_thread(
            actor=Member.objects.get_queryset().get(pk=alice.pk),
            thread=thread,
            body=f"Line {number}, still here.",
        )

    answers = all_at_once([lambda: erase_due(seconds=20), *(lambda n=n: write(n) for n in range(11))])
    erase_due(seconds=20)

    assert strays(answers) == []
    assert not Post.objects.filter(author=alice).exclude(body_md="").exists()
    assert recount(heal=False) == []
