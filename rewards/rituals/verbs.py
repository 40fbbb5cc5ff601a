"""What can happen to rhythms and rituals."""

from typing import TypedDict

from community.activity.changes import Changed
from community.activity.registry import verb


class StreakReached(TypedDict):
    """A member contributed in so many weeks (or days, by `unit`) in a row for the first time."""

    member_id: int
    number: int
    unit: str


class RitualChoicesChanged(TypedDict):
    """A member changed what they chose about rituals: which fields, not what."""

    fields: list[str]


class RitualRulesChanged(Changed):
    """Staff changed which rituals there are and what counts; `fields` by name, from what and to what."""


class Greeted(TypedDict):
    """A day came round for a member: which ritual, in which period, on which day of theirs (ISO). `name` of the season, and
    in `numbers` what they contributed in it."""

    member_id: int
    ritual: str
    period: str
    day: str
    name: str
    numbers: dict[str, int]


class SeasonChanged(Changed):
    """Staff planned or changed a season; `fields` by name, from what and to what."""

    season: str


STREAK_REACHED = verb(
    "streak.reached", StreakReached, "A member contributed in so many weeks in a row for the first time."
)
RITUAL_CHOICES_CHANGED = verb(
    "ritual.choices_changed", RitualChoicesChanged, "A member changed what they chose about rituals."
)
RITUAL_RULES_CHANGED = verb(
    "ritual.rules_changed", RitualRulesChanged, "Staff changed which rituals there are, and what counts."
)
GREETED = verb("ritual.greeted", Greeted, "A day came round that is kept with a member.")
SEASON_CHANGED = verb("season.changed", SeasonChanged, "Staff planned, changed or called off a season.")
