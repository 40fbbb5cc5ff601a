"""Campaigns: for some days, some rules give more. A change is a new version; an award keeps the version it was paid by."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rewards.points.models.programmes import InProgramme

LEAST_FACTOR, MOST_FACTOR = 101, 1000


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Filters for campaigns."""

    def in_force(self) -> Self:
        """The latest version of each campaign, over or not."""
        return self.filter(replaced_at=None)


class Campaign(InProgramme):
    """One version of one campaign. Empty lists mean: everywhere, every rule."""

    key = models.SlugField(_("key"), max_length=40)
    version = models.PositiveIntegerField(default=1, editable=False)
    name = models.CharField(_("name"), max_length=80)
    factor = models.PositiveSmallIntegerField(
        _("factor in percent"),
        default=200,
        validators=[MinValueValidator(LEAST_FACTOR), MaxValueValidator(MOST_FACTOR)],
    )
    active_from = models.DateTimeField(_("from"))
    active_to = models.DateTimeField(_("until"))
    space_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    rule_keys = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    is_active = models.BooleanField(_("pays"), default=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("points campaign")
        verbose_name_plural = _("points campaigns")
        ordering = ("-active_from", "key", "-version")
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="campaign_version_once"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(replaced_at=None), name="campaign_in_force_once"
            ),
            models.CheckConstraint(condition=Q(factor__gt=100), name="campaign_gives_more"),
            models.CheckConstraint(condition=Q(active_to__gt=F("active_from")), name="campaign_ends_later"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a time that ends before it begins."""
        if self.active_from and self.active_to and self.active_to <= self.active_from:
            raise ValidationError({"active_to": _("Choose a time after the beginning.")})


class Boost(models.Model):
    """What a campaign made of one award: `base` is what the rule alone gives."""

    transfer = models.OneToOneField(
        "points.Transfer", on_delete=models.PROTECT, related_name="boost", primary_key=True
    )
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="boosts")
    base = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("points campaign")
        verbose_name_plural = _("points campaigns")

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.base}"
