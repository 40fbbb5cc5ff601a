"""How often anyone may search (security-and-reliability 5.6), and how much is looked at."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from community.limits import Limit, spend_as_reader
from community.numbers.number import Number

if TYPE_CHECKING:
    from community.members.models import Member

SEARCH = Limit("search.search", ("30/min", "30/min", "30/min", "60/min"), what=_("Search"))
SUGGEST = Limit(
    "search.suggest", ("120/min", "120/min", "120/min", "240/min"), what=_("Be shown finds while typing")
)
GUESTS = {
    "search.search": Limit(
        "search.search_guest", ("30/min",), what=_("Search, from one network without signing in")
    ),
    "search.suggest": Limit(
        "search.suggest_guest",
        ("120/min",),
        what=_("Be shown finds while typing, from one network without signing in"),
    ),
}

# Longer questions are cut: nobody types them, and every word costs.
LONGEST_QUERY = 200
# Ranking reads each match; beyond this many only the newest are ranked.
RANKED = 2000
RECENT = Number(
    "search.recent",
    _("Searches kept for each member"),
    _("Offered to them alone when they search again; older ones are deleted. 0: none is kept."),
    default=10,
    least=0,
    most=50,
)
REMEMBER = Limit(
    "search.remember", ("60/min", "60/min", "60/min", "60/min"), what=_("Keep a search among one’s own")
)


def spend(limit: Limit, viewer: "Member | None", network: str) -> None:
    """Count one question of a member, or of a guest's network. Raises `RateLimited`."""
    spend_as_reader(limit, viewer, network, GUESTS[limit.name])
