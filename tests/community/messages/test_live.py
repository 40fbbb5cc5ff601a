"""What open pages hear of a conversation: numbers, said to those who are in it."""

import json
from typing import Any

import pytest

from community.members.actions import block_member
from community.messages import actions
from community.messages.models import Conversation

pytestmark = pytest.mark.django_db


def test_a_message_is_told_to_the_others_in_it_without_its_words(
    group: Conversation,
    alice: Any,
    bob: Any,
    carol: Any,
    heard: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.send_message(actor=bob, conversation=group, body="The key is under the stone.")

    said = heard()
    news = [one for one in said if one["news"]["kind"] == f"conversation-{group.pk}"]
    assert [set(one["members"]) for one in news] == [{alice.pk, carol.pk}]
    counts = {
        one["members"][0]: one["news"]["count"] for one in said if one["news"]["kind"] == "conversations"
    }
    # Carol had not read the first message, so nothing changed for her.
    assert counts == {alice.pk: 1, bob.pk: 0}
    assert "stone" not in json.dumps(said)


def test_reading_lowers_the_count_on_every_page_of_the_reader(
    talk: Conversation, bob: Any, heard: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.mark_read(actor=bob, conversation=talk)

    counts = [one for one in heard() if one["news"]["kind"] == "conversations"]
    assert counts == [{"members": [bob.pk], "news": {"kind": "conversations", "count": 0}}]


def test_a_refused_message_is_told_to_nobody(
    talk: Conversation, alice: Any, bob: Any, heard: Any, django_capture_on_commit_callbacks: Any
) -> None:
    block_member(actor=bob, member=alice)

    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(Exception, match="takes no messages"),
    ):
        actions.send_message(actor=alice, conversation=talk, body="Hello?")

    assert heard() == []
