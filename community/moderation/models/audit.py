"""The log of what staff did."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """What someone with a role did, before and after. Append-only: the database refuses changes and deletions."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
    )
    actor_name = models.CharField(_("who"), max_length=80)
    act = models.CharField(_("what"), max_length=64)
    target_type = models.CharField(max_length=48)
    target_pk = models.BigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True, default="")
    activity_id = models.BigIntegerField(unique=True)
    occurred_at = models.DateTimeField()

    # Acts that are written down whoever did them; the others only when someone of the team acts.
    ALWAYS: ClassVar[frozenset[str]] = frozenset(
        {"case.decided", "case.reopened", "member.penalised", "member.penalty_lifted", "member.role_changed"}
        | {"brand.changed"}
    )

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        indexes = [models.Index(fields=["target_type", "target_pk", "-id"], name="audit_target")]

    def __str__(self) -> str:
        return f"{self.act} {self.target_type} {self.target_pk}"
