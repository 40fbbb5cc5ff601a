"""People who write to each other."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from django.conf import settings as site

from community.messages.actions import begin_conversation, invite_to_room, join_room, open_room, send_message
from community.messages.models import Conversation, Room
from community.notifications.live import channel


@pytest.fixture
def talk(alice: Any, bob: Any) -> Conversation:
    """Alice wrote to Bob, who has not read it."""
    return begin_conversation(actor=alice, members=[bob], body="Do you still have the spare pole section?")


@pytest.fixture
def group(alice: Any, bob: Any, carol: Any) -> Conversation:
    """Alice, Bob and Carol plan a weekend."""
    return begin_conversation(
        actor=alice, members=[bob, carol], body="Shall we meet at the hut on Friday?", title="Hut weekend"
    )


@pytest.fixture
def say() -> Callable[..., Any]:
    """Write something: `say(bob, talk, "Yes.")`."""

    def write(actor: Any, conversation: Conversation, body: str) -> Any:
        return send_message(actor=actor, conversation=conversation, body=body)

    return write


@pytest.fixture
def room(mod: Any, alice: Any, bob: Any, space: Any) -> Room:
    """A room of an open space that a moderator opened; Alice and Bob have joined."""
    opened = open_room(actor=mod, name="Hut evening", about="Bring your questions.", space=space)
    for member in (alice, bob):
        join_room(actor=member, room=opened)
    return Room.objects.select_related("conversation", "space").get(pk=opened.pk)


@pytest.fixture
def testers(manager: Any, alice: Any) -> Room:
    """A room without a space, into which a manager let Alice."""
    opened = open_room(actor=manager, name="Prototype talk")
    invite_to_room(actor=manager, room=opened, members=[alice])
    return Room.objects.select_related("conversation", "space").get(pk=opened.pk)


@pytest.fixture
def heard() -> Iterator[Any]:
    """Return everything that was said on the channel since."""
    listener = redis.Redis.from_url(site.REDIS_URL).pubsub(ignore_subscribe_messages=True)
    listener.subscribe(channel())
    listener.get_message(timeout=2)

    def read() -> list[dict[str, Any]]:
        found = []
        while (message := listener.get_message(timeout=0.3)) is not None:
            found.append(json.loads(message["data"]))
        return found

    yield read
    listener.close()
