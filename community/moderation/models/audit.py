"""The log of what staff did, and the seals that chain its entries together."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
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
        {
            "export.asked",
            "export.fetched",
            "erasure.asked",
            "erasure.cancelled",
            "member.erased",
            "member.merged",
        }
        | {"member.seen_as", "member.seen_as_ended", "audit.exported", "member.noted"}
        | {
            "case.decided",
            "case.reopened",
            "member.penalised",
            "member.penalty_lifted",
            "member.role_changed",
        }
        | {"brand.changed"}
    )

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        indexes = [
            models.Index(fields=["target_type", "target_pk", "-id"], name="audit_target"),
            models.Index(fields=["actor", "-id"], name="audit_actor"),
            models.Index(fields=["act", "-id"], name="audit_act"),
            models.Index(fields=["occurred_at"], name="audit_time"),
            GinIndex(
                SearchVector("actor_name", "reason", "before", "after", config="simple"), name="audit_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.target_type} {self.target_pk}"


class AuditSeal(models.Model):
    """One link of the chain over the log: what an entry said when it was sealed, and everything before it.

    Entries are sealed by the clock, not by those who write them, so nobody waits for anybody. `facts` is of what can never
    change, `words` of what an erasure may take out; then the entry is marked as emptied, and the chain still holds.
    """

    position = models.BigAutoField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    facts = models.CharField(max_length=64)
    words = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)
    is_emptied = models.BooleanField(default=False, db_default=False)
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("seal of the audit log")
        verbose_name_plural = _("seals of the audit log")

    def __str__(self) -> str:
        return f"Seal {self.position}"
