"""What members chose to hear, and whether they can be reached."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """Ways to reach a member."""

    SITE = "site", _("On the site")
    EMAIL = "email", _("By e-mail")
    PUSH = "push", _("In the browser")


class Choice(models.TextChoices):
    """What a member chose for one kind on one channel. `ON` is the site's and the browser's, `SOON` and `DIGEST` are e-mail's."""

    ON = "on", _("On")
    SOON = "soon", _("Soon")
    DIGEST = "digest", _("Gathered")
    OFF = "off", _("Off")


class Preference(models.Model):
    """A choice that differs from the kind's default."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences"
    )
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    choice = models.CharField(max_length=8, choices=Choice.choices)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "channel"], name="preference_once"),
        ]
        indexes = [models.Index(fields=["kind", "channel", "choice"], name="preference_kind")]


class Stopped(models.TextChoices):
    """Why an address is left alone."""

    HARD = "hard", _("The mail server says that this address does not exist or takes no mail.")
    SOFT = "soft", _("Too many e-mails in a row could not be delivered.")
    COMPLAINT = "complaint", _("Our mail was reported as unwanted.")


class Reach(models.Model):
    """Whether a member can be written to at all: a pause they asked for, an address that sends mail back.

    Every mail that comes back adds to the score of the address, every one that leaves takes a little off. At the limit of
    `MailRules` the address is left alone: at once when the receiving server says that it is no address.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="reach"
    )
    paused_until = models.DateTimeField(null=True, blank=True)
    # The address that sent mail back, so that a new one starts without blame.
    refused_address = models.EmailField(blank=True, default="")
    bounce_score = models.DecimalField(
        max_digits=5, decimal_places=1, default=Decimal(0), db_default=Decimal(0)
    )
    bounced_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_for = models.CharField(
        _("reason"), max_length=10, choices=Stopped.choices, blank=True, default="", db_default=""
    )
    # What the other server said, for staff.
    detail = models.CharField(max_length=300, blank=True, default="", db_default="")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reachability")
        verbose_name_plural = _("reachability")
