"""Handles of accounts that became part of another."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FormerHandle(models.Model):
    """A handle that leads to another account now, so that old links and mentions still arrive."""

    handle = models.CharField(_("handle"), max_length=30)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="former_handles"
    )
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("former handle")
        verbose_name_plural = _("former handles")
        constraints = [models.UniqueConstraint(Lower("handle"), name="former_handle_once")]

    def __str__(self) -> str:
        return self.handle
