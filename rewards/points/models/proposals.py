"""Large corrections wait for a second person: one manager proposes, another confirms or declines."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rewards.points.models.ledger import Transfer
from rewards.points.models.programmes import InProgramme


class ProposalState(models.TextChoices):
    """What became of a proposed correction."""

    WAITING = "waiting", _("Waiting")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")


class Proposal(InProgramme):
    """A correction that one manager wants and another decides on. Decided once; the database refuses the same person."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="point_proposals"
    )
    earned = models.BigIntegerField()
    spendable = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=9, choices=ProposalState.choices, default=ProposalState.WAITING)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    transfer = models.OneToOneField(
        Transfer, null=True, blank=True, on_delete=models.PROTECT, related_name="proposal"
    )
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("proposed correction")
        verbose_name_plural = _("proposed corrections")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="proposal_takes_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by__isnull=True, transfer__isnull=True)
                | Q(state="confirmed", decided_by__isnull=False, transfer__isnull=False)
                | Q(state="declined", decided_by__isnull=False, transfer__isnull=True),
                name="proposal_decided_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earned:+d}/{self.spendable:+d} {self.state}"
