"""Endpoints are added, changed, turned and removed by who may, and nothing else changes them."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.activity.listening import listened_for
from community.errors import Conflict, Invalid, Refused
from community.integrations.models import WebhookEndpoint, WebhookMessage, WebhookReplay
from community.integrations.webhooks import actions
from community.integrations.webhooks.catalogue import all_events
from community.integrations.webhooks.listening import CONSUMER
from community.moderation.models import AuditEntry
from community.notifications.models import Notice
from tests.community.integrations.webhooks.receiver import Receiver

pytestmark = pytest.mark.django_db
URL = "https://shop.example.org/hooks?key=hunter2"


def test_only_managers_add_endpoints(alice: Any, mod: Any, mallory: Any) -> None:
    for who in (alice, mod, mallory):
        with pytest.raises(Refused):
            actions.add_endpoint(actor=who, values={"url": URL})

    assert not WebhookEndpoint.objects.exists()


def test_another_manager_s_endpoint_is_not_theirs_to_change(
    manager: Any, make_member: Any, admin: Any
) -> None:
    endpoint, _secret = actions.add_endpoint(actor=manager, values={"url": URL})
    other = make_member("olga", role="manager")

    for act in (actions.renew_secret, actions.remove_endpoint, actions.send_test):
        with pytest.raises(Refused):
            act(actor=other, endpoint=endpoint)
    with pytest.raises(Refused):
        actions.change_endpoint(actor=other, endpoint=endpoint, values={"description": "Mine"})
    actions.change_endpoint(actor=admin, endpoint=endpoint, values={"description": "Shop"})
    assert WebhookEndpoint.objects.get().description == "Shop"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"url": "http://shop.example.org/"}, "url"),
        ({"url": "https://127.0.0.1/"}, "url"),
        ({"url": "https://me:secret@shop.example.org/"}, "url"),
        ({"url": "https://shop.example.org:6379/"}, "url"),
        ({"url": ""}, "url"),
        ({}, "url"),
        ({"url": URL, "verbs": ["message.sent"]}, "verbs"),
        ({"url": URL, "verbs": ["no.such"]}, "verbs"),
        ({"url": URL, "space_ids": [987654]}, "space_ids"),
        ({"url": URL, "space_ids": [-1]}, "space_ids"),
        ({"url": URL, "space_ids": [2**70]}, "space_ids"),
        ({"url": URL, "tags": ["never-heard-of"]}, "tags"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_added(
    values: dict[str, Any], field: str, manager: Any
) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.add_endpoint(actor=manager, values=values)

    assert field in refusal.value.fields
    assert not WebhookEndpoint.objects.exists()


def test_nothing_is_listened_for_without_an_endpoint_in_use(manager: Any) -> None:
    assert listened_for(CONSUMER) == set()

    endpoint, _secret = actions.add_endpoint(actor=manager, values={"url": URL, "verbs": ["post.created"]})
    assert listened_for(CONSUMER) == {"post.created"}
    other, _secret = actions.add_endpoint(actor=manager, values={"url": URL})
    assert listened_for(CONSUMER) == {event.name for event in all_events()}
    actions.turn_endpoint(actor=manager, endpoint=other, on=False)
    assert listened_for(CONSUMER) == {"post.created"}
    actions.change_endpoint(actor=manager, endpoint=endpoint, values={"verbs": ["badge.awarded"]})
    assert listened_for(CONSUMER) == {"badge.awarded"}
    actions.remove_endpoint(actor=manager, endpoint=endpoint)
    assert listened_for(CONSUMER) == set()


def test_there_are_only_so_many_endpoints(manager: Any, set_number: Any) -> None:
    set_number("integrations.webhook_endpoints", 1)
    actions.add_endpoint(actor=manager, values={"url": URL})

    with pytest.raises(Conflict):
        actions.add_endpoint(actor=manager, values={"url": URL})


def test_the_audit_log_names_the_host_and_no_secret(manager: Any, deliver_all: Any) -> None:
    endpoint, secret = actions.add_endpoint(actor=manager, values={"url": URL})
    new = actions.renew_secret(actor=manager, endpoint=endpoint)
    actions.turn_endpoint(actor=manager, endpoint=endpoint, on=False)
    actions.turn_endpoint(actor=manager, endpoint=endpoint, on=True)
    now = timezone.now()
    actions.replay_span(
        actor=manager, endpoint=endpoint, begins_at=now - dt.timedelta(hours=1), ends_at=now, which="all"
    )
    actions.remove_endpoint(actor=manager, endpoint=endpoint)
    deliver_all()

    entries = AuditEntry.objects.filter(actor=manager).order_by("activity_id")
    assert [entry.act.removeprefix("webhook.") for entry in entries] == [
        "added",
        "secret_renewed",
        "turned_off",
        "turned_on",
        "replayed",
        "removed",
    ]
    said = str([(entry.before, entry.after) for entry in entries])
    assert "shop.example.org" in said
    assert secret not in said and new not in said and "hunter2" not in said
    # What one does by hand is no news to oneself.
    assert not Notice.objects.filter(kind="webhooks.turned_off").exists()


@pytest.mark.parametrize("reason", ["gone", "failing"])
def test_an_endpoint_that_is_dead_is_turned_off_and_its_owner_told(
    reason: str,
    endpoint: Any,
    manager: Any,
    receiver: Receiver,
    send: Any,
    deliver_all: Any,
    alice: Any,
    space: Any,
    make_thread: Any,
) -> None:
    receiver.mode = "410" if reason == "gone" else "500"
    if reason == "failing":
        WebhookEndpoint.objects.update(failing_since=timezone.now() - dt.timedelta(days=5), failures=40)
    make_thread(alice, space)
    make_thread(alice, space)
    send()
    deliver_all()

    held = WebhookEndpoint.objects.get()
    assert (held.is_on, held.off_reason) == (False, reason)
    assert listened_for(CONSUMER) == set()
    assert set(WebhookMessage.objects.values_list("state", flat=True)) == {"failed"}
    notice = Notice.objects.get(member=manager, kind="webhooks.turned_off")
    assert notice.payload == {"host": "127.0.0.1", "reason": reason}
    make_thread(alice, space)
    assert send() == 0
    assert len(receiver.heard) == 1


def test_a_day_of_failures_turns_nothing_off(
    endpoint: Any, receiver: Receiver, send: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    receiver.mode = "500"
    WebhookEndpoint.objects.update(failing_since=timezone.now() - dt.timedelta(days=4, hours=23), failures=9)
    make_thread(alice, space)
    send()

    assert WebhookEndpoint.objects.get().is_on


def test_a_test_is_signed_numbered_and_says_so(
    endpoint: Any, manager: Any, receiver: Receiver, send: Any
) -> None:
    actions.send_test(actor=manager, endpoint=endpoint)
    actions.send_test(actor=manager, endpoint=endpoint, verb="badge.awarded")
    assert send() == 2

    greeting, badge = receiver.bodies()
    assert (greeting["type"], greeting["test"], greeting["sequence"]) == ("webhook.test", True, 1)
    assert (badge["type"], badge["test"], badge["sequence"]) == ("badge.awarded", True, 2)
    assert set(badge["data"]) >= {"badge", "name", "member_id"}
    with pytest.raises(Invalid):
        actions.send_test(actor=manager, endpoint=endpoint, verb="message.sent")


def test_what_is_off_takes_no_test_and_no_replay(manager: Any, endpoint: Any) -> None:
    message = actions.send_test(actor=manager, endpoint=endpoint)
    actions.turn_endpoint(actor=manager, endpoint=endpoint, on=False)
    now = timezone.now()

    with pytest.raises(Conflict):
        actions.send_test(actor=manager, endpoint=endpoint)
    with pytest.raises(Conflict):
        actions.replay_message(actor=manager, message=message)
    with pytest.raises(Conflict):
        actions.replay_span(
            actor=manager, endpoint=endpoint, begins_at=now - dt.timedelta(hours=1), ends_at=now, which="all"
        )
    assert not WebhookReplay.objects.exists()
