"""The derived numbers of threads, posts, tags, spaces and members: moved by steps, healed from the truth."""

from community.threads.counters.contributions import concerned
from community.threads.counters.recounting import Drift, recount, recount_after_import
from community.threads.counters.steps import (
    change_thread_state,
    count_in_space,
    count_tags,
    is_counted,
    move_between_spaces,
    move_reactions,
    name_tags,
    recount_last_post,
)
from community.threads.counters.truth import (
    ACCEPTED,
    COUNTERS,
    HELPED,
    POLL_OPTIONS,
    POLLS,
    THREADS,
    WRITTEN,
    Counter,
    recount_rows,
)

__all__ = [
    "ACCEPTED",
    "COUNTERS",
    "HELPED",
    "POLLS",
    "POLL_OPTIONS",
    "THREADS",
    "WRITTEN",
    "Counter",
    "Drift",
    "change_thread_state",
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
