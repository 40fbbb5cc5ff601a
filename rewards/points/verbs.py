"""What can happen to points."""

from typing import TypedDict

from community.activity.registry import verb


class PointsChanged(TypedDict):
    """One transfer for one member. `kind` is award, reversal, adjustment or spending; totals are after it."""

    member_id: int
    kind: str
    rule: str
    earned: int
    spendable: int
    earned_total: int
    spendable_total: int
    memo: str


class RuleChanged(TypedDict):
    """An earning rule got a new version; `before` and `after` hold the fields that differ."""

    key: str
    version: int
    before: dict[str, object]
    after: dict[str, object]


POINTS_CHANGED = verb(
    "points.changed", PointsChanged, "A member earned, spent or lost points, or staff corrected them."
)
RULE_CHANGED = verb("points.rule_changed", RuleChanged, "Staff changed, paused or resumed an earning rule.")
