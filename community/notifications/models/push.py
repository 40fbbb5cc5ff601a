"""Notices to browsers: which browsers a member turned them on in, what is to be sent, and the numbers behind it."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.one_row import THE_ROW
from community.notifications.models.inbox import Notice


class PushSubscriptionQuerySet(models.QuerySet["PushSubscription"]):
    """Which browsers may be written to."""

    def live(self) -> Self:
        """Those that were not given up."""
        return self.filter(retired_at=None)


class PushSubscription(models.Model):
    """One browser in which a member turned notices on. Address and keys are the browser's; nobody but a channel needs them.

    `session_key` names the session it was turned on in: whoever is signed out there, is no longer written to there.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_subscriptions"
    )
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=32)
    label = models.CharField(_("browser"), max_length=80)
    session_key = models.CharField(max_length=40, blank=True, default="")
    created_at = models.DateTimeField(_("turned on"), default=timezone.now)
    last_success_at = models.DateTimeField(_("last reached"), null=True, blank=True)
    # In a row; one success forgets them.
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    retired_at = models.DateTimeField(_("given up"), null=True, blank=True)
    detail = models.CharField(_("what was said last"), max_length=200, blank=True, default="")

    objects = PushSubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("browser with notices")
        verbose_name_plural = _("browsers with notices")
        indexes = [
            models.Index(fields=["member"], condition=Q(retired_at=None), name="push_member_live"),
            models.Index(fields=["session_key"], condition=~Q(session_key=""), name="push_session"),
        ]

    def __str__(self) -> str:
        return f"{self.label} → {self.member_id}"


class PushState(models.TextChoices):
    """Where a notice to a member's browsers is. `JOINED` was told by a later one about the same thread."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    JOINED = "joined", _("Told together with another")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("Not sent")


class OutboundPush(models.Model):
    """One notice to all browsers of one member, or without a notice: the test they asked for. Its words are not kept."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="outbound_push"
    )
    notice = models.ForeignKey(Notice, null=True, on_delete=models.CASCADE, related_name="pushes")
    activity = models.ForeignKey(Activity, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    purpose = models.CharField(max_length=10)
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=PushState.choices, default=PushState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    browsers = models.PositiveSmallIntegerField(_("browsers reached"), default=0)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("notice to browsers")
        verbose_name_plural = _("notices to browsers")
        constraints = [
            models.UniqueConstraint(fields=["kind", "activity", "member"], name="push_once_per_event"),
            models.CheckConstraint(
                condition=Q(notice__isnull=True, activity__isnull=True)
                | Q(notice__isnull=False, activity__isnull=False),
                name="push_about_a_notice",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="queued"), name="push_due"),
            models.Index(fields=["member", "due_at"], condition=Q(state="queued"), name="push_member_due"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="push_leased"),
            models.Index(
                fields=["member", "purpose", "-sent_at"], condition=Q(state="sent"), name="push_cap"
            ),
            models.Index(fields=["created_at"], name="push_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.member_id} ({self.state})"


class PushRules(models.Model):
    """How notices to browsers behave. There is one row; without it, these defaults are in force."""

    wait_seconds = models.PositiveSmallIntegerField(
        _("seconds before a notice leaves"),
        default=60,
        validators=[MaxValueValidator(3600)],
        help_text=_(
            "Default 60: whoever is on the site reads it there first, and the telephone stays quiet."
        ),
    )
    service_per_day = models.PositiveSmallIntegerField(
        _("notices a day about a member's own questions and messages"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
        help_text=_("Default 30: a lively conversation fits, a flood does not. More waits at the bell."),
    )
    community_per_day = models.PositiveSmallIntegerField(
        _("notices a day about the community"),
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Default 8: people who are interrupted more often switch everything off."),
    )
    marketing_per_week = models.PositiveSmallIntegerField(
        _("notices a week with offers"),
        default=1,
        validators=[MaxValueValidator(14)],
        help_text=_("Default 1, and only with the member's consent."),
    )
    most_at_once = models.PositiveSmallIntegerField(
        _("single notices at once"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_(
            "Default 3: what gathered overnight beyond that comes as one notice that leads to the list."
        ),
    )
    hours_kept = models.PositiveSmallIntegerField(
        _("hours after which a notice is no longer sent"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(168)],
        help_text=_("Default 24: also how long a browser that is off may come back and still be told."),
    )
    most_browsers = models.PositiveSmallIntegerField(
        _("browsers of one member"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("Default 10: telephone, tablet, work and home, with room for one lost."),
    )
    most_failures = models.PositiveSmallIntegerField(
        _("failures in a row after which a browser is given up"),
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Default 8. A browser whose service says that it is gone is removed at once."),
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("rules for notices to browsers")
        verbose_name_plural = _("rules for notices to browsers")
        constraints = [models.CheckConstraint(condition=Q(pk=THE_ROW), name="push_rules_once")]

    def __str__(self) -> str:
        return str(_("Rules for notices to browsers"))

    @property
    def wait(self) -> dt.timedelta:
        """How long a notice waits."""
        return dt.timedelta(seconds=self.wait_seconds)

    @property
    def kept(self) -> dt.timedelta:
        """How long a notice is worth sending."""
        return dt.timedelta(hours=self.hours_kept)
