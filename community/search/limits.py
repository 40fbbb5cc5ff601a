"""How often anyone may search (security-and-reliability 5.6), and how much is looked at."""

from typing import TYPE_CHECKING

from community.limits import Limit, spend_as_reader

if TYPE_CHECKING:
    from community.members.models import Member

SEARCH = Limit("search.search", ("30/min", "30/min", "30/min", "60/min"))
SUGGEST = Limit("search.suggest", ("120/min", "120/min", "120/min", "240/min"))
GUEST_RATES = {"search.search": "30/min", "search.suggest": "120/min"}

# Longer questions are cut: nobody types them, and every word costs.
LONGEST_QUERY = 200
# Ranking reads each match; beyond this many only the newest are ranked.
RANKED = 2000
# How many questions of a member are kept for them, and how often one may be kept.
RECENT = 10
REMEMBER = Limit("search.remember", ("60/min", "60/min", "60/min", "60/min"))


def spend(limit: Limit, viewer: "Member | None", network: str) -> None:
    """Count one question of a member, or of a guest's network. Raises `RateLimited`."""
    spend_as_reader(limit, viewer, network, GUEST_RATES[limit.name])
