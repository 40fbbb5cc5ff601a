"""Celery's way into tiers."""

from celery import shared_task
from django.utils import timezone

from rewards.tiers.actions import expire_early_access, settle_by_time
from rewards.tiers.models import Perk, PerkKind


@shared_task(name="tiers.evaluate")
def evaluate_tiers() -> int:
    """Look at everyone's tier, as every day. Returns how many moved."""
    return settle_by_time()


@shared_task(name="tiers.open_spaces")
def open_spaces() -> int:
    """Open spaces to every member whose time of early access is over. Returns how many."""
    due = Perk.objects.filter(kind=PerkKind.EARLY, opened_at=None, opens_at__lte=timezone.now())
    return sum(expire_early_access(perk=perk) for perk in due.order_by("pk")[:50])
