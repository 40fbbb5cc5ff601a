"""What can happen between members and their pages."""

from typing import TypedDict

from community.activity.registry import verb


class BannerChanged(TypedDict):
    """Whether there is one now."""

    is_set: bool


class IgnoredByMany(TypedDict):
    """How many members ignore somebody; not who they are."""

    count: int
    handle: str


BANNER_CHANGED = verb("member.banner_changed", BannerChanged, "A member’s banner was set or taken away.")
IGNORED_BY_MANY = verb(
    "member.ignored_by_many", IgnoredByMany, "So many members ignore somebody that the team should know."
)
