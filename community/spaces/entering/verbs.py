"""What happens at doors."""

from typing import TypedDict

from community.activity.registry import verb


class EntryAsked(TypedDict):
    """Who asked, and in which words."""

    member_id: int
    words: str


class EntryAnswered(TypedDict):
    """What came of it, and the word that goes with it."""

    member_id: int
    accepted: bool
    answer: str


ENTRY_ASKED = verb("space.entry_asked", EntryAsked, "A member asked to be let into a private space.")
ENTRY_ANSWERED = verb(
    "space.entry_answered",
    EntryAnswered,
    "A request to be let into a private space was answered or withdrawn.",
)
