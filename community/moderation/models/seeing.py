"""Looking at the site as a member sees it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SeeingAs(models.Model):
    """Someone of the team looked at the site as a member, from when to when, and why."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seen_as")
    reason = models.CharField(_("reason"), max_length=300)
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    ends_at = models.DateTimeField(_("ends"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("look as a member")
        verbose_name_plural = _("looks as members")
        constraints = [
            models.UniqueConstraint(fields=["actor"], condition=Q(ended_at=None), name="seeing_one_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} as {self.member_id}"
