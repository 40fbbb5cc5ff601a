"""Who reads thanks: everyone, two people, or nobody."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from community.members.actions import block_member
from community.members.models import Member
from community.members.profiles.actions import ignore_member
from rewards.praise.actions import make_shout_out, take_back_thanks
from rewards.praise.models import Named, Praise, PraiseKind, ShoutOut
from rewards.praise.queries import get_praise_for, lines_of, shouts_of
from tests.rewards.praise.conftest import WORDS


def readers(praise: Praise, *people: Any) -> list[bool]:
    return [Praise.objects.visible_to(person).filter(pk=praise.pk).exists() for person in people]


def test_everyone_reads_thanks(alice: Any, bob: Any, carol: Any, thank: Any) -> None:
    assert readers(thank(alice, bob), None, alice, bob, carol) == [True] * 4


@pytest.mark.parametrize("choice", [{"show_thanks": False}, {"hides_profile": True}])
def test_whoever_keeps_thanks_private_reads_them_with_the_giver_alone(
    alice: Any, bob: Any, carol: Any, mod: Any, thank: Any, choice: dict[str, bool]
) -> None:
    praise = thank(alice, bob)
    Member.objects.filter(pk=bob.pk).update(**choice)
    assert readers(praise, None, alice, bob, carol, mod) == [False, True, True, False, False]


def test_thanks_for_somebody_who_left_are_not_shown(alice: Any, bob: Any, thank: Any) -> None:
    praise = thank(alice, bob)
    Member.objects.filter(pk=bob.pk).update(is_active=False)
    assert readers(praise, None) == [False]


def test_what_was_taken_back_only_its_giver_finds(alice: Any, bob: Any, mod: Any, thank: Any) -> None:
    from community.errors import NotFound

    praise = take_back_thanks(actor=alice, praise=thank(alice, bob))
    assert readers(praise, None, alice, bob, mod) == [False] * 4
    assert get_praise_for(alice, praise.pk) == praise
    for other in (None, bob, mod):
        with pytest.raises(NotFound):
            get_praise_for(other, praise.pk)


def test_nobody_reads_thanks_by_or_to_whom_they_block_or_ignore(
    alice: Any, bob: Any, carol: Any, make_member: Any, thank: Any
) -> None:
    praise = thank(alice, bob)
    block_member(actor=carol, member=alice)
    reader = make_member("reader", trust_level=3)
    ignore_member(actor=reader, member=bob, days=30)
    assert readers(praise, carol, reader, alice) == [False, False, True]


def test_a_hidden_space_never_leaks_by_the_link(
    alice: Any, bob: Any, carol: Any, private_space: Any, make_thread: Any, thank: Any
) -> None:
    from community.spaces.models import SpaceMembership

    for person in (alice, bob):
        SpaceMembership.objects.create(space=private_space, member=person)
    thread = make_thread(bob, private_space, title="The prototype that nobody may know of")
    praise = thank(alice, bob, post=thread.posts.get(position=1))

    seen = [lines_of(person, [praise])[0].post for person in (None, carol, alice, bob)]
    assert [post is not None for post in seen] == [False, False, True, True]


def test_the_database_refuses_thanks_to_oneself(alice: Any) -> None:
    kind = PraiseKind.objects.get(key="helped")
    with pytest.raises(IntegrityError), transaction.atomic():
        Praise.objects.create(giver=alice, receiver=alice, kind=kind, words=WORDS)


def test_a_shout_out_names_only_those_who_appear(alice: Any, bob: Any, carol: Any, mod: Any) -> None:
    made = make_shout_out(actor=mod, members=[alice, bob], words=WORDS)
    Member.objects.filter(pk=bob.pk).update(show_thanks=False)

    assert [m.name for m in shouts_of(carol, [made])[0].members] == [alice.name]
    assert [m.name for m in shouts_of(bob, [made])[0].members] == [alice.name, bob.name]

    Named.objects.filter(member=alice).delete()
    assert list(ShoutOut.objects.visible_to(carol)) == []
    assert list(ShoutOut.objects.visible_to(bob)) == [made]
