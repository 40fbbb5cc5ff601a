"""Reading events, their types, and customer numbers: for the team and the brand's programs."""

from django.db.models import QuerySet

from community.errors import NotFound
from community.members.models import Member
from rewards.intake.models import BrandEvent, Customer, EventType
from rewards.intake.permissions import can_send_events


def events_for(actor: Member) -> QuerySet[BrandEvent]:
    """Return the events that `actor` may read. Raises `Refused`."""
    can_send_events(actor).require()
    return BrandEvent.objects.select_related("type", "member", "original")


def get_event_for(actor: Member, pk: int) -> BrandEvent:
    """Return one event. Raises `Refused` or `NotFound`."""
    event = events_for(actor).filter(pk=pk).first()
    if event is None:
        raise NotFound()
    return event


def get_own_event(member: Member, pk: int) -> BrandEvent:
    """Return an event of a member's own. Raises `NotFound`, also when it is somebody else's."""
    event = BrandEvent.objects.select_related("type", "original").filter(member=member, pk=pk).first()
    if event is None:
        raise NotFound()
    return event


def get_event_type(actor: Member, key: str) -> EventType:
    """Return a type by its key. Raises `Refused` or `NotFound`."""
    can_send_events(actor).require()
    kind = EventType.objects.filter(key=key).first()
    if kind is None:
        raise NotFound()
    return kind


def get_customer(actor: Member, source: str, number: str) -> Customer:
    """Return who a customer number belongs to. Raises `Refused` or `NotFound`."""
    can_send_events(actor).require()
    row = Customer.objects.select_related("member").filter(source=source, number=number).first()
    if row is None:
        raise NotFound()
    return row
