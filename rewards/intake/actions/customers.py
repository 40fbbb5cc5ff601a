"""Whose a customer number is, and giving members what waited for them."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Conflict
from community.members.models import Member
from rewards.intake.checking import LONGEST_ID, wrong
from rewards.intake.models import BrandEvent, Customer, NamedBy
from rewards.intake.permissions import can_send_events
from rewards.intake.telling import tell
from rewards.intake.verbs import CUSTOMER_LINKED, CUSTOMER_UNLINKED
from rewards.intake.whose import digests_of, wait_for_takers


@transaction.atomic
def link_customer(*, actor: Member, member: Member, source: str, number: str) -> Customer:
    """Say that a customer number is a member's; what waited for it is theirs at once. Saying it again changes nothing.

    Raises `Refused`, `Invalid`, or `Conflict` when the number is somebody else's.
    """
    can_send_events(actor).require()
    if not 1 <= len(number) <= LONGEST_ID or not number.isprintable():
        raise wrong("number", "number_unusable", _("A customer number has 1 to 100 printable characters."))
    row, is_new = Customer.objects.get_or_create(
        source=source, number=number, defaults={"member": member, "linked_by": actor}
    )
    if row.member_id != member.pk:
        raise Conflict(
            "customer_taken", _("This customer number is somebody else’s. Take it from them first.")
        )
    if is_new:
        record(CUSTOMER_LINKED, actor=actor, target=row, payload=_payload(row))
    _give(Q(named_by=NamedBy.CUSTOMER, source=source, who=number), member)
    return row


@transaction.atomic
def unlink_customer(*, actor: Member, customer: Customer) -> None:
    """Take a customer number from a member. What came by it stays theirs."""
    can_send_events(actor).require()
    record(CUSTOMER_UNLINKED, actor=actor, target=customer, payload=_payload(customer))
    customer.delete()


@transaction.atomic
def settle_waiting(*, member: Member) -> int:
    """Give a member what waits for one of their confirmed addresses. Returns how many events that were."""
    digests = digests_of(member)
    return _give(Q(named_by=NamedBy.EMAIL, who__in=digests), member) if digests else 0


def _give(waiting: Q, member: Member) -> int:
    found = BrandEvent.objects.waiting().filter(waiting).order_by("pk").select_for_update(of=("self",))
    wait_for_takers()
    events = list(found.select_related("type"))
    if events:
        now = timezone.now()
        BrandEvent.objects.filter(pk__in=[event.pk for event in events]).update(member=member, known_at=now)
        for event in events:
            event.member, event.known_at = member, now
        tell(events)
    return len(events)


def _payload(row: Customer) -> dict[str, object]:
    return {"member_id": row.member_id, "source": row.source, "number": row.number}
