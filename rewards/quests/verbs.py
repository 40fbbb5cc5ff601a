"""What can happen in quests."""

from typing import TypedDict

from community.activity.changes import Changed
from community.activity.registry import verb


class QuestTaken(TypedDict):
    """Which quest, by address and name, and which member."""

    quest: str
    name: str
    member_id: int


class QuestReached(TypedDict):
    """Which quest, how many it was to be, and how many it was by then."""

    quest: str
    name: str
    goal: int
    reached: int


class QuestChanged(Changed):
    """Staff made or changed a quest or its steps; `fields` by name, from what and to what."""

    quest: str


QUEST_BEGUN = verb("quest.begun", QuestTaken, "A member joined a quest, or did the first thing that counts.")
QUEST_LEFT = verb("quest.left", QuestTaken, "A member left a quest.")
QUEST_FINISHED = verb(
    "quest.finished",
    QuestTaken,
    "A member did all steps of a quest, or had a part in what was reached together.",
)
QUEST_REACHED = verb("quest.reached", QuestReached, "Members reached the goal of a quest together.")
QUEST_CHANGED = verb("quest.changed", QuestChanged, "Staff made or changed a quest.")
