"""Finding, and what helps to find."""

from community.search.queries.find import FEW, PAGE, Found, Hit, Near, near, read_cursor, search_threads
from community.search.queries.mending import Suggestion, near_titles
from community.search.queries.narrowing import Chip, Narrowed, choice_label, narrow
from community.search.queries.people import search_members
from community.search.queries.recent import recent_searches
from community.search.queries.suggesting import NOTHING, Completion, Offers, Place, offers, places, suggest

__all__ = [
    "FEW",
    "NOTHING",
    "PAGE",
    "Chip",
    "Completion",
    "Found",
    "Hit",
    "Narrowed",
    "Near",
    "Offers",
    "Place",
    "Suggestion",
    "choice_label",
    "narrow",
    "near",
    "near_titles",
    "offers",
    "places",
    "read_cursor",
    "recent_searches",
    "search_members",
    "search_threads",
    "suggest",
]
