"""Celery's way into points."""

import json
import logging
from collections.abc import Callable

from celery import shared_task

from rewards.points import audit
from rewards.points.actions import (
    expire_holds,
    expire_points,
    refresh_active,
    refresh_lots,
    settle_lots,
    settle_warnings,
)
from rewards.points.earning.final import pay_due
from rewards.points.totals import keep_totals

logger = logging.getLogger(__name__)


@shared_task(name="points.audit")
def audit_ledger() -> int:
    """Check the ledger's promises; what does not hold is an error in the log. Returns how many do not."""
    breaches = audit.audit_ledger()
    if breaches:
        logger.error("ledger audit: %s", json.dumps(audit.report(breaches), default=str))
    return len(breaches)


@shared_task(name="points.pay_due")
def pay_what_is_due() -> int:
    """Pay the awards that have become final. Returns how many were settled."""
    return pay_due()


@shared_task(name="points.time_out_holds")
def time_out_holds() -> int:
    """Let go of what was held for too long, a few at a time. Returns how many holds that were."""
    return sum(iter(expire_holds, 0))


@shared_task(name="points.keep_totals")
def keep_day_totals() -> int:
    """Count the days that are over, for the overview. Returns how many days those were."""
    return keep_totals()


@shared_task(name="points.expire")
def expire_lots() -> None:
    """What a night does about points that have a date: date what came, tell who has some, move out what is over."""
    _through(settle_lots)
    while refresh_lots():
        pass
    _through(refresh_active)
    while settle_warnings():
        pass
    _through(expire_points)


def _through(step: Callable[[int], int]) -> None:
    """Take a step again and again, from account to account."""
    after = step(0)
    while after:
        after = step(after)
