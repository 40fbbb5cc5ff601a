"""Everything the pages of webhooks do, a program does."""

import datetime as dt

import pytest
from django.utils import timezone

from community.integrations.models import WebhookEndpoint, WebhookMessage

pytestmark = pytest.mark.django_db
URL = "https://shop.example.org/hooks"


@pytest.fixture
def brand(program, manager):
    return program(manager, "webhooks:manage")


def test_an_endpoint_from_its_beginning_to_its_end(brand):
    made = brand.post("webhooks", {"url": URL, "verbs": ["badge.awarded"], "description": "Shop"})
    assert made.status_code == 201
    told = made.json()
    assert told["secret"].startswith("whsec_")
    address = f"webhooks/{told['id']}"

    assert brand.get("webhooks").json()["results"][0]["url"] == URL
    assert "secret" not in brand.get(address).json()
    assert brand.patch(address, {"description": "Till", "is_on": False}).json()["off_reason"] == "hand"
    assert brand.patch(address, {"is_on": True}).json()["is_on"] is True
    renewed = brand.post(f"{address}/secret").json()
    assert renewed["secret"] != told["secret"] and renewed["old_secret_until"]
    assert brand.delete(address).status_code == 204
    assert brand.get(address).status_code == 404


def test_log_test_and_replays(brand):
    pk = brand.post("webhooks", {"url": URL}).json()["id"]
    sent = brand.post(f"webhooks/{pk}/test", {"verb": "tier.reached"})
    assert (sent.status_code, sent.json()["type"], sent.json()["is_test"]) == (202, "tier.reached", True)
    message = sent.json()["id"]

    listed = brand.get(f"webhooks/{pk}/messages?state=waiting&verb=tier.reached").json()["results"]
    assert [row["id"] for row in listed] == [message]
    assert brand.get(f"webhooks/{pk}/messages?state=sent").json()["results"] == []
    assert brand.get(f"webhooks/messages/{message}").json()["tries"] == []
    assert brand.post(f"webhooks/messages/{message}/replay").status_code == 202
    now = timezone.now()
    asked = {
        "begins_at": (now - dt.timedelta(hours=2)).isoformat(),
        "ends_at": now.isoformat(),
        "which": "all",
    }
    assert brand.post(f"webhooks/{pk}/replays", asked).status_code == 202
    again = brand.post(f"webhooks/{pk}/replays", asked)
    assert (again.status_code, again.json()["code"]) == (409, "replay_runs")
    assert len(brand.get(f"webhooks/{pk}/replays").json()["results"]) == 1
    assert {event["name"] for event in brand.get("webhooks/events").json()["results"]} >= {"points.changed"}


def test_a_secret_is_shown_once_also_when_the_call_is_repeated(brand):
    from community.integrations.models import KeptAnswer

    first = brand.post("webhooks", {"url": URL}, idempotency_key="one")
    again = brand.post("webhooks", {"url": URL}, idempotency_key="one")

    assert first.json()["secret"] and again.json() == {**first.json(), "secret": ""}
    assert WebhookEndpoint.objects.count() == 1
    assert first.json()["secret"] not in KeptAnswer.objects.get().body


def test_bad_input_is_named_and_changes_nothing(brand):
    for body, field in (
        ({"url": "http://127.0.0.1/"}, "url"),
        ({}, "url"),
        ({"url": URL, "verbs": ["message.sent"]}, "verbs"),
        ({"url": URL, "space_ids": [0]}, "space_ids"),
        ({"url": URL, "tags": ["x" * 41]}, "tags"),
    ):
        refused = brand.post("webhooks", body)
        assert refused.status_code == 422, body
        assert field in str(refused.json()), refused.json()

    assert not WebhookEndpoint.objects.exists()


def test_only_with_the_scope_and_only_for_managers(program, manager, alice, make_member):
    pk = program(manager, "webhooks:manage").post("webhooks", {"url": URL}).json()["id"]
    other = program(make_member("olga", role="manager"), "webhooks:manage")

    assert program(manager, "threads:read").get("webhooks").json()["code"] == "scope_missing"
    assert program(alice, "webhooks:manage").get("webhooks").status_code == 403
    assert other.get("webhooks").json()["results"] == []
    for method, path in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/test"), ("GET", "/messages")):
        assert other.call(method, f"webhooks/{pk}{path}", {}).status_code == 404
    assert not WebhookMessage.objects.exists()
