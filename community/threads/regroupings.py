"""What was split off or merged, kept so that the old address leads on and that it can be taken back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RegroupKind(models.TextChoices):
    """How posts came from one thread to another."""

    MERGE = "merge", _("Merged")
    SPLIT = "split", _("Split off")


class Regrouping(models.Model):
    """Posts of `source` were put into `target`: all of them (a merge), or some (a split, often into a new thread).

    `places` are the posts with the places they had: `[[post, position], …]`. A merged thread keeps its row, with its
    title, its followers and how far people had read, so that it can come back.
    """

    kind = models.CharField(_("what was done"), max_length=5, choices=RegroupKind.choices)
    source = models.ForeignKey(
        "threads.Thread", on_delete=models.CASCADE, related_name="+", verbose_name=_("from")
    )
    target = models.ForeignKey(
        "threads.Thread", on_delete=models.CASCADE, related_name="+", verbose_name=_("to")
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        verbose_name=_("by"),
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    is_new_target = models.BooleanField(default=False)
    places = models.JSONField(default=list)
    # The accepted answer that went along: (thread, post, when) as it was, to be put back.
    answer = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("when"), default=timezone.now)
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("regrouping")
        verbose_name_plural = _("split and merged threads")
        constraints = [
            # A thread leads on to one other at most.
            models.UniqueConstraint(
                fields=["source"], condition=Q(kind="merge", undone_at=None), name="merged_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id} → {self.target_id}"
