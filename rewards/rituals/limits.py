"""How often rituals may be changed, and which lengths are worth a word."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from community.limits import Limit

CHOOSE = Limit(
    "rituals.choose", ("60/h", "60/h", "60/h", "60/h"), what=_("Change what you chose about rituals")
)

# After how many in a row a calm word is said, once in a life each: a month, a season, half a year, a year.
MILESTONES: Mapping[str, tuple[int, ...]] = {"week": (4, 12, 26, 52), "day": (7, 30, 100, 365)}
# What was reached longer ago is noted and not told: it is no news any more.
NEWS_DAYS = 14
# How many weeks, or days, the page of one's rhythm explains.
EXPLAINED = 12
# How many days late a greeting is still sent, after beat was down. Later it is passed over.
CATCH_UP = 3
# Who contributed so recently takes part, and is greeted when a season begins.
TAKES_PART_DAYS = 60
LONGEST_SEASON = 200
