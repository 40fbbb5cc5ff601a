"""Types are rows that managers declare; what came by them stays as it is."""

from typing import Any

import pytest

from community.activity import relay
from community.errors import Invalid, Refused
from community.moderation.models import AuditEntry
from rewards.intake.actions import change_event_type, declare_event_type, take_event
from rewards.intake.models import BrandEvent, EventType


def test_a_declared_type_is_taken_in_and_stands_in_the_audit_log(
    manager: Any, alice: Any, order: Any
) -> None:
    fields = [{"name": "hut", "kind": "text", "required": True}]
    declare_event_type(
        actor=manager, key="hut.booked", values={"said": "You booked a hut", "attributes": fields}
    )

    taken = take_event(
        actor=manager,
        sent=order(type="hut.booked", amount=None, currency="", attributes={"hut": "Top Hut"}),
    )
    relay.deliver_due()

    assert taken.event.type.key == "hut.booked"
    assert AuditEntry.objects.filter(act="event_type.changed").count() == 1


@pytest.mark.parametrize(
    ("key", "values", "field"),
    [
        ("order.placed", {"said": "Again"}, "key"),
        ("Order Placed", {"said": "Spaces"}, "key"),
        ("hut.booked", {"said": "You booked {hut}"}, "said"),
        ("hut.booked", {"said": "You booked {id"}, "said"),
        ("hut.booked", {"said": ""}, "said"),
        (
            "hut.booked",
            {"said": "A", "attributes": [{"name": "A B", "kind": "text", "required": False}]},
            "attributes",
        ),
        (
            "hut.booked",
            {"said": "A", "attributes": [{"name": "a", "kind": "poem", "required": False}]},
            "attributes",
        ),
        ("hut.booked", {"said": "A", "attributes": [{"name": "a"}]}, "attributes"),
        ("hut.booked", {"said": "A", "amount": "often"}, "amount"),
        ("hut.booked", {"said": "A", "oldest_days": 0}, "oldest_days"),
        ("hut.booked", {"said": "A", "ahead_minutes": 100_000}, "ahead_minutes"),
    ],
)
def test_a_type_that_cannot_be_is_refused_by_field(
    manager: Any, key: str, values: dict[str, Any], field: str
) -> None:
    before = EventType.objects.count()

    with pytest.raises(Invalid) as refusal:
        declare_event_type(actor=manager, key=key, values=values)

    assert list(refusal.value.fields) == [field]
    assert EventType.objects.count() == before


def test_a_change_touches_nothing_that_came(manager: Any, alice: Any, order: Any) -> None:
    take_event(actor=manager, sent=order(attributes={"channel": "web"}))
    kind = EventType.objects.get(key="order.placed")

    change_event_type(actor=manager, kind=kind, changes={"attributes": [], "oldest_days": 7})

    assert BrandEvent.objects.get().attributes == {"channel": "web"}
    with pytest.raises(Invalid) as refusal:
        change_event_type(actor=manager, kind=kind, changes={"undoes": True})
    assert refusal.value.code == "type_in_use"


def test_only_managers_declare(alice: Any, mod: Any) -> None:
    for actor in (alice, mod):
        with pytest.raises(Refused):
            declare_event_type(actor=actor, key="hut.booked", values={"said": "You booked a hut"})
