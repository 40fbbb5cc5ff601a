"""Which rituals the community keeps, and what counts for a rhythm."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.activity.one_row import THE_ROW


class Unit(models.TextChoices):
    """What is counted in a row."""

    WEEK = "week", _("Weeks")
    DAY = "day", _("Days")


class Floor(models.TextChoices):
    """What a contribution must be to count."""

    STANDS = "stands", _("It stands, and is not just a word or two (or somebody marked it)")
    HELPED = "helped", _("It stands, and somebody else marked it or chose it as the answer")


class RitualRules(models.Model):
    """There is one row; without it, these defaults are in force."""

    streaks_on = models.BooleanField(
        _("count weeks in a row"),
        default=True,
        help_text=_("Each member sees their own, and can switch it off. Nobody is reminded of it."),
    )
    unit = models.CharField(
        _("counted by"),
        max_length=4,
        choices=Unit.choices,
        default=Unit.WEEK,
        help_text=_("We recommend weeks: nobody should have to come every day."),
    )
    freezes = models.PositiveSmallIntegerField(
        _("spare ones in a month"),
        default=2,
        validators=[MaxValueValidator(4)],
        help_text=_("They are used by themselves when a week, or day, is missed."),
    )
    floor = models.CharField(_("what counts"), max_length=6, choices=Floor.choices, default=Floor.STANDS)
    least_characters = models.PositiveSmallIntegerField(
        _("least characters"),
        default=40,
        validators=[MaxValueValidator(1000)],
        help_text=_("Shorter posts count once somebody else marks them or chooses them as the answer."),
    )
    anniversaries_on = models.BooleanField(
        _("thank members on the day they joined"),
        default=True,
        db_default=True,
        help_text=_("Once a year, with how many years it is."),
    )
    birthdays_on = models.BooleanField(
        _("greet members on their birthday"),
        default=True,
        db_default=True,
        help_text=_("Only those who entered it. There is no year."),
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    # Empty while everybody waits to be counted anew by changed rules.
    counted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("rules of rituals")
        verbose_name_plural = _("rules of rituals")
        constraints = [models.CheckConstraint(condition=Q(pk=THE_ROW), name="ritual_rules_once")]

    def __str__(self) -> str:
        return str(_("Rituals"))
