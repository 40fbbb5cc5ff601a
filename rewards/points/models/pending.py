"""Awards on their way: outside the ledger until they are final."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PendingState(models.TextChoices):
    """What became of an award that had to wait."""

    WAITING = "waiting", _("Points on their way")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Taken back")
    STOPPED = "stopped", _("Stopped by the team")


class PendingAward(models.Model):
    """What a rule will pay at `due_at`, if it still stands then. It counts for the limits of the day it happened, cancelled or not.

    `taken` of its `points` will not come, because a part of what it is for was refunded. `points` is what fitted into that day, `asked` what rule and campaign give, `base` what the rule alone gives.
    """

    rule = models.ForeignKey("points.EarningRule", on_delete=models.PROTECT, related_name="pending")
    rule_key = models.CharField(max_length=40)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pending_points", db_index=False
    )
    source_type = models.CharField(max_length=20)
    source_id = models.BigIntegerField()
    state = models.CharField(max_length=9, choices=PendingState.choices, default=PendingState.WAITING)
    points = models.PositiveIntegerField()
    asked = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0, db_default=0)
    campaign = models.ForeignKey(
        "points.Campaign", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    giver_id = models.BigIntegerField(null=True, blank=True)
    actor_id = models.BigIntegerField(null=True, blank=True)
    activity_id = models.BigIntegerField(null=True, blank=True)
    thread_id = models.BigIntegerField(null=True, blank=True)
    post_id = models.BigIntegerField(null=True, blank=True)
    memo = models.CharField(max_length=300, blank=True, default="")
    quiet = models.BooleanField(default=False)
    occurred_at = models.DateTimeField()
    day = models.DateField()
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Points on their way")
        verbose_name_plural = _("Points on their way")
        constraints = [
            models.UniqueConstraint(
                fields=["rule_key", "source_type", "source_id", "member"],
                condition=Q(state="waiting"),
                name="pending_once_per_source",
            ),
            models.CheckConstraint(condition=Q(points__gte=1), name="pending_gives_something"),
            models.CheckConstraint(condition=Q(taken__lte=F("points")), name="pending_takes_no_more"),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at=None)
                | (~Q(state="waiting") & Q(settled_at__isnull=False)),
                name="pending_settled_when_over",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="pending_due"),
            models.Index(fields=["member", "-id"], name="pending_member"),
            models.Index(fields=["member", "day"], name="pending_day"),
            models.Index(fields=["source_type", "source_id"], name="pending_source"),
            models.Index(fields=["post_id"], condition=Q(post_id__isnull=False), name="pending_post"),
        ]

    @property
    def to_come(self) -> int:
        """How many points will come."""
        return self.points - self.taken

    def __str__(self) -> str:
        return f"{self.rule_key} {self.points:+d} {self.state}"
