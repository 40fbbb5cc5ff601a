"""Celery's way into threads."""

import logging

from celery import shared_task

from community.members.profiles.actions import set_month_posts
from community.threads import behind, looking_after, ranking, retagging, ringing, view_counter
from community.threads.actions import close_due_polls
from community.threads.counters import recount as recount_counters
from community.threads.queries.written import posts_of_a_month

logger = logging.getLogger(__name__)


@shared_task(name="threads.flush_views")
def flush_views() -> int:
    """Write the views of the last minute to their threads."""
    return view_counter.flush_views()


@shared_task(name="threads.rank_lately", soft_time_limit=240, time_limit=300)
def rank_lately() -> None:
    """Rank what happened lately anew."""
    ranking.rank_threads(ranking.LATELY)


@shared_task(name="threads.rank_all", soft_time_limit=840, time_limit=900)
def rank_all() -> None:
    """Rank all threads anew, the oldest too."""
    ranking.rank_threads()


@shared_task(name="threads.recount", soft_time_limit=1500, time_limit=1800)
def recount() -> int:
    """Heal derived numbers. Any drift is a fault somewhere, so it is said aloud."""
    behind.tell_everyone()
    drifts = recount_counters()
    for drift in drifts:
        logger.error(
            "%s rows of %s had drifted in %s: %s", drift.rows, drift.table, drift.columns, drift.examples
        )
    return sum(drift.rows for drift in drifts)


@shared_task(name="threads.look_after_questions", soft_time_limit=240, time_limit=300)
def look_after_questions() -> int:
    """Ask whether questions are solved, remind of what is missing, and close what got nothing."""
    return looking_after.follow_up() + looking_after.nudge() + looking_after.close_waiting()


@shared_task(name="threads.retag", soft_time_limit=240, time_limit=300)
def retag() -> int:
    """Move threads from words that became synonyms to their tags."""
    return retagging.retag()


@shared_task(name="threads.close_polls", soft_time_limit=50, time_limit=60)
def close_polls() -> int:
    """Write down that polls whose time has come are closed."""
    return close_due_polls()


@shared_task(name="threads.count_month", soft_time_limit=240, time_limit=300)
def count_month() -> int:
    """Count who posted how much in the last thirty days, for the order of the directory."""
    return set_month_posts(actor=None, counts=posts_of_a_month())


@shared_task(name="threads.ring_timers", soft_time_limit=50, time_limit=60)
def ring_timers() -> int:
    """Let happen to threads what their timers say."""
    return ringing.ring_timers()
