"""How tiers are reached and left."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.activity.one_row import THE_ROW


class Basis(models.TextChoices):
    """Which points decide a tier."""

    LIFETIME = "lifetime", _("All points ever earned")
    MONTHS = "months", _("Points of the last months")
    YEAR = "year", _("Points of the calendar year, or of the one before")


class TierRules(models.Model):
    """How tiers are reached and left. There is one row; without it, these defaults are in force: calm, and for life."""

    basis = models.CharField(
        _("which points decide"), max_length=8, choices=Basis.choices, default=Basis.LIFETIME
    )
    months = models.PositiveSmallIntegerField(
        _("months that count"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Only for the points of the last months."),
    )
    may_fall = models.BooleanField(
        _("tiers can be lost"),
        default=False,
        help_text=_(
            "Otherwise nobody falls by being away, which is what we recommend. All points ever earned never fall."
        ),
    )
    grace_days = models.PositiveSmallIntegerField(
        _("days before a tier is lost"),
        default=60,
        validators=[MaxValueValidator(366)],
        help_text=_(
            "Members are told at the start, then fall one tier at a time. 0: at the next evaluation."
        ),
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("rules of tiers")
        verbose_name_plural = _("rules of tiers")
        constraints = [models.CheckConstraint(condition=Q(pk=THE_ROW), name="tier_rules_once")]

    def __str__(self) -> str:
        return str(Basis(self.basis).label)

    @property
    def is_windowed(self) -> bool:
        """Whether points count for a time only."""
        return self.basis != Basis.LIFETIME
