"""Digests: in which rhythm members want them, and which were planned for whom."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """How often a digest comes."""

    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    NEVER = "never", _("Never")


class Weekday(models.IntegerChoices):
    """Days of the week, as Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


# Outside of these the contact gate would let a digest wait for the morning.
FIRST_HOUR, LAST_HOUR = 8, 20


class DigestPlan(models.Model):
    """When a member's next digest is due. Without a `rhythm` they follow the rules of the site.

    `next_at` is empty while it is to be worked out anew: at first, after a choice, a new time zone, new rules.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="digest_plan"
    )
    rhythm = models.CharField(max_length=8, choices=Rhythm.choices, blank=True, default="")
    # What was chosen before a link in a digest stopped them, so that it can be undone.
    rhythm_before = models.CharField(max_length=8, choices=Rhythm.choices, blank=True, default="")
    weekday = models.PositiveSmallIntegerField(
        choices=Weekday.choices, default=Weekday.MONDAY, validators=[MaxValueValidator(6)]
    )
    hour = models.PositiveSmallIntegerField(
        default=9, validators=[MinValueValidator(FIRST_HOUR), MaxValueValidator(LAST_HOUR)]
    )
    next_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="digest_weekday_range"),
            models.CheckConstraint(
                condition=Q(hour__gte=FIRST_HOUR, hour__lte=LAST_HOUR), name="digest_hour_by_day"
            ),
        ]
        indexes = [models.Index(fields=["next_at"], name="digest_due")]


class Digest(models.Model):
    """One member's digest of one window, whether it was sent or not. `window` is the day it was due, on their calendar."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests", db_index=False
    )
    window = models.DateField()
    rhythm = models.CharField(max_length=8, choices=Rhythm.choices)
    # When the window began: whoever came since needs no digest.
    began_at = models.DateTimeField()
    code = models.CharField(_("reason"), max_length=24, blank=True, default="")
    # What was in it ("threads.thread:42", "notice:7"), so that nothing comes twice.
    shown = ArrayField(models.CharField(max_length=60), default=list)
    planned_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["member", "window"], name="digest_once_per_window")]
        indexes = [models.Index(fields=["planned_at"], name="digest_age")]

    def __str__(self) -> str:
        return f"{self.window} → {self.member_id}"
