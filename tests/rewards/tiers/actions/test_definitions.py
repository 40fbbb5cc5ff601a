"""How tiers are reached is changed by managers, within bounds, and written down."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Invalid, Refused
from rewards.tiers.actions import save_tier_rules
from rewards.tiers.models import TierRules


def test_rules_are_changed_and_written_down_once(manager: Any) -> None:
    save_tier_rules(actor=manager, changes={"basis": "year", "may_fall": True})
    save_tier_rules(actor=manager, changes={"basis": "year"})

    assert TierRules.objects.get().basis == "year"
    [told] = Activity.objects.filter(verb="tier.rules_changed")
    assert told.payload["fields"] == ["basis", "may_fall"]


@pytest.mark.parametrize(
    "changes", [{"basis": "mood"}, {"months": 0}, {"months": 61}, {"grace_days": 367}, {"grace_days": -1}]
)
def test_rules_that_make_no_sense_are_refused(manager: Any, changes: Any) -> None:
    with pytest.raises(Invalid):
        save_tier_rules(actor=manager, changes=changes)

    assert not Activity.objects.filter(verb="tier.rules_changed").exists()


def test_only_managers_change_the_rules(alice: Any, mod: Any) -> None:
    for actor in (alice, mod):
        with pytest.raises(Refused):
            save_tier_rules(actor=actor, changes={"basis": "year"})

    assert not TierRules.objects.exists()
