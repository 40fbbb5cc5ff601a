"""The brand's systems tell what happened: orders, refunds, whatever a manager declared."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from rewards.intake.models import BrandEvent
from tests.rewards.conftest import fewest_statements

SCOPES = ("events:read", "events:write")


def an_order(**more: Any) -> dict[str, Any]:
    at = (timezone.now() - dt.timedelta(hours=1)).isoformat()
    sent = {"id": "1001", "type": "order.placed", "occurred_at": at, "member": {"handle": "alice"}}
    return {**sent, "amount": 34_990, "currency": "EUR", **more}


@pytest.fixture
def shop(program: Any, manager: Any) -> Any:
    return program(manager, *SCOPES)


def test_an_order_is_told_once(shop: Any, alice: Any) -> None:
    sent = an_order(attributes={"channel": "web"})

    first, again = shop.post("events", sent), shop.post("events", sent)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    told = first.json()
    assert (told["source"], told["id"], told["member"], told["is_waiting"]) == (
        "shop",
        "1001",
        "alice",
        False,
    )
    assert shop.get(f"events/{told['number']}").json() == told


def test_other_content_under_the_same_id_is_a_409(shop: Any, alice: Any) -> None:
    shop.post("events", an_order())

    answer = shop.post("events", an_order(amount=1))

    assert (answer.status_code, answer.json()["code"]) == (409, "event_id_reused")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"colour": "red"}, "field_unknown"),
        ({"amount": 349.9}, "unusable_input"),
        ({"amount": "much"}, "unusable_input"),
        ({"amount": -5}, "unusable_input"),
        ({"amount": 10**30}, "amount_unusable"),
        ({"occurred_at": "yesterday"}, "unusable_input"),
        ({"member": {}}, "member_unusable"),
        ({"member": {"handle": "alice", "id": 1}}, "member_unusable"),
        ({"member": {"phone": "1"}}, "member_unusable"),
        ({"member": "alice"}, "unusable_input"),
        ({"member": None}, "unusable_input"),
        ({"id": "a\u0000b"}, "unusable_input"),
        ({"type": "order.dreamt"}, "type_unknown"),
        ({"attributes": {"channel": {"a": 1}}}, "attribute_unusable"),
    ],
)
def test_what_cannot_be_is_refused_and_named(shop: Any, alice: Any, wrong: dict[str, Any], code: str) -> None:
    answer = shop.post("events", an_order(**wrong))

    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.content
    assert answer.json()["errors"]
    assert not BrandEvent.objects.exists()


def test_many_at_once_answer_line_by_line(shop: Any, alice: Any) -> None:
    one = an_order()
    sent = [one, an_order(id="1002", amount=-1), {"id": 7}, an_order(id="1003", member={"id": 0}), one]

    answer = shop.post("events/bulk", {"events": sent}).json()

    assert (answer["taken"], answer["known"], answer["refused"]) == (1, 1, 3)
    assert [line["status"] for line in answer["results"]] == [201, 422, 422, 422, 200]
    assert answer["results"][1]["errors"] and answer["results"][2]["errors"]
    assert list(answer["results"][3]["errors"]) == ["member"]


@pytest.mark.parametrize("events", [[], ["order"], "order", [{}] * 501])
def test_many_are_a_list_of_some(shop: Any, events: Any) -> None:
    assert shop.post("events/bulk", {"events": events}).status_code == 422


def test_events_are_found_by_id_member_and_whether_they_wait(shop: Any, alice: Any, bob: Any) -> None:
    shop.post("events", an_order())
    shop.post("events", an_order(id="1002", member={"customer": "C-2"}))

    def ids(query: str) -> list[str]:
        return [row["id"] for row in shop.get(f"events?{query}").json()["results"]]

    assert ids("") == ["1002", "1001"]
    assert ids("id=1001&source=shop") == ["1001"]
    assert ids("member=alice") == ["1001"]
    assert ids("waiting=true") == ["1002"]
    assert ids("type=order.refunded") == []

    assert shop.put("customers/shop/C-2", {"member": "bob"}).json()["member"] == "bob"
    assert ids("waiting=true") == []
    assert shop.get("customers/shop/C-2").json()["number"] == "C-2"
    assert shop.put("customers/shop/C-2", {"member": "alice"}).json()["code"] == "customer_taken"
    assert shop.delete("customers/shop/C-2").status_code == 204
    assert shop.get("customers/shop/C-2").status_code == 404


def test_types_are_declared_and_changed(shop: Any) -> None:
    body = {"said": "You booked {id}", "attributes": [{"name": "hut", "kind": "text", "required": True}]}

    assert shop.put("event-types/hut.booked", body).status_code == 201
    assert shop.put("event-types/hut.booked", body).json()["code"] == "key_taken"
    changed = shop.patch("event-types/hut.booked", {"is_open": False}).json()
    assert (changed["is_open"], changed["attributes"]) == (False, body["attributes"])
    assert shop.patch("event-types/nothing", {"is_open": False}).status_code == 404
    assert "hut.booked" in [row["key"] for row in shop.get("event-types").json()["results"]]


def test_it_takes_the_scope_and_a_manager(program: Any, manager: Any, alice: Any) -> None:
    for caller in (program(manager, "events:read"), program(alice, *SCOPES), program(manager, "points:read")):
        assert caller.post("events", an_order()).status_code == 403
    assert program().post("events", an_order()).status_code == 401
    assert program(alice, *SCOPES).get("events").status_code == 403
    assert not BrandEvent.objects.exists()


def test_a_list_costs_the_same_for_two_and_for_twenty(shop: Any, alice: Any) -> None:
    shop.post("events/bulk", {"events": [an_order(id=str(n)) for n in range(2)]})
    few = fewest_statements(shop.client, "/api/v1/events")
    shop.post("events/bulk", {"events": [an_order(id=str(n)) for n in range(2, 20)]})

    assert fewest_statements(shop.client, "/api/v1/events") == few
