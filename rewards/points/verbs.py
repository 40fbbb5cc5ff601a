"""What can happen to points."""

from typing import TypedDict

from community.activity.registry import verb


class PointsChanged(TypedDict):
    """One transfer for one member in one programme. `kind` is award, reversal, adjustment, spending or expiry; totals are after it."""

    member_id: int
    programme: str
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


class CampaignChanged(TypedDict):
    """A campaign was planned, changed or stopped; `before` and `after` hold the fields that differ."""

    key: str
    version: int
    before: dict[str, object]
    after: dict[str, object]


class PointsHeld(TypedDict):
    """Some of a member's points are set aside until `expires_at`."""

    member_id: int
    amount: int
    memo: str
    expires_at: str


class HoldEnded(TypedDict):
    """What was set aside was spent (`captured` of it), let go or timed out. `how` is captured, released or expired."""

    member_id: int
    how: str
    amount: int
    captured: int
    memo: str
    reason: str


class PointsExpiring(TypedDict):
    """So many points to spend reach their date, `days` days from then at most."""

    member_id: int
    amount: int
    expires_at: str
    days: int


class ProgrammeChanged(TypedDict):
    """How long points count, or what they are called, changed; `before` and `after` hold what differs."""

    key: str
    before: dict[str, object]
    after: dict[str, object]


class AdjustmentProposed(TypedDict):
    """A manager wants a correction that takes two."""

    member_id: int
    earned: int
    spendable: int
    reason: str


class AdjustmentDecided(TypedDict):
    """Another manager confirmed or declined it (`how`)."""

    member_id: int
    proposed_by_id: int
    how: str
    earned: int
    spendable: int
    reason: str


class PendingMoved(TypedDict):
    """What became of an award on its way (`how`): made, final, undone with what earned it, stopped or let go on by the team."""

    member_id: int
    rule: str
    points: int
    how: str
    due_at: str
    reason: str


class WorthChanged(TypedDict):
    """What a hundred points are worth, from what to what: an amount in the smallest unit, with its currency."""

    before: str
    after: str


POINTS_CHANGED = verb(
    "points.changed", PointsChanged, "A member earned, spent or lost points, or staff corrected them."
)
POINTS_HELD = verb("points.held", PointsHeld, "Points of a member were set aside.")
HOLD_ENDED = verb(
    "points.hold_ended", HoldEnded, "Points that were set aside were spent, let go, or free again by time."
)
PENDING_MOVED = verb(
    "points.pending_moved",
    PendingMoved,
    "Points came on their way, became final, or did not come after all.",
)
POINTS_EXPIRING = verb(
    "points.expiring", PointsExpiring, "Points to spend of a member reach their date soon."
)
PROGRAMME_CHANGED = verb(
    "points.programme_changed",
    ProgrammeChanged,
    "Staff changed how long points count or what they are called.",
)
ADJUSTMENT_PROPOSED = verb(
    "points.adjustment_proposed",
    AdjustmentProposed,
    "Staff proposed a correction that takes a second person.",
)
ADJUSTMENT_DECIDED = verb(
    "points.adjustment_decided", AdjustmentDecided, "Staff confirmed or declined a proposed correction."
)
WORTH_CHANGED = verb(
    "points.worth_changed", WorthChanged, "Staff changed what points are worth to the brand."
)
RULE_CHANGED = verb("points.rule_changed", RuleChanged, "Staff changed, paused or resumed an earning rule.")
CAMPAIGN_CHANGED = verb(
    "points.campaign_changed", CampaignChanged, "Staff planned, changed or stopped a campaign."
)
