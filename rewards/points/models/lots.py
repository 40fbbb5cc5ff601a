"""Where points to spend came from and until when they count: lots, and what took from them.

`Lot.remaining` of a member's account add up to its balance. Spending takes from the lot that expires first, then the oldest,
and allocations say how much of which, so that what is undone goes back to where it came from.
"""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from rewards.points.models.ledger import Account, Transfer


class LotQuerySet(models.QuerySet["Lot"]):
    """Filters for lots."""

    def open(self) -> Self:
        """Of what something is left."""
        return self.filter(remaining__gt=0)

    def overdue(self) -> Self:
        """Of what something is left that does not count any more. The database's clock decides."""
        return self.open().filter(expires_at__lte=Now())


class Lot(models.Model):
    """Points that came into an account together. Without a transfer: the balance from before lots were kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="lots")
    transfer = models.OneToOneField(
        Transfer, null=True, blank=True, on_delete=models.PROTECT, related_name="lot"
    )
    amount = models.BigIntegerField()
    remaining = models.BigIntegerField()
    came_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    dated_for = models.PositiveIntegerField(default=0)

    objects = LotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=1, remaining__gte=0, remaining__lte=F("amount")),
                name="lot_within_itself",
            )
        ]
        indexes = [
            models.Index(
                fields=["account", "expires_at", "came_at", "id"],
                condition=Q(remaining__gt=0),
                name="lot_order",
            ),
            models.Index(
                fields=["expires_at"],
                condition=Q(remaining__gt=0, expires_at__isnull=False),
                name="lot_expiring",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.remaining}/{self.amount}"


class Allocation(models.Model):
    """How much of a lot a transfer took (below zero) or gave back. Without one: put right where lots had not been kept."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="allocations")
    transfer = models.ForeignKey(
        Transfer, null=True, blank=True, on_delete=models.PROTECT, related_name="allocations"
    )
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lot", "transfer"], name="allocation_once_per_lot"),
            models.CheckConstraint(condition=~Q(amount=0), name="allocation_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount:+d}"


class ExpiryWarning(models.Model):
    """That the owner of an account was told what expires on a day, so many days before. Each is told once."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="expiry_warnings")
    expires_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "expires_at", "days"], name="expiry_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.expires_at:%Y-%m-%d} -{self.days}"
