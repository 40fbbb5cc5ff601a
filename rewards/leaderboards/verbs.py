"""What can happen to leaderboards."""

from community.activity.changes import Changed
from community.activity.registry import verb


class BoardChanged(Changed):
    """Staff added or changed a list; `fields` by name, from what and to what."""

    board: str


BOARD_CHANGED = verb("leaderboard.changed", BoardChanged, "Staff added or changed a leaderboard.")
