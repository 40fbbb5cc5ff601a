"""Real purchases through the intake give the points and tiers that a plain calculation beside it gives.

The plain calculation knows nothing of the product: it reads the lines, adds up whole numbers and compares with thresholds.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from community.activity import relay
from community.members.models import Member
from rewards.intake.models import BrandEvent, Customer
from rewards.points.actions import add_rule
from rewards.points.audit import audit_ledger
from rewards.tiers.actions import save_tier_rules
from tests.real_data import real

AT_ONCE = 500
# So many customers join only after their purchases were told.
LATE = 50


@dataclass(frozen=True)
class Purchase:
    """One line: who, which day, how many, for how many cents; `back` of these were refunded."""

    number: str
    customer: str
    day: dt.date
    quantity: int
    cents: int
    back: int = 0


def cdnow() -> list[Purchase]:
    """The sample of CDNOW: 2,357 customers from January 1997 to June 1998."""
    lines = [
        line.split() for line in real("loyalty/cdnow-sample.txt").read_text().splitlines() if line.strip()
    ]
    return [
        Purchase(
            str(n),
            customer,
            dt.datetime.strptime(day, "%Y%m%d").date(),
            int(quantity),
            int(Decimal(paid) * 100),
        )
        for n, (_all, customer, day, quantity, paid) in enumerate(lines)
    ]


def made_up() -> list[Purchase]:
    """Purchases of the same shape, for where the real ones are not."""
    chance = random.Random(1998)
    start = dt.date(1997, 1, 1)
    rows = []
    for customer in range(1, 121):
        for _time in range(chance.choice((1, 1, 1, 2, 3, 8))):
            day = start + dt.timedelta(days=chance.randrange(546))
            cents = chance.choice((0, 677, 1_176, 2_933, 12_999, 150_649)) * chance.choice((1, 1, 2))
            rows.append((f"{customer:04}", day, chance.randrange(1, 6), cents))
    return [Purchase(str(n), *row) for n, row in enumerate(rows)]


def as_if_lately(rows: list[Purchase]) -> list[Purchase]:
    """Shift all days alike, so that the last is yesterday; of each fortieth a third of the money came back."""
    shift = timezone.now().date() - dt.timedelta(days=1) - max(row.day for row in rows)
    return [
        Purchase(
            row.number,
            row.customer,
            row.day + shift,
            row.quantity,
            row.cents,
            row.cents // 3 if n % 40 == 0 else 0,
        )
        for n, row in enumerate(rows)
    ]


def events_of(rows: list[Purchase], members: dict[str, int]) -> Iterator[dict[str, Any]]:
    """The purchases as a shop tells them: some customers by their number, some as the member they are."""
    for n, row in enumerate(rows):
        moment = f"{row.day}T12:00:00Z"
        pk = members[row.customer]
        yield {
            "id": row.number,
            "type": "order.placed",
            "occurred_at": moment,
            "member": {"customer": row.customer} if pk % 2 or n < LATE else {"id": pk},
            "amount": row.cents,
            "currency": "USD",
            "quantity": row.quantity,
        }
        if row.back:
            yield {
                "id": f"{row.number}-R",
                "type": "order.refunded",
                "occurred_at": moment,
                "original": row.number,
                "amount": row.back,
                "currency": "USD",
            }


def plain_points(row: Purchase) -> int:
    """One point for each full dollar; of what was refunded, in proportion, rounded down."""
    points = row.cents // 100
    return points * (row.cents - row.back) // row.cents if row.back else points


def plain_answer(rows: list[Purchase]) -> dict[str, tuple[int, str]]:
    """What each customer should have: points, and the tier by the points of the last twelve months."""
    today = timezone.now().date()
    since = (
        today.replace(year=today.year - 1)
        if (today.month, today.day) != (2, 29)
        else dt.date(today.year - 1, 2, 28)
    )
    points: dict[str, int] = {}
    lately: dict[str, int] = {}
    for row in rows:
        points[row.customer] = points.get(row.customer, 0) + plain_points(row)
        lately[row.customer] = lately.get(row.customer, 0) + (plain_points(row) if row.day >= since else 0)
    names = {0: "", 250: "Regular", 1250: "Guide", 4000: "Steward"}
    return {
        customer: (points[customer], names[max(least for least in names if least <= lately[customer])])
        for customer in points
    }


def deliver_everything() -> None:
    while relay.deliver_due(at_most=100_000, batch=2_000):
        pass


@pytest.mark.parametrize("source", [made_up, cdnow])
def test_purchases_give_what_a_plain_calculation_gives(source: Any, program: Any, manager: Any) -> None:
    rows = as_if_lately(source())
    customers = sorted({row.customer for row in rows})
    people = Member.objects.bulk_create(
        Member(handle=f"buyer{number}", name=f"Buyer {number}", email=f"b{number}@example.org")
        for number in customers
    )
    members = {number: member.pk for number, member in zip(customers, people, strict=True)}
    late = {row.customer for row in rows[:LATE]}
    Customer.objects.bulk_create(
        Customer(source="shop", number=number, member_id=pk)
        for number, pk in members.items()
        if number not in late
    )
    values = {
        "name": "You bought music",
        "points": 1,
        "conditions": {"event_types": ["order.placed"], "currency": "USD", "per_amount": 100},
        "counts_to_cap": False,
    }
    add_rule(actor=manager, key="music", verb="brand_event.arrived", beneficiary="actor", values=values)
    save_tier_rules(actor=manager, changes={"basis": "months", "months": 12})
    shop = program(manager, "events:read", "events:write")
    for kind in ("order.placed", "order.refunded"):
        assert shop.patch(f"event-types/{kind}", {"oldest_days": 800}).status_code == 200
    sent = list(events_of(rows, members))

    for start in range(0, len(sent), AT_ONCE):
        part = sent[start : start + AT_ONCE]
        answer = shop.post("events/bulk", {"events": part}).json()
        assert (answer["taken"], answer["refused"]) == (len(part), 0), answer
    deliver_everything()
    assert BrandEvent.objects.waiting().exists()
    for number in sorted(late):
        assert shop.put(f"customers/shop/{number}", {"member": f"buyer{number}"}).status_code == 200
    deliver_everything()

    expected = plain_answer(rows)
    found = {
        handle.removeprefix("buyer"): (earned, tier)
        for handle, earned, tier in Member.objects.filter(handle__startswith="buyer").values_list(
            "handle", "points_earned", "tier"
        )
    }
    assert found == expected
    assert len({tier for _points, tier in found.values()}) >= 3
    assert not audit_ledger()

    # Told again, in other portions, it is all there already and nothing moves.
    answer = shop.post("events/bulk", {"events": sent[7 : 7 + AT_ONCE]}).json()
    assert (answer["known"], answer["taken"], answer["refused"]) == (len(sent[7 : 7 + AT_ONCE]), 0, 0)
    deliver_everything()
    assert sum(
        Member.objects.filter(handle__startswith="buyer").values_list("points_earned", flat=True)
    ) == sum(points for points, _tier in expected.values())
