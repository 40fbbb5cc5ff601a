"""What was laid on members."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation.models.cases import Case


class PenaltyKind(models.TextChoices):
    """What a penalty closes."""

    WARN = "warn", _("Warning")
    SILENCE = "silence", _("Writing paused")
    SUSPEND = "suspend", _("Account paused")


class Penalty(models.Model):
    """What was laid on a member, by whom, why and until when. Lifting keeps the row."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="penalties")
    kind = models.CharField(_("kind"), max_length=8, choices=PenaltyKind.choices)
    reason = models.CharField(_("reason told to the member"), max_length=300)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="penalties")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    # When it ended by itself, once that was noticed.
    ended_at = models.DateTimeField(null=True, blank=True)
    # The keys of posts that were hidden with it, and are shown again when it is lifted.
    hidden_posts = models.JSONField(default=list, db_default=Value([], models.JSONField()), blank=True)

    class Meta:
        verbose_name = _("penalty")
        verbose_name_plural = _("penalties")
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(case__isnull=False, lifted_at=None), name="penalty_once_per_case"
            )
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="penalty_of"),
            models.Index(
                fields=["until"],
                condition=Q(ended_at=None, lifted_at=None, until__isnull=False),
                name="penalty_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.member_id}"
