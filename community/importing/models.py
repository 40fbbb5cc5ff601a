"""What an import remembers: which of our rows is which of theirs, and honours earned elsewhere."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# The columns of `ExternalReference` that an import fills by COPY.
REFERENCE = ("source", "kind", "external_id", "target_pk")


class ExternalReference(models.Model):
    """One row of another system and the row it became here. Makes an import resumable and idempotent.

    `kind` is member, thread, post or badge; `target_pk` is the primary key of ours.
    """

    source = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    external_id = models.CharField(max_length=80)
    target_pk = models.BigIntegerField()

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "external_id"], name="external_reference_once")
        ]


class EarnedElsewhere(models.Model):
    """A badge a member earned in the community this one was imported from. History: it pays nothing here."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="earned_elsewhere"
    )
    source = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()

    class Meta:
        verbose_name = _("honour from elsewhere")
        verbose_name_plural = _("honours from elsewhere")
        constraints = [
            models.UniqueConstraint(fields=["member", "source", "name"], name="earned_elsewhere_once")
        ]

    def __str__(self) -> str:
        return self.name
