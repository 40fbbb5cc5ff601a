"""Lists of the demo beside the two that every community starts with: one of a space, one of answers in a year."""

from community.members.models import Member
from community.spaces.models import Space
from rewards.leaderboards.actions import save_board
from rewards.leaderboards.models import Board


def add_lists(members: dict[str, Member], spaces: dict[str, Space]) -> None:
    """Define two lists, once."""
    wanted = (
        (
            "answers",
            {
                "name": "Answers of the year",
                "about": "Whose answers solved it, counted since January.",
                "metric": "accepted",
                "period": "year",
                "position": 30,
            },
        ),
        (
            "gear-talk",
            {
                "name": "Gear talk",
                "about": "Who helped others choose and mend this quarter.",
                "metric": "helping",
                "period": "quarter",
                "space": spaces["gear"],
                "position": 40,
            },
        ),
    )
    for key, fields in wanted:
        if not Board.objects.filter(key=key).exists():
            save_board(actor=members["dewi"], board=Board(key=key), changes=fields)
