"""A sender that is killed between sending and writing it down: nothing is lost, and what comes twice has one id."""

import multiprocessing
import os
import signal
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from community.activity import relay
from community.integrations.models import WebhookEndpoint, WebhookMessage
from community.integrations.webhooks import sending
from community.integrations.webhooks.actions import add_endpoint
from tests.community.integrations.webhooks.receiver import Receiver

pytestmark = pytest.mark.django_db(transaction=True)
system = multiprocessing.get_context("fork")


def send_and_die() -> None:
    """Send what is due, and fall over before any of it is written down."""
    sending.settle = lambda batch, tries: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
    sending.send_due()


def test_a_sender_that_dies_after_sending_is_followed_by_another(
    manager: Any, receiver: Receiver, alice: Any, space: Any, make_thread: Any
) -> None:
    add_endpoint(actor=manager, values={"url": receiver.url, "verbs": ["thread.created"]})
    for _turn in range(3):
        make_thread(alice, space)
    relay.deliver_due(at_most=100_000)
    connections.close_all()
    child = system.Process(target=send_and_die, daemon=True)
    child.start()
    child.join(60)

    assert child.exitcode == -signal.SIGKILL
    assert len(receiver.heard) == 3
    assert set(WebhookMessage.objects.values_list("state", flat=True)) == {"waiting"}
    # Its lease still holds; when it ends, another sends the same messages with the same ids and numbers.
    assert sending.send_due() == 0
    WebhookEndpoint.objects.update(leased_until=timezone.now())
    assert sending.send_due() == 3
    assert set(WebhookMessage.objects.values_list("state", flat=True)) == {"sent"}
    ids = [headers["webhook-id"] for headers, _body in receiver.heard]
    assert len(ids) == 6 and sorted(ids[:3]) == sorted(ids[3:])
    assert sorted(it["sequence"] for it in receiver.bodies()) == [1, 1, 2, 2, 3, 3]
