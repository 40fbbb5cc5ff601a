"""What can happen to numbers."""

from typing import Any, TypedDict

from community.activity.registry import verb


class NumberChanged(TypedDict):
    """Which number, what was in force, and what is."""

    key: str
    before: Any
    after: Any


NUMBER_CHANGED = verb(
    "number.changed",
    NumberChanged,
    "A manager changed a number of the community, or set it back to its default.",
)
