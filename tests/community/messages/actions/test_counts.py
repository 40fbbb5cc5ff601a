"""How many conversations wait for a member."""

from typing import Any

import pytest

from community.members.models import Member
from community.messages.actions.counts import settle_unread
from community.messages.models import Conversation, Participation

pytestmark = pytest.mark.django_db


def test_the_count_is_what_the_rows_say_whatever_it_was(
    talk: Conversation, group: Conversation, bob: Any, alice: Any
) -> None:
    Member.objects.filter(pk__in=(alice.pk, bob.pk)).update(unread_conversations=17)

    settle_unread(actor=None, member_ids=[bob.pk, alice.pk, bob.pk])

    assert Member.objects.get(pk=bob.pk).unread_conversations == 2
    assert Member.objects.get(pk=alice.pk).unread_conversations == 0


def test_what_is_muted_or_left_does_not_count(talk: Conversation, group: Conversation, bob: Any) -> None:
    Participation.objects.filter(member=bob, conversation=talk).update(is_muted=True)
    Participation.objects.filter(member=bob, conversation=group).update(left_at="2025-01-01T00:00:00Z")

    settle_unread(actor=bob, member_ids=[bob.pk])

    assert Member.objects.get(pk=bob.pk).unread_conversations == 0
