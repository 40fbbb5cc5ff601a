"""Writing down that events of members arrived, for whoever listens."""

from collections.abc import Iterable

from django.utils import timezone

from community.activity.record import Happening, record_many
from rewards.intake.limits import NEWS
from rewards.intake.models import BrandEvent
from rewards.intake.verbs import EVENT_ARRIVED


def tell(events: Iterable[BrandEvent]) -> None:
    """Record one Activity for each event that has a member. What lies far back is history: nobody is told of it."""
    known = [event for event in events if event.member_id is not None]
    news = timezone.now() - NEWS
    for quiet in (False, True):
        told = [_happening(event) for event in known if (event.occurred_at < news) is quiet]
        if told:
            record_many(told, quiet=quiet)


def _happening(event: BrandEvent) -> Happening:
    return Happening(
        verb=EVENT_ARRIVED,
        # The member did it somewhere else: nothing in the community may take it for a visit.
        actor_id=None,
        target_type=BrandEvent._meta.label_lower,
        target_pk=event.pk,
        payload={
            "member_id": event.member_id,
            "source": event.source,
            "event_id": event.event_id,
            "type": event.type.key,
            "amount": event.amount,
            "currency": event.currency,
            "quantity": event.quantity,
            "original_id": event.original_id,
        },
        occurred_at=event.occurred_at,
    )
