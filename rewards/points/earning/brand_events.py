"""What is true about events of the brand's systems: whose they are, what they carry, and how much of them was taken back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Sum

from rewards.intake.models import BrandEvent

EVENT = "event"


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What rules may ask about an event. `whole` is its money (or quantity), `left` what refunds left of that; None: not measured."""

    member_id: int
    kind: str
    occurred_at: dt.datetime
    amount: int | None = None
    currency: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    whole: int | None = None
    left: int | None = None
    is_undone: bool = False

    @property
    def is_partly_undone(self) -> bool:
        """Whether some of it was taken back, and not all."""
        return not self.is_undone and self.left != self.whole

    def part_of(self, points: int) -> int:
        """Return what is left of points that were given for all of it: in proportion, a part of a point is left off.

        It depends on what was taken back altogether and not on the steps, is never more than was given, and 0 when nothing is left.
        """
        if self.is_undone:
            return 0
        return points * (self.left or 0) // self.whole if self.whole else points


def read_events(pks: Iterable[int]) -> dict[int, EventFacts]:
    """Read the facts of events that have a member."""
    wanted = set(pks)
    if not wanted:
        return {}
    rows = BrandEvent.objects.filter(pk__in=wanted, member__isnull=False).select_related("type")
    undone = {
        original: (amount or 0, quantity or 0, times)
        for original, amount, quantity, times in BrandEvent.objects.filter(original_id__in=wanted)
        .order_by()
        .values_list("original_id")
        .annotate(Sum("amount"), Sum("quantity"), Count("pk"))
    }
    return {row.pk: _facts(row, *undone.get(row.pk, (0, 0, 0))) for row in rows}


def _facts(event: BrandEvent, money: int, number: int, times: int) -> EventFacts:
    whole, gone = (event.amount, money) if event.amount is not None else (event.quantity, number)
    return EventFacts(
        member_id=event.member_id or 0,
        kind=event.type.key,
        occurred_at=event.occurred_at,
        amount=event.amount,
        currency=event.currency,
        attributes=event.attributes,
        whole=whole,
        left=None if whole is None else whole - gone,
        is_undone=times > 0 and (whole is None or gone >= whole),
    )


def members_of_events(pks: Iterable[int]) -> set[int]:
    """Return whose events these are."""
    rows = BrandEvent.objects.filter(pk__in=set(pks), member__isnull=False)
    return {pk for pk in rows.values_list("member_id", flat=True) if pk is not None}


def as_word(value: Any) -> str:
    """Return a value of an attribute as rules name it: true and false in small letters, the rest as it is."""
    return str(value).lower() if isinstance(value, bool) else str(value)
