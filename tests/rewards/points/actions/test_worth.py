"""What points are worth to the brand is set by managers, written down, and refused where it cannot be."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Invalid, Refused
from rewards.points.actions import set_worth
from rewards.points.models import PointWorth


def test_a_value_is_kept_and_said_with_what_it_was(manager: Any) -> None:
    set_worth(actor=manager, changes={"per_hundred": 50, "currency": "GBP"})
    set_worth(actor=manager, changes={"per_hundred": None})
    set_worth(actor=manager, changes={"per_hundred": None})

    said = (
        Activity.objects.filter(verb="points.worth_changed").order_by("pk").values_list("payload", flat=True)
    )
    assert list(said) == [{"before": "0 EUR", "after": "50 GBP"}, {"before": "50 GBP", "after": "0 GBP"}]


@pytest.mark.parametrize(
    "changes",
    [
        {"per_hundred": 0},
        {"per_hundred": -1},
        {"per_hundred": 10**9},
        {"currency": "euro"},
        {"currency": "EU"},
    ],
)
def test_what_cannot_be_a_value_changes_nothing(manager: Any, changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        set_worth(actor=manager, changes=changes)

    assert not PointWorth.objects.exclude(per_hundred=None, currency="EUR").exists()


@pytest.mark.parametrize("who", ["alice", "mod"])
def test_only_managers_set_it(who: str, request: Any) -> None:
    with pytest.raises(Refused):
        set_worth(actor=request.getfixturevalue(who), changes={"per_hundred": 5})
