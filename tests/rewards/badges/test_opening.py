"""Badges that open spaces: who holds one is let in, who loses it is not."""

from typing import Any

import pytest

from community.members.models import Member
from community.spaces.audiences import audience_choices, keys_of
from community.spaces.models import Access, Space
from rewards.badges.actions import give_badge, recompute_all, revoke_award, save_badge
from rewards.badges.models import Award, Badge

REASON = "Tested the tent for a whole season"


@pytest.fixture
def badge(manager: Any) -> Badge:
    return save_badge(
        actor=manager, badge=Badge.objects.get(key="field-tester"), changes={"opens_spaces": True}
    )


@pytest.fixture
def lab(badge: Badge) -> Space:
    return Space.objects.create(slug="lab", name="Lab", access=Access.PRIVATE, see_for=["badge:field-tester"])


def sees(member: Any, space: Space) -> bool:
    return Space.objects.visible_to(Member.objects.get(pk=member.pk)).filter(pk=space.pk).exists()


def test_whoever_is_given_the_badge_is_let_in_and_out_again(
    manager: Any, alice: Any, bob: Any, lab: Space, badge: Badge
) -> None:
    assert not sees(bob, lab)
    award = give_badge(actor=manager, badge=badge, member=bob, reason=REASON)
    assert sees(bob, lab)
    assert not sees(alice, lab)
    assert "badge:field-tester" in keys_of(bob.pk)

    revoke_award(actor=manager, award=award, reason="It was somebody else who did")
    assert not sees(bob, lab)


def test_a_badge_that_opens_nothing_any_more_lets_nobody_in(
    manager: Any, bob: Any, lab: Space, badge: Badge, deliver_all: Any
) -> None:
    give_badge(actor=manager, badge=badge, member=bob, reason=REASON)
    save_badge(actor=manager, badge=badge, changes={"opens_spaces": False})
    deliver_all()
    assert not sees(bob, lab)

    save_badge(actor=manager, badge=badge, changes={"opens_spaces": True})
    deliver_all()
    assert sees(bob, lab)
    save_badge(actor=manager, badge=badge, changes={"is_active": False})
    deliver_all()
    assert not sees(bob, lab)


def test_the_night_heals_what_was_lost(manager: Any, alice: Any, bob: Any, lab: Space, badge: Badge) -> None:
    give_badge(actor=manager, badge=badge, member=bob, reason=REASON)
    Member.objects.filter(pk=bob.pk).update(audience_keys=None)
    Member.objects.filter(pk=alice.pk).update(audience_keys=["badge:field-tester"])

    recompute_all()
    assert sees(bob, lab)
    assert not sees(alice, lab)


def test_only_badges_that_say_so_are_offered(badge: Badge) -> None:
    offered = {choice.key for choice in audience_choices() if choice.key.startswith("badge:")}

    assert offered == {"badge:field-tester"}


def test_an_earned_badge_opens_too(manager: Any, alice: Any, space: Any, make_thread: Any) -> None:
    save_badge(actor=manager, badge=Badge.objects.get(key="hello"), changes={"opens_spaces": True})
    make_thread(alice, space)
    recompute_all()

    assert Award.objects.filter(member=alice, badge__key="hello").exists()
    assert "badge:hello" in keys_of(alice.pk)
