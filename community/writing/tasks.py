"""Celery's way into writing."""

from celery import shared_task

from community.writing.card_fetching import fetch_due_cards, show_changed_cards
from community.writing.renewing import renew_all


@shared_task(name="writing.renew", soft_time_limit=50, time_limit=60)
def renew() -> int:
    """Render texts again that an earlier version of the renderer wrote: for half of each minute at most."""
    return renew_all(seconds=30)


@shared_task(name="writing.fetch_cards", soft_time_limit=240, time_limit=300)
def fetch_cards() -> int:
    """Ask pages for the cards of links to them, and show what came."""
    return fetch_due_cards() + show_changed_cards()
