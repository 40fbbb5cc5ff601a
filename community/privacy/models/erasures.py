"""A member who wants to be forgotten, and how far that is."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ErasureState(models.TextChoices):
    """Where an erasure stands. Until it has begun, signing in keeps the account."""

    WAITING = "waiting", _("Waiting")
    UNDER_WAY = "working", _("Under way")
    DONE = "done", _("Done")
    CANCELLED = "kept", _("Kept after all")


class Erasure(models.Model):
    """One wish to be forgotten. `identity` holds the words that must be found nowhere, only until that is so."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="erasures")
    state = models.CharField(
        _("state"), max_length=8, choices=ErasureState.choices, default=ErasureState.WAITING
    )
    deletes_posts = models.BooleanField(_("takes posts and messages away"), default=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    due_at = models.DateTimeField(_("begins"))
    # Who of the team asked for it, and why; nobody when the member did.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    told_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    # {"handle", "name", "emails", "language"}; empty once done and told.
    identity = models.JSONField(default=dict, editable=False)
    # How far it came: {"step": n, "at": key}.
    progress = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(state__in=["waiting", "working"]), name="erasure_once"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["waiting", "working"]), name="erasure_due")
        ]

    def __str__(self) -> str:
        return f"Erasure {self.pk}"

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be taken back."""
        return self.state == ErasureState.WAITING
