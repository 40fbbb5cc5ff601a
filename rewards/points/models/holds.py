"""Points set aside for something that is not settled yet: reserved, then taken (whole or in part), let go, or timed out."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rewards.points.models.ledger import Account, Transfer

# Holds that managers put on points of others; their members cannot end those.
REVIEW_SCOPE = "review"


class HoldState(models.TextChoices):
    """What became of a hold. Everything but `OPEN` is the end; a trigger refuses another."""

    OPEN = "open", _("Held")
    CAPTURED = "captured", _("Spent")
    RELEASED = "released", _("Let go")
    EXPIRED = "expired", _("Timed out")


class HoldQuerySet(models.QuerySet["Hold"]):
    """Filters for holds."""

    def open(self) -> Self:
        """What is set aside now."""
        return self.filter(state=HoldState.OPEN)

    def overdue(self) -> Self:
        """What is set aside and should not be any more. The database's clock decides."""
        return self.open().filter(expires_at__lte=Now())


class Hold(models.Model):
    """So many points of a member, set aside until `expires_at`.

    They stay in the member's account, whose `held` is the sum of its open holds. The part that was not `captured` is free
    again when the hold ends.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="holds")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="point_holds",
    )
    amount = models.BigIntegerField()
    captured = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=HoldState.choices, default=HoldState.OPEN)
    scope = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    memo = models.CharField(max_length=300)
    transfer = models.OneToOneField(
        Transfer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hold",
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("held points")
        verbose_name_plural = _("held points")
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="hold_key_once"),
            models.CheckConstraint(condition=Q(amount__gte=1), name="hold_sets_something_aside"),
            models.CheckConstraint(
                condition=Q(state="open", captured=0, transfer__isnull=True, ended_at__isnull=True)
                | Q(state="captured", captured__gte=1, transfer__isnull=False, ended_at__isnull=False)
                | Q(
                    state__in=["released", "expired"],
                    captured=0,
                    transfer__isnull=True,
                    ended_at__isnull=False,
                ),
                name="hold_ends_one_way",
            ),
            models.CheckConstraint(condition=Q(captured__lte=F("amount")), name="hold_takes_no_more"),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(state="open"), name="hold_due"),
            models.Index(fields=["member", "-id"], name="hold_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.state}"
