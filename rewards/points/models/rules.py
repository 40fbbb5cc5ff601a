"""Earning rules: what a contribution is worth. A change is a new version; history keeps the version it was paid by."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from rewards.points.models.conditions import Conditions, check_conditions, wrong_for
from rewards.points.models.programmes import InProgramme

LONGEST_DELAY = 24 * 90


class Beneficiary(models.TextChoices):
    """Who of those taking part in a happening gets the points."""

    ACTOR = "actor", _("Who did it")
    POST_AUTHOR = "post_author", _("Who wrote the post")
    ASKER = "asker", _("Who asked the question")
    RECEIVER = "receiver", _("Who was thanked")


class EarningRuleQuerySet(models.QuerySet["EarningRule"]):
    """Filters for rules."""

    def in_force(self) -> Self:
        """The latest version of each rule, whether paused or not."""
        return self.filter(replaced_at=None)


class EarningRule(InProgramme):
    """One version of one rule. `changed_at` and `changed_by` say who last changed what everyone can read."""

    key = models.SlugField(_("key"), max_length=40)
    version = models.PositiveIntegerField(default=1, editable=False)
    name = models.CharField(_("what happened, said to the member"), max_length=120)
    verb = models.CharField(_("heard verb"), max_length=64)
    beneficiary = models.CharField(
        _("who gets the points"), max_length=12, choices=Beneficiary.choices, default=Beneficiary.ACTOR
    )
    conditions = models.JSONField(_("conditions"), default=dict, blank=True, validators=[check_conditions])
    points = models.PositiveSmallIntegerField(
        _("points"), validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    per_day = models.PositiveSmallIntegerField(_("times a day for one member"), null=True, blank=True)
    per_post_day = models.PositiveSmallIntegerField(_("times a day for one post"), null=True, blank=True)
    per_pair_day = models.PositiveSmallIntegerField(
        _("times a day from the same person"), null=True, blank=True
    )
    per_pair_month = models.PositiveSmallIntegerField(
        _("times in 30 days from the same person"), null=True, blank=True
    )
    delay_hours = models.PositiveSmallIntegerField(
        _("hours until it is final"),
        default=0,
        db_default=0,
        blank=True,
        validators=[MaxValueValidator(LONGEST_DELAY)],
        help_text=_("0 pays at once. Until then the points are on their way, and go when the act is undone."),
    )
    counts_to_cap = models.BooleanField(_("counts towards the daily limit"), default=True)
    for_helping = models.BooleanField(_("counts for “most helpful”"), default=False)
    is_active = models.BooleanField(_("pays"), default=True)
    active_from = models.DateTimeField(_("from"), null=True, blank=True)
    active_to = models.DateTimeField(_("until"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=50)
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

    objects = EarningRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("earning rule")
        verbose_name_plural = _("earning rules")
        ordering = ("position", "key", "-version")
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="rule_version_once"),
            models.UniqueConstraint(fields=["key"], condition=Q(replaced_at=None), name="rule_in_force_once"),
            models.CheckConstraint(condition=Q(points__gte=1), name="rule_pays_something"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse conditions of another shape, and a window that ends before it begins."""
        if not isinstance(self.conditions, dict):
            raise ValidationError({"conditions": _("Conditions are written as {name: value}.")})
        if wrong := wrong_for(self.verb, self.conditions):
            raise ValidationError({"conditions": wrong})
        if self.verb == "reaction.added" and self.conditions.get("helped_by"):
            raise ValidationError(
                {"conditions": _("How many found it helpful is asked of posts and answers.")}
            )
        if self.active_from and self.active_to and self.active_to <= self.active_from:
            raise ValidationError({"active_to": _("Choose a time after the beginning.")})

    @property
    def delay(self) -> dt.timedelta:
        """How long an award can still be undone without a trace in the ledger."""
        return dt.timedelta(hours=self.delay_hours)

    @cached_property
    def parsed_conditions(self) -> Conditions:
        """The conditions as a typed value."""
        return Conditions.parse(self.conditions)
