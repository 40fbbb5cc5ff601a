"""Writing to an address again that was left alone."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from community.activity.record import record
from community.members.models import Member
from community.notifications import limits
from community.notifications.models import Reach
from community.notifications.verbs import ADDRESS_RESUMED


@transaction.atomic
def resume_address(*, actor: Member) -> bool:
    """Write to the address of `actor` again, because they say it works. Returns False when nothing had stopped.

    Raises `RateLimited`.
    """
    limits.RESUME_ADDRESS.spend(actor)
    reach = Reach.objects.select_for_update().filter(member=actor, stopped_at__isnull=False).first()
    if reach is None:
        return False
    reach.bounce_score, reach.bounced_at, reach.stopped_at = Decimal(0), None, None
    reach.stopped_for, reach.detail, reach.changed_at = "", "", timezone.now()
    reach.save()
    record(ADDRESS_RESUMED, actor=actor, target=actor, payload={})
    return True
