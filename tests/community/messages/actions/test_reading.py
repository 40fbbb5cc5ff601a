"""How far one has read."""

from typing import Any

import pytest

from community.members.models import Member
from community.messages import actions, queries
from community.messages.models import Conversation, Participation
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db


def place(member: Any) -> Participation:
    return Participation.objects.get(member=member)


def test_reading_only_goes_forward_and_never_beyond_what_was_said(
    talk: Conversation, alice: Any, bob: Any, say: Any
) -> None:
    say(alice, talk, "And the pegs?")
    say(alice, talk, "And the bag?")

    for position, read, unread in ((2, 2, True), (1, 2, True), (-4, 2, True), (99, 3, False), (1, 3, False)):
        actions.mark_read(actor=bob, conversation=talk, position=position)
        assert (place(bob).last_read_position, place(bob).is_unread) == (read, unread)
        assert Member.objects.get(pk=bob.pk).unread_conversations == int(unread)


@pytest.mark.django_db(transaction=True)
def test_reading_and_writing_at_once_leave_the_count_true(talk: Conversation, alice: Any, bob: Any) -> None:
    calls: list[Any] = [
        lambda n=n: actions.send_message(actor=alice, conversation=talk, body=f"Word {n}.") for n in range(5)
    ]
    calls += [
        lambda n=n: actions.mark_read(actor=bob, conversation=talk, position=n) for n in (1, 3, 6, 2, 5)
    ]

    all_at_once(calls)

    row = place(bob)
    talk.refresh_from_db()
    assert row.is_unread is (row.last_read_position < talk.last_position)
    assert Member.objects.get(pk=bob.pk).unread_conversations == int(row.is_unread)


def test_receipts_are_shown_only_between_people_who_both_show_them(
    talk: Conversation, alice: Any, bob: Any
) -> None:
    actions.mark_read(actor=bob, conversation=talk)

    for mine, theirs, shown in ((True, False, []), (False, True, []), (True, True, [bob])):
        Member.objects.filter(pk=alice.pk).update(read_receipts=mine)
        Member.objects.filter(pk=bob.pk).update(read_receipts=theirs)
        alice.refresh_from_db()
        assert queries.conversation_page(alice, talk.pk).read_by == shown


def test_a_long_conversation_opens_at_the_first_unread_message(
    talk: Conversation, alice: Any, bob: Any, say: Any
) -> None:
    for number in range(60):
        say(alice, talk, f"Word {number}.")

    page = queries.conversation_page(bob, talk.pk)
    assert (page.first_new, page.new_count) == (1, 61)
    assert page.has_later and not page.has_earlier
    actions.mark_read(actor=bob, conversation=talk, position=20)

    page = queries.conversation_page(bob, talk.pk)
    assert (page.first_new, page.has_earlier, page.first_shown) == (21, True, 17)
    newest = queries.conversation_page(bob, talk.pk, after=page.last_shown)
    assert newest.last_shown == 61 and not newest.has_later
