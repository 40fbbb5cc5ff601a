"""Whose events are: by customer number or confirmed address, now or when they come."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from community.activity import relay
from community.activity.models import Activity
from community.activity.record import record
from community.errors import Conflict, Refused
from community.members.verbs import ADDRESS_CONFIRMED
from community.privacy.keeping.running import apply_rules
from rewards.intake.actions import link_customer, settle_waiting, take_event, unlink_customer
from rewards.intake.models import BrandEvent, Customer
from tests.racing import all_at_once


def arrived() -> int:
    return Activity.objects.filter(verb="brand_event.arrived").count()


def test_an_event_waits_until_its_customer_is_linked(
    manager: Any, alice: Any, order: Any, refund: Any
) -> None:
    take_event(actor=manager, sent=order(named_by="customer", who="C-1"))
    take_event(actor=manager, sent=refund(amount=990))
    assert (BrandEvent.objects.waiting().count(), arrived()) == (2, 0)

    link_customer(actor=manager, member=alice, source="shop", number="C-1")

    assert (BrandEvent.objects.filter(member=alice).count(), arrived()) == (2, 2)
    assert take_event(actor=manager, sent=order("1002", named_by="customer", who="C-1")).event.member == alice


def test_numbers_of_another_system_are_other_customers(manager: Any, alice: Any, order: Any) -> None:
    take_event(actor=manager, sent=order(named_by="customer", who="C-1", source="till"))

    link_customer(actor=manager, member=alice, source="shop", number="C-1")

    assert BrandEvent.objects.waiting().count() == 1


def test_linking_again_changes_nothing_and_taking_a_number_over_is_refused(
    manager: Any, alice: Any, bob: Any
) -> None:
    row = link_customer(actor=manager, member=alice, source="shop", number="C-1")
    assert link_customer(actor=manager, member=alice, source="shop", number="C-1") == row

    with pytest.raises(Conflict) as refusal:
        link_customer(actor=manager, member=bob, source="shop", number="C-1")
    assert refusal.value.code == "customer_taken"

    unlink_customer(actor=manager, customer=row)
    assert link_customer(actor=manager, member=bob, source="shop", number="C-1").member == bob
    assert Activity.objects.filter(verb__in=("customer.linked", "customer.unlinked")).count() == 3


def test_members_link_nothing(alice: Any) -> None:
    with pytest.raises(Refused):
        link_customer(actor=alice, member=alice, source="shop", number="C-1")
    assert not Customer.objects.exists()


def test_a_confirmed_address_is_enough_and_an_unconfirmed_one_is_not(
    manager: Any, alice: Any, bob: Any, order: Any, confirmed: Any
) -> None:
    known, guessed = confirmed(alice, "Alice@Example.org"), confirmed(bob, "bob@example.org", verified=False)

    assert take_event(actor=manager, sent=order(named_by="email", who=known)).event.member == alice
    assert take_event(actor=manager, sent=order("1002", named_by="email", who=guessed)).event.is_waiting


def test_who_confirms_an_address_gets_what_waited(manager: Any, bob: Any, order: Any, confirmed: Any) -> None:
    digest = confirmed(bob, "bob@example.org", verified=False)
    take_event(actor=manager, sent=order(named_by="email", who=digest))
    assert settle_waiting(member=bob) == 0

    bob.emailaddress_set.update(verified=True)
    record(ADDRESS_CONFIRMED, actor=bob, target=bob, payload={})
    relay.deliver_due()

    assert BrandEvent.objects.get().member == bob
    assert settle_waiting(member=bob) == 0


def test_what_nobody_came_for_goes_after_a_while(
    manager: Any, alice: Any, order: Any, set_number: Any
) -> None:
    set_number("intake.wait_days", 5)
    take_event(actor=manager, sent=order(named_by="customer", who="C-1"))
    take_event(actor=manager, sent=order("1002"))

    assert apply_rules(only=["intake.waiting"]) == {"intake.waiting": 0}
    with time_machine.travel(timezone.now() + dt.timedelta(days=6)):
        assert apply_rules(only=["intake.waiting"]) == {"intake.waiting": 1}
    assert BrandEvent.objects.get().member == alice


@pytest.mark.django_db(transaction=True)
def test_linking_while_events_come_leaves_none_behind(manager: Any, alice: Any, order: Any) -> None:
    sent = [order(str(n), named_by="customer", who="C-1") for n in range(20)]
    calls = [lambda it=it: take_event(actor=manager, sent=it) for it in sent]
    calls.insert(7, lambda: link_customer(actor=manager, member=alice, source="shop", number="C-1"))

    answers = all_at_once(calls)

    assert not [it for it in answers if isinstance(it, Exception)]
    assert (BrandEvent.objects.waiting().count(), arrived()) == (0, 20)
