"""The derived numbers of threads, posts, tags, spaces and members: moved by steps, healed from the truth."""

from community.threads.counters.contributions import concerned
from community.threads.counters.recounting import Drift, recount, recount_after_import
from community.threads.counters.steps import (
    count_in_space,
    count_tags,
    is_counted,
    move_between_spaces,
    move_reactions,
    name_tags,
    recount_last_post,
)
from community.threads.counters.truth import COUNTERS, POLL_OPTIONS, POLLS, Counter, recount_rows

__all__ = [
    "COUNTERS",
    "POLLS",
    "POLL_OPTIONS",
    "Counter",
    "Drift",
    "concerned",
    "count_in_space",
    "count_tags",
    "is_counted",
    "move_between_spaces",
    "move_reactions",
    "name_tags",
    "recount",
    "recount_after_import",
    "recount_last_post",
    "recount_rows",
]
