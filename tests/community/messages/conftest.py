"""People who write to each other."""

from collections.abc import Callable
from typing import Any

import pytest

from community.messages.actions import begin_conversation, send_message
from community.messages.models import Conversation


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
