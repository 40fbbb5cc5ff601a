"""Who asked to be let into a private space whose name members see."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import AskState
from community.spaces.models.space import Space


class EntryAsk(models.Model):
    """A member asked to be let into a space, and what came of it; at most one of each member and space waits."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="entry_asks")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="space_entry_asks"
    )
    words = models.CharField(_("in their words"), max_length=300)
    state = models.CharField(_("state"), max_length=9, choices=AskState.choices, default=AskState.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(_("Answer"), max_length=300, blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "member"], condition=Q(state="open"), name="entry_ask_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.space_id}"
