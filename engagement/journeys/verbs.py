"""What can happen on a member's way."""

from typing import TypedDict

from community.activity.registry import verb


class AnniversaryReached(TypedDict):
    """How many years."""

    years: int


ANNIVERSARY_REACHED = verb(
    "anniversary.reached", AnniversaryReached, "A member joined this many years ago today."
)
