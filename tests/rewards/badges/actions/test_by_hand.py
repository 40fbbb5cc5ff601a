"""Badges that people give and take stay as they were left."""

from typing import Any

import pytest

from community.errors import Conflict, Invalid, Refused
from rewards.badges.actions import give_badge, recompute_all, revoke_award
from rewards.badges.models import Award, Badge

REASON = "Carried the tables at the fair"


@pytest.fixture
def badge(db: None) -> Badge:
    return Badge.objects.get(key="first-solved")


def test_a_badge_given_by_hand_is_not_taken_by_counting(manager: Any, bob: Any, badge: Badge) -> None:
    award = give_badge(actor=manager, badge=badge, member=bob, reason=REASON)

    assert recompute_all() == 0
    assert list(Award.objects.standing()) == [award]


def test_a_badge_taken_by_hand_does_not_come_back(
    manager: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    make_thread(alice, space)
    assert recompute_all() == 2
    award = Award.objects.get(badge__key="first-question")

    revoke_award(actor=manager, award=award, reason="The question was an advertisement")
    assert recompute_all() == 0
    assert not Award.objects.standing().filter(badge__key="first-question").exists()
    with pytest.raises(Conflict):
        revoke_award(actor=manager, award=award, reason="The question was an advertisement")


def test_a_badge_is_held_once(manager: Any, bob: Any, badge: Badge) -> None:
    give_badge(actor=manager, badge=badge, member=bob, reason=REASON)
    with pytest.raises(Conflict):
        give_badge(actor=manager, badge=badge, member=bob, reason=REASON)

    assert Award.objects.count() == 1


def test_giving_needs_a_reason(manager: Any, bob: Any, badge: Badge) -> None:
    with pytest.raises(Invalid):
        give_badge(actor=manager, badge=badge, member=bob, reason="yes")

    assert not Award.objects.exists()


@pytest.mark.parametrize("who", ["alice", "bob", "mod"])
def test_only_managers_give_and_take(who: str, request: Any, manager: Any, bob: Any, badge: Badge) -> None:
    actor = request.getfixturevalue(who)
    with pytest.raises(Refused):
        give_badge(actor=actor, badge=badge, member=bob, reason=REASON)
    award = give_badge(actor=manager, badge=badge, member=bob, reason=REASON)
    with pytest.raises(Refused):
        revoke_award(actor=actor, award=award, reason="I do not like it at all")

    assert Award.objects.standing().count() == 1


def test_the_team_is_given_nothing(admin: Any, mod: Any, badge: Badge) -> None:
    with pytest.raises(Refused):
        give_badge(actor=admin, badge=badge, member=mod, reason=REASON)

    assert not Award.objects.exists()
