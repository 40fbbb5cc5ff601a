"""What mail does when it hears of its readers."""

from django.utils import timezone

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.verbs import ADDRESS_CONFIRMED, PROFILE_CHANGED
from community.notifications.models import DigestPlan, MailState, OutboundMail


@consumer(PROFILE_CHANGED, hears_replays=False)
def plan_digest_anew(activity: Activity) -> None:
    """Work out anew when a digest is due, after a member moved to another time zone."""
    if "time_zone" in activity.payload["fields"]:
        DigestPlan.objects.filter(member=activity.target_pk).update(next_at=None)


@consumer(ADDRESS_CONFIRMED)
def release_waiting_mail(activity: Activity) -> None:
    """Let the mail go that waited for the confirmation."""
    waiting = OutboundMail.objects.filter(
        member=activity.target_pk, state=MailState.QUEUED, decisions__code="unconfirmed"
    )
    OutboundMail.objects.filter(pk__in=waiting.values("pk")).update(due_at=timezone.now())
