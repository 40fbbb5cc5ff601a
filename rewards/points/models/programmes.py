"""Programmes of points: purses that never mix. The main one decides tiers and lists; a brand may have more beside it."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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


class ProgrammeKey(models.ForeignKey[Programme, Programme]):
    """Which programme a row belongs to, by its key, which never changes. What says nothing is of the main one.

    A field of its own only so that its default does not make it optional for the types; migrations know a plain foreign key.
    """

    def get_default(self) -> str:
        """Return the key of the main programme."""
        return MAIN

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Describe it as the plain column that it is."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, {**kwargs, "default": MAIN}


class InProgramme(models.Model):
    """A row of one programme."""

    programme = ProgrammeKey(
        Programme,
        to_field="key",
        db_default=Value(MAIN),
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("programme"),
    )

    class Meta:
        abstract = True
