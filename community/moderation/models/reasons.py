"""Reasons written once and used often."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CannedReason(models.Model):
    """A reason that staff insert with one press. Without a kind or a decision it fits every one."""

    kind = models.CharField(max_length=32, blank=True, default="")
    decision = models.CharField(max_length=32, blank=True, default="")
    title = models.CharField(_("name"), max_length=60, help_text=_("What the team calls it."))
    text = models.CharField(_("reason told to the member"), max_length=300)
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Smaller comes first."))

    class Meta:
        verbose_name = _("canned reason")
        verbose_name_plural = _("canned reasons")
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=["kind", "decision", "title"], name="canned_reason_named_once")
        ]

    def __str__(self) -> str:
        return self.title
