"""What a message says: built when it is sent, from the allow-list of its verb, as its owner may read it at that moment."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from community.activity.models import Activity
from community.integrations.webhooks.catalogue import Event, Sight, example_of, find_event
from community.integrations.webhooks.models import WebhookEndpoint, WebhookMessage
from community.members.models import Member

TEST = "webhook.test"


@dataclass(frozen=True, slots=True)
class Withheld:
    """Nothing leaves, and why: `owner`, `hidden`, `gone` or `unknown`."""

    why: str


def body_of(endpoint: WebhookEndpoint, message: WebhookMessage) -> bytes | Withheld:
    """Return the body of a message as it may leave now, or why it may not."""
    if message.is_test:
        return _written(message, message.created_at.isoformat(), _example(message.verb))
    if not may_listen(endpoint.owner):
        return Withheld("owner")
    event, activity = find_event(message.verb), message.activity
    if event is None:
        return Withheld("unknown")
    if activity is None:
        return Withheld("gone")
    sight = event.look(endpoint.owner, activity)
    if sight is None:
        return Withheld("hidden")
    return _written(message, activity.occurred_at.isoformat(), _data(event, activity, sight))


def may_listen(owner: Member) -> bool:
    """Whether an owner may hear anything at all: of the team still, and not shut out."""
    return owner.is_active and not owner.is_suspended and owner.is_at_least("manager")


def _written(message: WebhookMessage, at: str, data: dict[str, Any]) -> bytes:
    said = {"type": message.verb, "timestamp": at, "sequence": message.sequence, "data": data}
    if message.is_test:
        said["test"] = True
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _data(event: Event, activity: Activity, sight: Sight) -> dict[str, Any]:
    told = {name: activity.payload.get(name) for name in event.fields}
    # Words as they are now: what an author took out of a post since then does not leave the house any more.
    told |= {name: value for name, value in (sight.words or {}).items() if name in told}
    data: dict[str, Any] = {
        "activity_id": activity.pk,
        "actor": _actor(activity) if event.says_actor else None,
        "space_id": activity.space_id,
        "target": {"type": activity.target_type, "id": activity.target_pk},
    }
    if sight.url:
        data["url"] = f"{settings.BASE_URL}{sight.url}"
    return data | told


def _actor(activity: Activity) -> dict[str, Any] | None:
    actor = activity.actor
    return None if actor is None or not actor.is_active else {"id": actor.pk, "handle": actor.handle}


def _example(verb: str) -> dict[str, Any]:
    event = find_event(verb)
    if event is None:
        return {"hello": "This is a test. Nothing happened."}
    frame = {"activity_id": 42, "actor": {"id": 42, "handle": "example"}, "space_id": 42}
    return {**frame, "target": {"type": "example", "id": 42}, **example_of(event)}
