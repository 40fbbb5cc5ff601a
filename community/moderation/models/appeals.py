"""What members said against a decision of the team."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation.models.cases import Case
from community.moderation.models.penalties import Penalty


class AppealState(models.TextChoices):
    """What became of an appeal."""

    OPEN = "open", _("Waiting")
    UPHELD = "upheld", _("Upheld")
    REJECTED = "rejected", _("Rejected")
    MOOT = "moot", _("Settled before it was decided")


class Stage(models.TextChoices):
    """When the member spoke: while reports alone hid a post, or after the team decided."""

    HIDDEN = "hidden", _("Before the decision")
    DECIDED = "decided", _("After the decision")


class Appeal(models.Model):
    """A member asks the team, once, to look again: at a case about them, or at a penalty that was laid without one."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appeals")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="appeals")
    penalty = models.ForeignKey(
        Penalty, null=True, blank=True, on_delete=models.CASCADE, related_name="appeals"
    )
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.DECIDED)
    words = models.CharField(_("in their words"), max_length=1000)
    state = models.CharField(_("state"), max_length=8, choices=AppealState.choices, default=AppealState.OPEN)
    answer = models.CharField(_("reason told to the member"), max_length=300, blank=True, default="")
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "stage"], condition=~Q(state="moot"), name="appeal_once_per_case"
            ),
            models.UniqueConstraint(
                fields=["penalty"], condition=~Q(state="moot"), name="appeal_once_per_penalty"
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False, penalty=None) | Q(case=None, penalty__isnull=False),
                name="appeal_against_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["member", "-id"], name="appeal_of")]

    def __str__(self) -> str:
        return f"Appeal {self.pk}"
