"""Earning rules: what a contribution is worth. A change is a new version; history keeps the version it was paid by."""

from dataclasses import dataclass, fields
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class Beneficiary(models.TextChoices):
    """Who of those taking part in a happening gets the points."""

    ACTOR = "actor", _("Who did it")
    POST_AUTHOR = "post_author", _("Who wrote the post")
    ASKER = "asker", _("Who asked the question")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must be true for a rule to pay. Empty means: no condition."""

    thread_kinds: tuple[str, ...] = ()
    reaction_kinds: tuple[str, ...] = ()
    space_ids: tuple[int, ...] = ()
    once: bool = False
    giver_trust: int = 0
    by_asker: bool = False
    not_asker: bool = False

    @classmethod
    def parse(cls, data: Any) -> Self:
        """Read conditions from JSON. Raises `ValidationError` at an unknown name or a wrong type."""
        if not isinstance(data, dict):
            raise ValidationError(_("Conditions are written as {name: value}."), code="conditions")
        known = {field.name: field for field in fields(cls)}
        values: dict[str, Any] = {}
        for name, value in data.items():
            if name not in known:
                raise ValidationError(
                    _("There is no condition “%(name)s”."), code="conditions", params={"name": name}
                )
            values[name] = tuple(value) if isinstance(value, list) else value
            if not _fits(values[name], getattr(cls(), name), name):
                raise ValidationError(
                    _("The condition “%(name)s” has a value of another kind."),
                    code="conditions",
                    params={"name": name},
                )
        return cls(**values)


def _fits(value: Any, default: Any, name: str) -> bool:
    if type(value) is not type(default):
        return False
    return not isinstance(value, tuple) or all(
        type(v) is (int if name == "space_ids" else str) for v in value
    )


def check_conditions(value: Any) -> None:
    """Raise unless `value` can be read as conditions."""
    Conditions.parse(value)


class EarningRuleQuerySet(models.QuerySet["EarningRule"]):
    """Filters for rules."""

    def in_force(self) -> Self:
        """The latest version of each rule, whether paused or not."""
        return self.filter(replaced_at=None)


class EarningRule(models.Model):
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
        if self.active_from and self.active_to and self.active_to <= self.active_from:
            raise ValidationError({"active_to": _("Choose a time after the beginning.")})

    @cached_property
    def parsed_conditions(self) -> Conditions:
        """The conditions as a typed value."""
        return Conditions.parse(self.conditions)
