"""A receiver that is trusted, and an endpoint of the manager's that leads to it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from community.integrations.models import WebhookEndpoint, WebhookMessage
from community.integrations.webhooks.actions import add_endpoint
from community.integrations.webhooks.sending import send_due
from tests.community.integrations.webhooks.receiver import Receiver, listening


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """A receiver on this machine, trusted as one of the own network is."""
    with listening() as made:
        settings.EGRESS_TRUSTED = [made.origin]
        yield made


@pytest.fixture
def endpoint(manager: Any, receiver: Receiver) -> Any:
    """An endpoint that hears of threads and replies; its secret is `endpoint.shown`."""
    verbs = ["thread.created", "post.created"]
    made, secret = add_endpoint(
        actor=manager, values={"url": receiver.url, "description": "Shop", "verbs": verbs}
    )
    made.shown = secret  # type: ignore[attr-defined]
    return made


@pytest.fixture
def send(deliver_all: Any) -> Callable[..., int]:
    """Deliver what happened to the endpoints' queues and send what is due; `later=True` also what waits for another try."""

    def run(*, later: bool = False) -> int:
        deliver_all()
        if later:
            WebhookEndpoint.objects.update(rests_until=None)
            WebhookMessage.objects.filter(state="waiting").update(due_at="2020-01-01T00:00:00Z")
        return send_due()

    return run
