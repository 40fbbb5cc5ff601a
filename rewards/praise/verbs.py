"""What can happen to thanks."""

from typing import TypedDict

from community.activity.changes import Changed
from community.activity.registry import verb


class PraiseGiven(TypedDict):
    """Who thanked whom (`receiver_id`), what for (the key of a kind), and the post it is for, if any. The words stay with the row."""

    receiver_id: int
    kind: str
    post_id: int | None


class PraiseStateChanged(TypedDict):
    """Whoever gave it took it back or gave it again, or the team removed it or showed it again, with its reason."""

    author_id: int | None
    receiver_id: int
    before: str
    after: str
    reason: str


class PraiseReported(TypedDict):
    """A member told the team that thanks need a look."""

    case_id: int
    reason: str


class ShoutOutMade(TypedDict):
    """The team thanked these members; `pinned_until` when it stands on top that long."""

    member_ids: list[int]
    pinned_until: str | None


class ShoutOutChanged(TypedDict):
    """A shout-out was pinned or unpinned, taken back or shown again."""

    before: dict[str, str | None]
    after: dict[str, str | None]


class PraiseKindChanged(Changed):
    """A manager added or changed a reason for thanks; `fields` by name, from what and to what."""

    kind: str


PRAISE_GIVEN = verb("praise.given", PraiseGiven, "A member thanked another.")
PRAISE_STATE_CHANGED = verb(
    "praise.state_changed", PraiseStateChanged, "Thanks were taken back, removed by the team, or shown again."
)
PRAISE_REPORTED = verb("praise.reported", PraiseReported, "A member reported thanks.")
SHOUT_OUT_MADE = verb("praise.shout_out", ShoutOutMade, "The team thanked members with a shout-out.")
SHOUT_OUT_CHANGED = verb(
    "praise.shout_out_changed",
    ShoutOutChanged,
    "A shout-out was pinned, unpinned, taken back or shown again.",
)
PRAISE_KIND_CHANGED = verb(
    "praise.kind_changed", PraiseKindChanged, "A manager added or changed a reason for thanks."
)
