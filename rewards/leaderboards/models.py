"""Lists as managers define them, and the daily sums they are read from."""

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.members.models import Group, Member
from community.spaces.models import Space


class Metric(models.TextChoices):
    """What a list counts. All of it is read from awards that stand, so what keeps points fair keeps lists fair."""

    HELPING = "helping", _("Points for helping")
    POINTS = "points", _("All points earned by rules")
    ACCEPTED = "accepted", _("Accepted answers")
    MARKS = "marks", _("“This helped” from readers")
    RULE = "rule", _("How often one rule paid")


class BoardPeriod(models.TextChoices):
    """How far back a list looks."""

    CHOICE = "choice", _("The reader chooses")
    WEEK = "week", _("This week")
    MONTH = "month", _("This month")
    QUARTER = "quarter", _("This quarter")
    YEAR = "year", _("This year")
    ALL = "all", _("All time")
    FIXED = "fixed", _("From one day to another")


class BoardQuerySet(models.QuerySet["Board"]):
    """Who may read a list is defined here and nowhere else."""

    def visible_to(self, viewer: Member | None) -> Self:
        """Lists that are shown, of spaces that a viewer sees, and of groups whose people a viewer may read."""
        spaces = Space.objects.visible_to(viewer).values("pk")
        groups = Group.objects.showing_people_to(viewer).values("pk")
        return self.filter(
            Q(space=None) | Q(space__in=spaces), Q(group=None) | Q(group__in=groups), is_shown=True
        )


class Board(models.Model):
    """One list: what it counts, where, among whom and how far back."""

    key = models.SlugField(_("address"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=60)
    about = models.CharField(_("what it is for"), max_length=200, blank=True, default="")
    metric = models.CharField(_("counts"), max_length=8, choices=Metric.choices, default=Metric.HELPING)
    rule_key = models.SlugField(
        _("key of the rule"),
        max_length=40,
        blank=True,
        default="",
        help_text=_("Only where it counts how often one rule paid."),
    )
    period = models.CharField(
        _("period"), max_length=7, choices=BoardPeriod.choices, default=BoardPeriod.CHOICE
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    space = models.ForeignKey(
        Space,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("space"),
        help_text=_("Empty: everywhere. Only who sees the space reads the list."),
    )
    group = models.ForeignKey(
        Group,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("group"),
        help_text=_("Empty: everyone. Only who may read who is in the group reads the list."),
    )
    newcomer_days = models.PositiveSmallIntegerField(
        _("only those who joined in the last … days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
    )
    is_shown = models.BooleanField(_("shown"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=50)

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("leaderboard")
        verbose_name_plural = _("leaderboards")
        ordering = ("position", "key")
        constraints = [
            models.CheckConstraint(
                condition=~Q(period="fixed")
                | Q(starts_on__isnull=False, ends_on__isnull=False, ends_on__gte=models.F("starts_on")),
                name="board_dates_fit_period",
                violation_error_message=_("Choose a first day, and a last one that is not before it."),
            ),
            models.CheckConstraint(
                condition=Q(metric="rule") ^ Q(rule_key=""),
                name="board_rule_fits_metric",
                violation_error_message=_("Name a rule where one rule is counted, and nowhere else."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/people/helpful/{self.key}/"

    def clean(self) -> None:
        """Refuse a rule nobody knows, and a group that keeps itself: it has no rows to count by."""
        from rewards.points.models import EarningRule

        if self.rule_key and not EarningRule.objects.in_force().filter(key=self.rule_key).exists():
            raise ValidationError({"rule_key": _("There is no rule with this key.")})
        if self.group is not None and self.group.is_automatic:
            raise ValidationError({"group": _("Choose a group that people join.")})


class DaySum(models.Model):
    """What one rule paid one member in one space on one day, of awards that stand. 0 is no space.

    Never added to: whatever may have changed it has it counted again from the ledger, so nothing counts twice.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    space_id = models.BigIntegerField(default=0)
    rule_key = models.CharField(max_length=40)
    points = models.BigIntegerField()
    helping = models.BigIntegerField()
    times = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "day", "space_id", "rule_key"], name="daysum_once")
        ]
        indexes = [
            models.Index(
                fields=["day", "member"],
                include=["space_id", "rule_key", "points", "helping", "times"],
                name="daysum_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.day} {self.rule_key}"


class Joined(models.Model):
    """Two accounts of one person became one: what the first was awarded counts for the second. Ledgers do not move."""

    source = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"
