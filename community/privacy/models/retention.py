"""What the rules of retention removed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RetentionRun(models.Model):
    """How much one rule removed on one day (UTC)."""

    rule = models.CharField(_("rule"), max_length=60)
    day = models.DateField(_("on which day"))
    removed = models.PositiveBigIntegerField(_("removed"), default=0)
    last_at = models.DateTimeField(_("last"))

    class Meta:
        verbose_name = _("retention")
        verbose_name_plural = _("retention")
        constraints = [models.UniqueConstraint(fields=["day", "rule"], name="retention_once_a_day")]

    def __str__(self) -> str:
        return f"{self.rule} {self.day}"
