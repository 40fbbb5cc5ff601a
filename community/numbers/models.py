"""`NumberInForce`: what a manager chose instead of a default. Numbers nobody touched have no row."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NumberInForce(models.Model):
    """One changed number. `value` is a whole number, or one per trust level, or one text of rates per trust level."""

    key = models.CharField(_("number"), max_length=80, unique=True)
    value = models.JSONField(_("value"))
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        verbose_name=_("changed by"),
    )

    class Meta:
        verbose_name = _("number")
        verbose_name_plural = _("numbers")

    def __str__(self) -> str:
        return self.key
