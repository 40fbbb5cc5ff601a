"""Celery's way into rituals."""

import datetime as dt
import logging

from celery import shared_task
from django.utils import timezone

from rewards.rituals.actions import greet_everybody, recount_by_new_rules, recount_rhythms

logger = logging.getLogger(__name__)


@shared_task(name="rituals.recount")
def mend_rhythms() -> int:
    """Count everybody's weeks again. Returns of how many something differed."""
    differed = recount_rhythms()
    if differed:
        logger.warning("rituals: rhythms of %s members differed from their posts and were mended", differed)
    return differed


@shared_task(name="rituals.count_anew")
def count_by_new_rules() -> bool:
    """Count everybody by changed rules, if they were changed. Returns whether it was due."""
    return recount_by_new_rules()


@shared_task(name="rituals.greet")
def greet_on_their_day() -> int:
    """Greet whoever has a day that comes round. Returns how many."""
    with timezone.override(dt.UTC):
        return greet_everybody(actor=None, now=timezone.now())
