"""A write pays nothing for webhooks that nobody asked for, and fifty endpoints cost no more statements than one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.activity.models import Activity, Delivery
from community.integrations.models import WebhookEndpoint, WebhookMessage
from community.integrations.webhooks.actions import add_endpoint
from community.integrations.webhooks.catalogue import all_events, example_of
from community.integrations.webhooks.listening import CONSUMER, queue_messages, renew_listening
from rewards.points.verbs import POINTS_CHANGED

pytestmark = pytest.mark.django_db
URL = "https://shop.example.org/hooks"


def test_without_an_endpoint_no_promise_is_made(alice: Any, bob: Any, space: Any, make_thread: Any) -> None:
    make_thread(alice, space)

    assert not Delivery.objects.filter(consumer=CONSUMER).exists()


def test_an_endpoint_adds_no_statement_to_a_write(
    manager: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    make_reply(bob, thread)
    with CaptureQueriesContext(
        connection,
    ) as without:
        make_reply(bob, thread)
    add_endpoint(actor=manager, values={"url": URL})
    with CaptureQueriesContext(connection) as with_one:
        make_reply(bob, thread)

    assert len(with_one) == len(without)
    assert Delivery.objects.filter(consumer=CONSUMER).count() == 1


@pytest.mark.parametrize("number", [1, 20])
def test_fifty_endpoints_cost_as_many_statements_as_one(
    number: int, manager: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    threads = [make_thread(alice, space) for _turn in range(number)]
    activities = list(Activity.objects.filter(verb="thread.created"))
    first, _secret = add_endpoint(actor=manager, values={"url": URL})
    with CaptureQueriesContext(connection) as one:
        queue_messages(activities)
    WebhookMessage.objects.all().delete()
    WebhookEndpoint.objects.bulk_create(
        [WebhookEndpoint(owner=manager, url=URL, sealed_secret=first.sealed_secret) for _turn in range(49)]
    )
    renew_listening()
    with CaptureQueriesContext(connection) as fifty:
        queue_messages(activities)

    assert len(fifty) == len(one)
    assert WebhookMessage.objects.count() == 50 * len(threads)


def test_hearing_it_twice_queues_it_once(manager: Any, alice: Any, space: Any, make_thread: Any) -> None:
    add_endpoint(actor=manager, values={"url": URL})
    make_thread(alice, space)
    told = list(Activity.objects.filter(verb="thread.created"))
    queue_messages(told)
    queue_messages(told)

    assert [message.sequence for message in WebhookMessage.objects.all()] == [1]


def test_no_event_tells_what_is_private() -> None:
    names = {event.name for event in all_events()}

    assert not {
        name
        for name in names
        if name.startswith(("message.", "conversation.", "room.", "api_key.", "webhook."))
    }
    assert POINTS_CHANGED.name in names and {"badge.awarded", "tier.reached"} <= names
    private = {"words", "memo", "reason", "note", "email", "reporter_ids", "option_ids", "answer"}
    assert {
        (event.name, field) for event in all_events() for field in event.fields if field in private
    } == set()
    assert all(event.label and example_of(event).keys() == set(event.fields) for event in all_events())
