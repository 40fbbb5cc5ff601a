"""Celery's way into leaderboards."""

import logging

from celery import shared_task

from rewards.leaderboards.sums import rebuild

logger = logging.getLogger(__name__)


@shared_task(name="leaderboards.rebuild")
def rebuild_leaderboards() -> int:
    """Count all sums again. What differed is mended, and is an error in the log. Returns how many did."""
    differed = rebuild()
    if differed:
        logger.error("leaderboards: %s sums of days differed from the ledger and were mended", differed)
    return differed
