"""What rituals keep."""

from rewards.rituals.models.choices import RitualChoices
from rewards.rituals.models.greetings import Greeting, Ritual
from rewards.rituals.models.rules import Floor, RitualRules, Unit
from rewards.rituals.models.seasons import Season
from rewards.rituals.models.streaks import StreakPeriod

__all__ = ["Floor", "Greeting", "Ritual", "RitualChoices", "RitualRules", "Season", "StreakPeriod", "Unit"]
