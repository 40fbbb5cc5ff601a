"""What open pages hear of a change, and what they fetch then."""

from typing import Any

import pytest

from community.members.models import Member
from community.messages.actions import (
    delete_message,
    edit_message,
    mark_read,
    note_typing,
    say_in_room,
    send_message,
)
from community.messages.models import Conversation, Message, Room
from community.messages.queries import changes_after

pytestmark = pytest.mark.django_db


def test_a_room_rings_for_its_topic_without_words(
    room: Room, alice: Any, heard: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        say_in_room(actor=alice, room=room, body="The key is under the stone.")

    assert heard() == [
        {
            "topic": f"room-{room.pk}",
            "news": {"kind": f"room-{room.pk}", "revision": 1, "position": 1, "by": alice.pk},
        }
    ]


def test_changing_and_deleting_ring_for_the_others_of_a_conversation(
    talk: Conversation, alice: Any, bob: Any, heard: Any, django_capture_on_commit_callbacks: Any
) -> None:
    said = Message.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        edit_message(actor=alice, message=said, body="Do you have the pole?")
        delete_message(actor=alice, message=said)

    assert [(one["members"], one["news"]["revision"]) for one in heard()] == [([bob.pk], 2), ([bob.pk], 3)]


def test_typing_in_a_conversation_is_told_to_the_others_in_it(
    group: Conversation,
    alice: Any,
    bob: Any,
    carol: Any,
    heard: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    from community.members.actions import block_member

    block_member(actor=carol, member=alice)
    with django_capture_on_commit_callbacks(execute=True):
        assert note_typing(actor=alice, conversation=group)

    assert [one["members"] for one in heard()] == [[bob.pk]]


def test_a_receipt_rings_only_between_people_who_both_show_it(
    talk: Conversation, alice: Any, bob: Any, heard: Any, django_capture_on_commit_callbacks: Any
) -> None:
    Member.objects.filter(pk=bob.pk).update(read_receipts=True)
    bob.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        mark_read(actor=bob, conversation=talk)
    assert not [one for one in heard() if "read" in one["news"]]

    Member.objects.filter(pk=alice.pk).update(read_receipts=True)
    send_message(actor=alice, conversation=talk, body="And?")
    with django_capture_on_commit_callbacks(execute=True):
        mark_read(actor=bob, conversation=talk)

    receipts = [one for one in heard() if "read" in one["news"]]
    assert [one["members"] for one in receipts] == [[alice.pk]]


def test_a_page_fetches_exactly_what_it_has_not_seen(room: Room, alice: Any, bob: Any) -> None:
    first = say_in_room(actor=alice, room=room, body="One.")
    say_in_room(actor=bob, room=room, body="Two.")
    open_page = Conversation.objects.get(pk=room.pk)

    edit_message(actor=alice, message=first, body="One!")
    say_in_room(actor=alice, room=room, body="Three.")
    now = Conversation.objects.get(pk=room.pk)
    changes = changes_after(bob, now, revision=open_page.revision, seen=open_page.last_position)

    assert [one.message.body_md for one in changes.new] == ["Three."]
    assert [one.message.body_md for one in changes.changed] == ["One!"]
    assert (changes.revision, changes.seen, changes.has_more) == (4, 3, False)
    assert changes_after(bob, now, revision=4, seen=3).new == []


def test_a_long_absence_is_caught_up_page_by_page(room: Room, alice: Any, bob: Any, mod: Any) -> None:
    for n in range(50):
        say_in_room(actor=mod, room=room, body=f"Line {n}.")
    talk = Conversation.objects.get(pk=room.pk)

    first = changes_after(bob, talk, revision=0, seen=0)
    rest = changes_after(bob, talk, revision=first.revision, seen=first.seen)

    assert (len(first.new), first.has_more, first.seen) == (40, True, 40)
    assert (len(rest.new), rest.has_more, rest.seen) == (10, False, 50)


def test_a_message_that_goes_on_is_drawn_as_on_the_page(room: Room, alice: Any, bob: Any) -> None:
    say_in_room(actor=alice, room=room, body="One.")
    say_in_room(actor=alice, room=room, body="Two.")
    talk = Conversation.objects.get(pk=room.pk)

    (said,) = changes_after(bob, talk, revision=1, seen=1).new

    assert said.goes_on
