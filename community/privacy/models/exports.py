"""A copy of everything one member has here."""

import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ExportState(models.TextChoices):
    """How far a copy is. `FETCHED` was loaded once, which is all; `GONE` was not, in time."""

    WAITING = "waiting", _("Waiting")
    BUILDING = "building", _("Being made")
    READY = "ready", _("Ready")
    FETCHED = "fetched", _("Fetched")
    GONE = "gone", _("No longer there")
    FAILED = "failed", _("Failed")


def new_key() -> str:
    """Return a name for the file that nobody can guess."""
    return secrets.token_hex(16)


class ExportQuerySet(models.QuerySet["Export"]):
    """Filters that any reader may combine."""

    def waiting(self) -> Self:
        """Those to be made, also those whose making was cut short: a lease ends by itself."""
        now = timezone.now()
        return self.filter(
            Q(state=ExportState.WAITING) | Q(state=ExportState.BUILDING, lease_until__lt=now)
        ).order_by("pk")


class Export(models.Model):
    """A copy one member asked for. `done` of `total` kinds of things are in it so far."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=ExportState.choices, default=ExportState.WAITING
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    bytes = models.PositiveBigIntegerField(_("bytes"), default=0)
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)
    ends_at = models.DateTimeField(_("can be fetched until"), null=True, blank=True)
    fetched_at = models.DateTimeField(_("fetched"), null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ExportQuerySet] = ExportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state__in=["waiting", "building"]),
                name="export_one_at_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="export_of"),
            models.Index(
                fields=["id"], condition=Q(state__in=["waiting", "building"]), name="export_waiting"
            ),
            models.Index(fields=["ends_at"], condition=Q(state="ready"), name="export_ends"),
        ]

    def __str__(self) -> str:
        return f"Export {self.pk}"

    @property
    def path(self) -> str:
        """Where the storage keeps it. Nothing serves this folder by address."""
        return f"exports/{self.key[:2]}/{self.key}.zip"

    @property
    def can_be_fetched(self) -> bool:
        """Whether its one link still works."""
        return self.state == ExportState.READY and self.ends_at is not None and self.ends_at > timezone.now()
