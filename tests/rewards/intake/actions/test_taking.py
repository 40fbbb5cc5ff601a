"""Each event once, whoever sends it and however often; what cannot be is refused and changes nothing."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Conflict, DomainError, Invalid, Refused
from rewards.intake.actions import change_event_type, take_event, take_events
from rewards.intake.checking import Sent
from rewards.intake.models import BrandEvent, EventType
from tests.racing import all_at_once


def arrived() -> int:
    return Activity.objects.filter(verb="brand_event.arrived").count()


def test_an_event_is_kept_and_told(manager: Any, alice: Any, order: Any) -> None:
    taken = take_event(actor=manager, sent=order(attributes={"channel": "web", "first_order": True}))

    assert taken.is_new
    event = BrandEvent.objects.get()
    assert (event.member, event.amount, event.currency) == (alice, 34_990, "EUR")
    assert event.attributes == {"channel": "web", "first_order": True}
    told = Activity.objects.get(verb="brand_event.arrived")
    assert (told.actor, told.target_pk, told.quiet) == (None, event.pk, False)
    assert told.payload["member_id"] == alice.pk


def test_the_same_again_is_the_same_answer(manager: Any, alice: Any, order: Any) -> None:
    sent = order()
    first = take_event(actor=manager, sent=sent)

    again = take_event(actor=manager, sent=sent)

    assert (again.event, again.is_new) == (first.event, False)
    assert arrived() == 1


def test_the_same_is_answered_even_when_it_would_be_refused_now(manager: Any, alice: Any, order: Any) -> None:
    sent = order()
    take_event(actor=manager, sent=sent)
    change_event_type(
        actor=manager, kind=EventType.objects.get(key="order.placed"), changes={"is_open": False}
    )

    assert not take_event(actor=manager, sent=sent).is_new


@pytest.mark.parametrize(
    "other", [{"amount": 1}, {"currency": "USD"}, {"quantity": 1}, {"attributes": {"channel": "web"}}]
)
def test_the_same_id_with_other_content_is_a_conflict(
    manager: Any, alice: Any, order: Any, other: dict[str, Any]
) -> None:
    sent = order()
    take_event(actor=manager, sent=sent)

    with pytest.raises(Conflict) as refusal:
        take_event(actor=manager, sent=order(occurred_at=sent.occurred_at, **other))

    assert refusal.value.code == "event_id_reused"
    assert (BrandEvent.objects.get().amount, arrived()) == (34_990, 1)


def test_ids_belong_to_their_system(manager: Any, alice: Any, order: Any) -> None:
    take_event(actor=manager, sent=order())

    assert take_event(actor=manager, sent=order(source="till", amount=1)).is_new


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"type": "order.dreamt"}, "type_unknown"),
        ({"amount": -1}, "amount_unusable"),
        ({"amount": 1.5}, "amount_unusable"),
        ({"amount": True}, "amount_unusable"),
        ({"amount": 10**12 + 1}, "amount_unusable"),
        ({"amount": None, "currency": ""}, "amount_needed"),
        ({"currency": ""}, "currency_unusable"),
        ({"currency": "eur"}, "currency_unusable"),
        ({"quantity": -2}, "quantity_unusable"),
        ({"attributes": {"colour": "red"}}, "attribute_unknown"),
        ({"attributes": {"first_order": "yes"}}, "attribute_unusable"),
        ({"attributes": {"channel": "x" * 121}}, "attribute_unusable"),
        ({"attributes": {"channel": "a\x00b"}}, "attribute_unusable"),
        ({"attributes": {"channel": ["a"]}}, "attribute_unusable"),
        ({"event_id": ""}, "id_unusable"),
        ({"event_id": "a\x00b"}, "id_unusable"),
        ({"event_id": "x" * 101}, "id_unusable"),
        ({"source": "The Shop"}, "source_unusable"),
        ({"who": "nobody-hereabouts"}, "member_unknown"),
        ({"named_by": "number", "who": "987654321"}, "member_unknown"),
        ({"named_by": "email", "who": "alice@example.org"}, "member_unusable"),
        ({"named_by": "original", "who": ""}, "member_needed"),
        ({"original": "1000"}, "field_unknown"),
    ],
)
def test_what_cannot_be_is_refused(
    manager: Any, alice: Any, order: Any, wrong: dict[str, Any], code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        take_event(actor=manager, sent=order(**wrong))

    assert refusal.value.code == code
    assert refusal.value.fields
    assert (BrandEvent.objects.count(), arrived()) == (0, 0)


def test_how_old_and_how_far_ahead_is_said_by_the_type(manager: Any, alice: Any, order: Any) -> None:
    now = timezone.now()

    for moment, code in (
        (dt.timedelta(days=-401), "event_too_old"),
        (dt.timedelta(hours=1), "event_in_future"),
    ):
        with pytest.raises(Invalid) as refusal:
            take_event(actor=manager, sent=order(occurred_at=now + moment))
        assert refusal.value.code == code
    assert take_event(actor=manager, sent=order(occurred_at=now + dt.timedelta(minutes=5))).is_new


def test_what_lies_far_back_is_history(manager: Any, alice: Any, order: Any) -> None:
    take_event(actor=manager, sent=order(occurred_at=timezone.now() - dt.timedelta(days=30)))

    assert Activity.objects.get(verb="brand_event.arrived").quiet


def test_members_and_moderators_send_nothing(alice: Any, mod: Any, order: Any) -> None:
    for actor in (alice, mod):
        with pytest.raises(Refused):
            take_event(actor=actor, sent=order())
    assert not BrandEvent.objects.exists()


def test_of_many_each_is_taken_or_refused_for_itself(
    manager: Any, alice: Any, bob: Any, order: Any, refund: Any
) -> None:
    gone = Invalid("invalid", "Not even an event.")
    sent = [
        refund(amount=990),
        order(),
        order("1002", who="bob"),
        order("1003", amount=-1),
        gone,
        order("1002"),
    ]

    answers = take_events(actor=manager, sent=sent)

    # The refund stands before its order and is taken in behind it.
    said = [it.code if isinstance(it, DomainError) else it.is_new for it in answers]
    assert said == [True, True, True, "amount_unusable", "invalid", "event_id_reused"]
    assert arrived() == 3


def test_the_same_twice_in_one_call_is_taken_in_once(manager: Any, alice: Any, order: Any) -> None:
    sent = order()

    answers = take_events(actor=manager, sent=[sent, sent])

    assert [it.is_new for it in answers if not isinstance(it, DomainError)] == [True, False]
    assert arrived() == 1


def test_too_many_at_once_are_refused(manager: Any, order: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        take_events(actor=manager, sent=[order(str(n)) for n in range(501)])
    assert refusal.value.code == "too_many"


@pytest.mark.parametrize("column", ["amount", "currency", "event_id", "digest"])
def test_what_an_event_says_never_changes(manager: Any, alice: Any, order: Any, column: str) -> None:
    take_event(actor=manager, sent=order())

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        BrandEvent.objects.update(**{column: 7 if column == "amount" else "x"})
    assert BrandEvent.objects.get().amount == 34_990


@pytest.mark.django_db(transaction=True)
def test_thirty_tellings_at_once_are_one_event(manager: Any, alice: Any, order: Any) -> None:
    sent = order()

    answers = all_at_once([lambda: take_event(actor=manager, sent=sent)] * 30)

    assert [it.is_new for it in answers].count(True) == 1
    assert (BrandEvent.objects.count(), arrived()) == (1, 1)


def refunded() -> list[int | None]:
    return list(BrandEvent.objects.filter(type__undoes=True).order_by("pk").values_list("amount", flat=True))


def test_a_refund_takes_the_rest_unless_it_says_how_much(
    manager: Any, alice: Any, order: Any, refund: Any
) -> None:
    take_event(actor=manager, sent=order())

    take_event(actor=manager, sent=refund("R1", 4_990))
    last = take_event(actor=manager, sent=refund("R2"))

    assert refunded() == [4_990, 30_000]
    assert (last.event.member, last.event.currency) == (alice, "EUR")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"amount": 34_991}, "more_than_left"),
        ({"amount": 0}, "amount_unusable"),
        ({"amount": 5, "currency": "USD"}, "currency_differs"),
        ({"original": "9999"}, "original_unknown"),
        ({"original": ""}, "original_needed"),
        ({"named_by": "handle", "who": "bob"}, "member_differs"),
    ],
)
def test_a_refund_that_fits_nothing_is_refused(
    manager: Any, alice: Any, bob: Any, order: Any, refund: Any, wrong: dict[str, Any], code: str
) -> None:
    take_event(actor=manager, sent=order())

    with pytest.raises(Invalid) as refusal:
        take_event(actor=manager, sent=refund(**wrong))

    assert refusal.value.code == code
    assert refunded() == []


def test_nothing_is_refunded_twice(manager: Any, alice: Any, order: Any, refund: Any) -> None:
    take_event(actor=manager, sent=order())
    take_event(actor=manager, sent=refund("R1"))

    for again in (refund("R2"), refund("R3", 1)):
        with pytest.raises(Invalid) as refusal:
            take_event(actor=manager, sent=again)
        assert refusal.value.code == "more_than_left"


@pytest.mark.django_db(transaction=True)
def test_refunds_at_once_never_take_back_more_than_there_was(
    manager: Any, alice: Any, order: Any, refund: Any
) -> None:
    take_event(actor=manager, sent=order(amount=1_000))
    sent: list[Sent] = [refund(f"R{n}", 300) for n in range(12)]

    answers = all_at_once([lambda it=it: take_event(actor=manager, sent=it) for it in sent])

    assert sum(isinstance(it, Invalid) for it in answers) == 9
    assert refunded() == [300, 300, 300]
