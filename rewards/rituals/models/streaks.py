"""The weeks, or days, that counted."""

from django.conf import settings
from django.db import models


class StreakPeriod(models.Model):
    """A week (by its Monday) or a day of a member, on their own clock, in which something counted, and how much.

    Counted from posts and never added to: what keeps it up to date and what counts everything anew are one statement
    (`counting.py`). How long a run is follows from these rows (`runs.py`).
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    starts_on = models.DateField()
    contributions = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "starts_on"], name="streak_period_once")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.starts_on}"
