"""Celery's way into quests."""

from celery import shared_task

from rewards.quests.actions import close_over, recompute_quests


@shared_task(name="quests.heal")
def heal_quests() -> int:
    """Count running quests for everybody, then close those that are over. Returns how many members finished one."""
    finished = recompute_quests()
    close_over(actor=None)
    return finished
