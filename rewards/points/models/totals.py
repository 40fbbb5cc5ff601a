"""What moved on each day, gone through once when the day is over; and what points are worth to the brand."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rewards.points.models.ledger import TransferKind


class DayTotal(models.Model):
    """What was booked on one day (UTC) of one kind by one rule. What was taken back counts against the kind it took back.

    Rows of the ledger never change, so neither does a day that is over: it is counted once, and may be counted again.
    """

    day = models.DateField()
    kind = models.CharField(max_length=10, choices=TransferKind.choices)
    rule_key = models.CharField(max_length=40, blank=True, default="")
    times = models.PositiveIntegerField()
    earned = models.BigIntegerField()
    spendable = models.BigIntegerField()

    class Meta:
        verbose_name = _("points of a day")
        verbose_name_plural = _("Points at a glance")
        constraints = [
            models.UniqueConstraint(fields=["day", "kind", "rule_key"], name="day_total_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.rule_key} {self.spendable:+d}"


class PointWorth(models.Model):
    """What a hundred points to spend are worth to the brand, in the smallest unit of its currency. One row, or none."""

    per_hundred = models.PositiveIntegerField(
        _("what 100 points are worth"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1_000_000)],
        help_text=_(
            "In the smallest unit of the currency: 100 cents are 1.00. Leave it empty to show no money."
        ),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="EUR",
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters, such as EUR."))],
        help_text=_("Three capital letters, such as EUR."),
    )

    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("what points are worth")
        verbose_name_plural = _("what points are worth")

    def __str__(self) -> str:
        return f"{self.per_hundred or 0} {self.currency}"
