"""Changing what earns points never changes what was paid."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Conflict, Invalid, Refused
from rewards.points.actions import award, change_rule
from rewards.points.models import EarningRule


@pytest.fixture
def rule(db: None) -> EarningRule:
    return EarningRule.objects.in_force().get(key="good_deed")


def pay(member: Any, source_id: int) -> Any:
    return award(
        actor=None, rule_key="good_deed", member_id=member.pk, source_type="deed", source_id=source_id
    )


def test_a_change_is_a_new_version_and_history_stays(
    manager: Any, bob: Any, rule: EarningRule, points_of: Any
) -> None:
    before = pay(bob, 1)
    fresh = change_rule(actor=manager, rule=rule, changes={"points": 50})
    after = pay(bob, 2)

    assert (fresh.version, fresh.changed_by, before.rule.points, after.rule.points) == (2, manager, 100, 50)
    assert points_of(bob) == (150, 150)
    told = Activity.objects.get(verb="points.rule_changed")
    assert (told.payload["before"], told.payload["after"]) == ({"points": 100}, {"points": 50})


def test_the_same_source_is_not_paid_again_by_the_new_version(
    manager: Any, bob: Any, rule: EarningRule
) -> None:
    pay(bob, 1)
    change_rule(actor=manager, rule=rule, changes={"points": 50})

    assert pay(bob, 1) is None


def test_a_change_to_what_it_is_already_is_no_change(manager: Any, rule: EarningRule) -> None:
    assert change_rule(actor=manager, rule=rule, changes={"points": 100}) == rule
    assert EarningRule.objects.filter(key="good_deed").count() == 1


def test_an_old_version_cannot_be_changed(manager: Any, rule: EarningRule) -> None:
    change_rule(actor=manager, rule=rule, changes={"points": 50})
    with pytest.raises(Conflict):
        change_rule(actor=manager, rule=rule, changes={"points": 60})

    assert EarningRule.objects.in_force().get(key="good_deed").points == 50


@pytest.mark.parametrize(
    "changes",
    [
        {"points": 0},
        {"points": 5000},
        {"conditions": {"wealth": 3}},
        {"conditions": {"once": "yes"}},
        {"conditions": []},
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(manager: Any, rule: EarningRule, changes: Any) -> None:
    with pytest.raises(Invalid):
        change_rule(actor=manager, rule=rule, changes=changes)

    assert EarningRule.objects.filter(key="good_deed").count() == 1


def test_members_and_moderators_change_no_rule(alice: Any, mod: Any, rule: EarningRule) -> None:
    for actor in (alice, mod):
        with pytest.raises(Refused):
            change_rule(actor=actor, rule=rule, changes={"points": 1})

    assert EarningRule.objects.in_force().get(key="good_deed").points == 100
