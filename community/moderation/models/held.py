"""What was written and waits until someone of the team has looked."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.spaces.models import Space
from community.threads.models import Post, Thread


class HeldKind(models.TextChoices):
    """What it becomes when it is let through."""

    THREAD = "thread", _("New thread")
    REPLY = "reply", _("Reply")
    EDIT = "edit", _("Change of a post")


class HeldState(models.TextChoices):
    """Where it stands."""

    WAITING = "waiting", _("Waiting")
    APPROVED = "approved", _("Let through")
    REFUSED = "refused", _("Not let through")
    TAKEN_BACK = "taken_back", _("Taken back by its writer")


class Held(models.Model):
    """A contribution that waits. Nothing of it is in the tables of threads; its writer and the team alone see it."""

    kind = models.CharField(_("what"), max_length=8, choices=HeldKind.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="held",
        db_index=False,
        verbose_name=_("author"),
    )
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+", verbose_name=_("space"))
    thread = models.ForeignKey(
        Thread, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("thread")
    )
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=255, blank=True, default="")
    body_md = models.TextField(_("text"))
    body_html = models.TextField(default="")
    # The rest of what the action was given, as it will be given again.
    arguments = models.JSONField(default=dict)
    # [{"code": …, "facts": {…}}]: why it waits, said in the language of whoever reads it.
    grounds = models.JSONField(default=list)
    score = models.PositiveSmallIntegerField(_("score"), default=0)
    # Of its text: the same is not kept twice.
    fingerprint = models.CharField(max_length=32)
    state = models.CharField(_("state"), max_length=10, choices=HeldState.choices, default=HeldState.WAITING)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason told to the author"), max_length=300, blank=True, default="")
    # What it became.
    became = models.ForeignKey(Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("held contribution")
        verbose_name_plural = _("held contributions")
        constraints = [
            models.UniqueConstraint(
                fields=["author", "fingerprint"], condition=Q(state="waiting"), name="held_once"
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="waiting"), name="held_waiting"),
            models.Index(fields=["author", "-id"], name="held_of"),
            models.Index(fields=["created_at"], condition=~Q(state="waiting"), name="held_age"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        """Return where its writer sees it."""
        return reverse("waiting_one", args=[self.pk])
