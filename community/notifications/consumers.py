"""What mail does when it hears that an address was confirmed."""

from django.utils import timezone

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.verbs import ADDRESS_CONFIRMED
from community.notifications.models import MailState, OutboundMail


@consumer(ADDRESS_CONFIRMED)
def release_waiting_mail(activity: Activity) -> None:
    """Let the mail go that waited for the confirmation."""
    waiting = OutboundMail.objects.filter(
        member=activity.target_pk, state=MailState.QUEUED, decisions__code="unconfirmed"
    )
    OutboundMail.objects.filter(pk__in=waiting.values("pk")).update(due_at=timezone.now())
