"""Celery's way into points."""

import json
import logging

from celery import shared_task

from rewards.points import audit

logger = logging.getLogger(__name__)


@shared_task(name="points.audit")
def audit_ledger() -> int:
    """Check the ledger's promises; what does not hold is an error in the log. Returns how many do not."""
    breaches = audit.audit_ledger()
    if breaches:
        logger.error("ledger audit: %s", json.dumps(audit.report(breaches), default=str))
    return len(breaches)
