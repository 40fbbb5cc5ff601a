"""Where points to spend came from and until when they count: lots, what took from them, and the programme's policy of expiry.

`Lot.remaining` of a member's account add up to its balance. Spending takes from the lot that expires first, then the oldest,
and allocations say how much of which, so that what is undone goes back to where it came from.
"""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rewards.points.models.ledger import Account, Transfer

MAIN = "main"


class Expiry(models.TextChoices):
    """When points to spend stop counting. Points earned never do."""

    NEVER = "never", _("Never")
    ROLLING = "rolling", _("Some months after they came, at the end of that month")
    FIXED = "fixed", _("On one day of every year")
    INACTIVITY = "inactivity", _("Some months after the last earning or spending")


class Programme(models.Model):
    """What a brand calls its points, and how long they count. `switched_at` is when the clocks of the policy started."""

    key = models.SlugField(max_length=40, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    expiry = models.CharField(
        _("points to spend expire"), max_length=10, choices=Expiry.choices, default=Expiry.NEVER
    )
    months = models.PositiveSmallIntegerField(
        _("months"), default=12, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    month = models.PositiveSmallIntegerField(
        _("month of the year"), default=12, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        _("day of the month"), default=31, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    switched_at = models.DateTimeField(default=timezone.now, editable=False)
    # Which policy this is; lots remember by which one they were dated.
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("points programme")
        verbose_name_plural = _("points programmes")

    def __str__(self) -> str:
        return self.name


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
