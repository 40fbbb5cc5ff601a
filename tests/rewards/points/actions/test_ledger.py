"""Corrections by hand, spending, taking back: who may, what for, and what is owed."""

from typing import Any

import pytest

from community.errors import Conflict, Invalid, Refused
from rewards.points.actions import adjust, award, reverse, spend, withdraw_awards
from rewards.points.models import Account, Transfer

REASON = "For carrying the tables at the fair"


@pytest.fixture
def built(bob: Any) -> Transfer:
    """Bob's idea was built: 100 points."""
    transfer = award(actor=None, rule_key="good_deed", member_id=bob.pk, source_type="deed", source_id=1)
    assert transfer is not None
    return transfer


def test_a_manager_gives_points_with_a_reason(manager: Any, bob: Any, points_of: Any) -> None:
    transfer = adjust(actor=manager, member=bob, earned=20, spendable=30, reason=f"  {REASON} ")

    assert points_of(bob) == (20, 30)
    assert (transfer.memo, transfer.actor_id) == (REASON, manager.pk)


@pytest.mark.parametrize("who", ["alice", "mod"])
def test_only_managers_correct_points(who: str, request: Any, bob: Any, points_of: Any) -> None:
    with pytest.raises(Refused):
        adjust(actor=request.getfixturevalue(who), member=bob, earned=5, spendable=5, reason=REASON)

    assert points_of(bob) == (0, 0)


def test_nobody_corrects_their_own_points(manager: Any, points_of: Any) -> None:
    with pytest.raises(Refused):
        adjust(actor=manager, member=manager, earned=5, spendable=5, reason=REASON)

    assert points_of(manager) == (0, 0)


def test_the_team_is_given_nothing(admin: Any, mod: Any, points_of: Any) -> None:
    with pytest.raises(Invalid):
        adjust(actor=admin, member=mod, earned=5, spendable=5, reason=REASON)

    assert points_of(mod) == (0, 0)


@pytest.mark.parametrize(
    ("earned", "spendable", "reason"),
    [(5, 5, "because"), (5, 5, ""), (0, 0, REASON), (10_001, 0, REASON), (0, -10_001, REASON)],
)
def test_a_correction_needs_a_reason_and_an_amount(
    manager: Any, bob: Any, points_of: Any, earned: int, spendable: int, reason: str
) -> None:
    with pytest.raises(Invalid):
        adjust(actor=manager, member=bob, earned=earned, spendable=spendable, reason=reason)

    assert points_of(bob) == (0, 0)


def test_a_form_sent_twice_counts_once(manager: Any, bob: Any, points_of: Any) -> None:
    for _time in range(2):
        adjust(actor=manager, member=bob, earned=5, spendable=5, reason=REASON, key="form-1")

    assert points_of(bob) == (5, 5)


def test_the_key_of_a_correction_is_good_for_that_correction_only(
    manager: Any, bob: Any, alice: Any, points_of: Any
) -> None:
    adjust(actor=manager, member=bob, earned=5, spendable=5, reason=REASON, key="form-1")

    for member, points in ((alice, 5), (bob, 6)):
        with pytest.raises(Conflict) as refusal:
            adjust(actor=manager, member=member, earned=points, spendable=5, reason=REASON, key="form-1")
        assert refusal.value.code == "key_reused"

    assert (points_of(bob), points_of(alice)) == ((5, 5), (0, 0))


def test_a_correction_cannot_take_more_than_there_is(
    manager: Any, bob: Any, built: Transfer, points_of: Any
) -> None:
    with pytest.raises(Refused, match="1 to go"):
        adjust(actor=manager, member=bob, earned=0, spendable=-101, reason=REASON)

    assert points_of(bob) == (100, 100)


def test_spending_leaves_what_was_earned(bob: Any, built: Transfer, points_of: Any) -> None:
    spend(actor=bob, amount=40, scope="shop", key="1", memo="Enamel mug")

    assert points_of(bob) == (100, 60)


def test_spending_more_than_there_is_says_how_many_are_missing(
    bob: Any, built: Transfer, points_of: Any
) -> None:
    with pytest.raises(Refused, match="58 to go"):
        spend(actor=bob, amount=158, scope="shop", key="1", memo="Field repair kit")

    assert points_of(bob) == (100, 100)


def test_a_key_cannot_be_used_for_something_else(bob: Any, built: Transfer, points_of: Any) -> None:
    spend(actor=bob, amount=40, scope="shop", key="1", memo="Enamel mug")
    with pytest.raises(Conflict):
        spend(actor=bob, amount=41, scope="shop", key="1", memo="Enamel mug")

    assert points_of(bob) == (100, 60)


def test_the_suspended_do_not_spend(manager: Any, mallory: Any, points_of: Any) -> None:
    adjust(actor=manager, member=mallory, earned=50, spendable=50, reason=REASON)
    with pytest.raises(Refused):
        spend(actor=mallory, amount=10, scope="shop", key="1", memo="Enamel mug")

    assert points_of(mallory) == (50, 50)


def test_what_was_spent_already_is_owed_and_settled_by_the_next_award(
    bob: Any, built: Transfer, points_of: Any
) -> None:
    spend(actor=bob, amount=70, scope="shop", key="1", memo="Enamel mug")

    withdraw_awards(actor=None, source_type="deed", source_id=1, memo="It was not built after all")
    assert points_of(bob) == (0, 0)
    assert Account.objects.get(owner=bob, kind="owed").balance == -70

    award(actor=None, rule_key="good_deed", member_id=bob.pk, source_type="deed", source_id=2)
    assert points_of(bob) == (100, 30)
    assert Account.objects.get(owner=bob, kind="owed").balance == 0


def test_a_spending_taken_back_returns_the_points(
    manager: Any, bob: Any, built: Transfer, points_of: Any
) -> None:
    spending = spend(actor=bob, amount=70, scope="shop", key="1", memo="Enamel mug")

    reverse(actor=manager, transfer=spending, reason="The mug was out of stock")
    assert points_of(bob) == (100, 100)

    with pytest.raises(Conflict):
        reverse(actor=manager, transfer=spending, reason="The mug was out of stock")
    assert points_of(bob) == (100, 100)


def test_members_take_nothing_back(alice: Any, built: Transfer, bob: Any, points_of: Any) -> None:
    for actor in (alice, bob):
        with pytest.raises(Refused):
            reverse(actor=actor, transfer=built, reason="I do not like it at all")

    assert points_of(bob) == (100, 100)


def test_an_award_needs_a_rule_in_force_and_a_member_who_earns(mod: Any, alice: Any) -> None:
    assert award(actor=None, rule_key="unheard_of", member_id=alice.pk, source_type="x", source_id=1) is None
    assert award(actor=None, rule_key="good_deed", member_id=mod.pk, source_type="x", source_id=1) is None
    assert (
        award(
            actor=None,
            rule_key="good_deed",
            member_id=alice.pk,
            source_type="x",
            source_id=1,
            giver_id=alice.pk,
        )
        is None
    )
    assert not Transfer.objects.exists()
