"""Seasons: some weeks with a name, set by the team."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Season(models.Model):
    """Some weeks with a name and words. Its days are those of UTC, the last one included; no two seasons overlap."""

    key = models.SlugField(_("address"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    words = models.CharField(
        _("words"), max_length=300, help_text=_("What it is about, as members read it when it begins.")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    campaign_key = models.SlugField(
        _("campaign of points"),
        max_length=40,
        blank=True,
        default="",
        help_text=_("The key of a campaign that goes with it, if there is one."),
    )
    is_active = models.BooleanField(_("takes place"), default=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering = ("-starts_on",)
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="season_ends_after_it_begins"
            ),
            ExclusionConstraint(
                name="season_alone",
                expressions=[
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
                condition=Q(is_active=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("season", args=[self.key])
