"""Celery's way into privacy."""

from celery import shared_task

from community.privacy.erasing.running import erase_due, write_letters
from community.privacy.exporting.building import build_waiting
from community.privacy.keeping.running import apply_rules


@shared_task(name="privacy.build_exports", soft_time_limit=1800, time_limit=2100)
def build_exports() -> int:
    """Make copies that members asked for."""
    return build_waiting()


@shared_task(name="privacy.keep", soft_time_limit=540, time_limit=600)
def keep() -> int:
    """Remove what was kept long enough."""
    return sum(apply_rules().values())


@shared_task(name="privacy.erase")
def erase() -> int:
    """Go on with erasures that are due."""
    return erase_due()


@shared_task(name="privacy.write_letters")
def send_letters() -> int:
    """Tell those who are to be erased."""
    return write_letters()
