"""Orders earn points by rules like anything else, and refunds take them back, wholly or in part, never more than was paid."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.activity import relay
from community.errors import Invalid
from rewards.intake.actions import take_event, take_events
from rewards.intake.checking import Sent
from rewards.points.actions import add_campaign, add_rule, adjust, change_rule
from rewards.points.audit import audit_ledger
from rewards.points.earning.brand_events import EventFacts
from rewards.points.earning.dry import try_rule
from rewards.points.earning.final import pay_due
from rewards.points.models import EarningRule, PendingAward, Transfer

NOW = timezone.now
PER_TEN = {"event_types": ["order.placed"], "currency": "EUR", "per_amount": 1_000}


@pytest.fixture
def rule(manager: Any) -> Callable[..., EarningRule]:
    """A rule for orders: 1 point for each full 10.00 EUR unless said."""

    def make(key: str = "bought", conditions: Any = None, points: int = 1, **more: Any) -> EarningRule:
        values = {
            "name": "You bought something",
            "points": points,
            "counts_to_cap": False,
            "conditions": PER_TEN if conditions is None else conditions,
            **more,
        }
        return add_rule(
            actor=manager, key=key, verb="brand_event.arrived", beneficiary="actor", values=values
        )

    return make


@pytest.fixture
def tell(manager: Any) -> Callable[..., None]:
    """Tell events and let everybody hear: `tell(bought(34_990))`."""

    def send(*sent: Sent) -> None:
        for it in sent:
            take_event(actor=manager, sent=it)
        relay.deliver_due()

    return send


def bought(amount: int | None, event_id: str = "1001", **more: Any) -> Sent:
    values: dict[str, Any] = {
        "source": "shop",
        "event_id": event_id,
        "type": "order.placed",
        "occurred_at": NOW() - dt.timedelta(hours=2),
        "named_by": "handle",
        "who": "alice",
        "amount": amount,
        "currency": "EUR",
    }
    return Sent(**{**values, **more})


def refunded(amount: int | None, event_id: str = "R1", original: str = "1001") -> Sent:
    return Sent(
        "shop",
        event_id,
        "order.refunded",
        NOW(),
        amount=amount,
        currency="EUR" if amount is not None else "",
        original=original,
    )


def points_of(member: Any) -> tuple[int, int]:
    member.refresh_from_db()
    return member.points_earned, member.points_to_spend


def lines() -> list[tuple[str, int]]:
    return list(Transfer.objects.order_by("pk").values_list("kind", "earned"))


@pytest.mark.parametrize(
    ("amount", "points"), [(34_990, 34), (1_000, 1), (999, 0), (0, 0), (1_999, 1), (10**12, 1_000_000)]
)
def test_points_for_each_full_amount_round_down(
    alice: Any, rule: Any, tell: Any, amount: int, points: int
) -> None:
    rule()

    tell(bought(amount))

    assert points_of(alice) == (points, points)
    assert not audit_ledger()


@pytest.mark.parametrize(
    ("conditions", "sent", "points"),
    [
        ({}, {}, 7),
        ({}, {"type": "product.registered", "amount": None, "currency": ""}, 0),
        ({"least_amount": 5_000, "currency": "EUR"}, {}, 7),
        ({"least_amount": 35_000, "currency": "EUR"}, {}, 0),
        ({"currency": "EUR"}, {"currency": "USD"}, 0),
        ({"attributes": ["channel=web"]}, {"attributes": {"channel": "web"}}, 7),
        ({"attributes": ["channel=web"]}, {"attributes": {"channel": "shop"}}, 0),
        ({"attributes": ["first_order=true"]}, {"attributes": {"first_order": True}}, 7),
        ({"member_trust": 2}, {}, 0),
    ],
)
def test_fixed_points_come_when_every_condition_is_met(
    alice: Any, rule: Any, tell: Any, conditions: dict[str, Any], sent: dict[str, Any], points: int
) -> None:
    rule(conditions={"event_types": ["order.placed"], **conditions}, points=7)

    tell(bought(**{"amount": 34_990, **sent}))

    assert points_of(alice) == (points, points)


def test_first_time_and_times_a_day(alice: Any, rule: Any, tell: Any) -> None:
    rule("first", {"event_types": ["order.placed"], "once": True}, points=50)
    rule("each", {"event_types": ["order.placed"]}, points=3, per_day=2)

    tell(*(bought(1_000, str(n), occurred_at=NOW().replace(hour=0, minute=0)) for n in range(4)))

    assert points_of(alice) == (56, 56)


def test_campaigns_make_more_of_it_and_one_event_gives_only_so_much(
    alice: Any, manager: Any, rule: Any, tell: Any
) -> None:
    rule(conditions={**PER_TEN, "most_points": 20})
    start = NOW() - dt.timedelta(days=1)
    values = {
        "name": "Autumn",
        "factor": 150,
        "active_from": start,
        "active_to": start + dt.timedelta(days=3),
    }
    add_campaign(actor=manager, key="autumn", values=values)

    tell(bought(34_990))

    assert points_of(alice) == (30, 30)


def test_events_told_twice_late_or_in_a_batch_pay_once(alice: Any, manager: Any, rule: Any) -> None:
    rule()
    sent = [refunded(17_000), bought(34_000), bought(34_000)]
    sent[2] = sent[1]

    take_events(actor=manager, sent=sent)
    relay.deliver_due()
    from community.activity.models import Delivery

    Delivery.objects.update(done_at=None)
    relay.deliver_due()

    assert points_of(alice) == (17, 17)
    assert lines() == [("award", 34), ("reversal", -34), ("award", 17)]
    assert not audit_ledger()


def test_a_refund_takes_back_all(alice: Any, rule: Any, tell: Any) -> None:
    rule()
    tell(bought(34_990))

    tell(refunded(None))

    assert points_of(alice) == (0, 0)
    assert Transfer.objects.last().memo == "It was refunded"


def test_parts_come_back_in_proportion_to_what_was_refunded_altogether(
    alice: Any, rule: Any, tell: Any
) -> None:
    rule("fixed", {"event_types": ["order.placed"]}, points=100)
    tell(bought(30_000))

    seen = []
    for n, amount in enumerate((1, 9_999, 10_000, 9_999, 1)):
        tell(refunded(amount, f"R{n}"))
        seen.append(points_of(alice)[0])

    assert seen == [99, 66, 33, 0, 0]
    assert not audit_ledger()


def test_what_was_spent_is_owed_and_nothing_is_ever_below_zero(
    alice: Any, manager: Any, rule: Any, tell: Any
) -> None:
    rule()
    tell(bought(34_000))
    adjust(actor=manager, member=alice, earned=-24, spendable=-30, reason="Put right by hand")

    tell(refunded(17_000))

    assert points_of(alice) == (0, 0)
    tell(bought(20_000, "1002"))
    assert points_of(alice) == (20, 7)
    assert not audit_ledger()


def test_points_wait_for_the_time_of_returns_and_a_refund_meanwhile_lessens_them(
    alice: Any, rule: Any, tell: Any
) -> None:
    rule(delay_hours=14 * 24)
    tell(bought(34_000, occurred_at=NOW() - dt.timedelta(days=13, hours=23, minutes=59, seconds=58)))
    tell(bought(20_000, "1002"))
    assert points_of(alice) == (0, 0)

    tell(refunded(17_000), refunded(None, "R2", "1002"))

    assert list(PendingAward.objects.order_by("pk").values_list("state", "points", "taken")) == [
        ("waiting", 34, 17),
        ("cancelled", 20, 0),
    ]
    PendingAward.objects.filter(state="waiting").update(due_at=NOW())
    pay_due()
    assert points_of(alice) == (17, 17)

    tell(refunded(8_500, "R3"))
    assert points_of(alice) == (8, 8)
    assert not audit_ledger()


def test_thirty_days_are_tried_before_a_rule_is_saved(alice: Any, bob: Any, rule: Any, tell: Any) -> None:
    tell(bought(34_000), bought(20_000, "1002", who="bob"), refunded(17_000))

    found = try_rule(
        EarningRule(
            key="new",
            verb="brand_event.arrived",
            name="New",
            points=1,
            conditions=PER_TEN,
            counts_to_cap=False,
        )
    )

    assert (found.points, dict(found.members)) == (37, {alice.pk: 17, bob.pk: 20})
    assert not Transfer.objects.exists()


@pytest.mark.parametrize(
    "conditions",
    [
        {},
        {"event_types": ["order.placed"], "per_amount": 1_000},
        {"event_types": ["order.placed"], "least_amount": 1_000, "currency": "euro"},
        {"event_types": ["order.placed"], "per_amount": -5, "currency": "EUR"},
        {"event_types": ["order.placed"], "attributes": ["channel"]},
        {"event_types": ["order.placed"], "tags": ["tents"]},
        {"event_types": ["order.placed"], "most_points": 10**9},
    ],
)
def test_a_rule_that_cannot_be_is_refused(rule: Any, conditions: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        rule(conditions=conditions)

    assert "conditions" in refusal.value.fields
    assert not EarningRule.objects.filter(key="bought").exists()


def test_posts_are_not_asked_about_money(manager: Any) -> None:
    with pytest.raises(Invalid):
        change_rule(
            actor=manager,
            rule=EarningRule.objects.in_force().get(key="first_answer"),
            changes={"conditions": {"currency": "EUR"}},
        )


@given(
    points=st.integers(0, 10**6),
    whole=st.integers(1, 10**12),
    parts=st.lists(st.integers(1, 10**11), max_size=8),
)
def test_what_stays_never_grows_and_never_falls_below_zero(points: int, whole: int, parts: list[int]) -> None:
    left, stays = whole, points
    for part in parts:
        left -= min(part, left)
        facts = EventFacts(1, "order.placed", NOW(), whole=whole, left=left, is_undone=left == 0)
        now = facts.part_of(points)
        assert 0 <= now <= stays
        assert now * whole <= points * left < (now + 1) * whole or left == 0 == now
        stays = now
    assert stays == 0 or left > 0


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    orders=st.lists(st.integers(0, 50_000), min_size=1, max_size=4),
    refunds=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 60_000)), max_size=6),
    taken=st.integers(0, 60),
)
def test_the_ledger_agrees_with_plain_sums_whatever_is_refunded(
    make_member: Any, manager: Any, orders: list[int], refunds: list[tuple[int, int]], taken: int
) -> None:
    from django.db import transaction

    with transaction.atomic():
        buyer = make_member("buyer")
        add_rule(
            actor=manager,
            key="bought",
            verb="brand_event.arrived",
            beneficiary="actor",
            values={"name": "Bought", "points": 3, "conditions": PER_TEN, "counts_to_cap": False},
        )
        left = list(orders)
        told: list[Sent] = [bought(amount, str(n), who="buyer") for n, amount in enumerate(orders)]
        for n, (which, amount) in enumerate(refunds):
            which %= len(orders)
            told.append(refunded(amount, f"R{n}", str(which)))
            if amount <= left[which]:
                left[which] -= amount
        take_events(actor=manager, sent=told)
        relay.deliver_due()

        paid = [3 * (amount // 1_000) for amount in orders]
        stays = [
            p * rest // amount if amount else p for p, rest, amount in zip(paid, left, orders, strict=True)
        ]
        assert points_of(buyer) == (sum(stays), sum(stays))
        assert not audit_ledger()
        transaction.set_rollback(True)
