"""Talking in rooms: places, pace, names, reading, typing."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Conflict, Invalid, RateLimited, Refused
from community.members.actions import block_member
from community.members.models import Member
from community.messages import presence
from community.messages.actions import (
    change_room,
    delete_message,
    edit_message,
    hide_in_room,
    join_room,
    leave_room,
    mark_room_read,
    mute_room,
    note_typing,
    restore_message,
    say_in_room,
)
from community.messages.models import Conversation, Message, Participation, Room, State
from community.messages.queries import room_list
from community.notifications.models import Notice
from tests.racing import all_at_once
from tests.standing import deliver_all

pytestmark = pytest.mark.django_db


def unread(member: Any, room: Room) -> int:
    return next(row.unread_count for row in room_list(member).rows if row.room.pk == room.pk)


def heard_here() -> Any:
    """Notices of what was said; a first badge for talking is another matter."""
    return Notice.objects.exclude(kind="badge.earned")


def test_what_is_said_gets_the_next_place_and_is_only_counted(room: Room, alice: Any, bob: Any) -> None:
    say_in_room(actor=alice, room=room, body="One **bold** word.")
    second = say_in_room(actor=bob, room=room, body="Two.")
    deliver_all()

    assert (second.position, second.revision) == (2, 2)
    assert (unread(alice, room), unread(bob, room)) == (1, 0)
    assert not heard_here().exists()
    assert not Member.objects.filter(unread_conversations__gt=0).exists()
    assert "bold" not in str(list(Activity.objects.values_list("payload", flat=True)))


def test_whoever_is_named_is_told_once_and_counted_in_the_header(room: Room, alice: Any, bob: Any) -> None:
    say_in_room(actor=alice, room=room, body="@bob, did you bring the stove?")
    say_in_room(actor=alice, room=room, body="And the pot, @bob?")
    deliver_all()

    told = heard_here().get()
    assert (told.member, told.kind, told.event_count) == (bob, "room.mention", 2)
    bob.refresh_from_db()
    assert bob.unread_conversations == 1
    assert room_list(bob).rows[0].is_named

    mark_room_read(actor=bob, room=room, position=1)
    bob.refresh_from_db()
    assert bob.unread_conversations == 1
    mark_room_read(actor=bob, room=room)
    bob.refresh_from_db()
    assert (bob.unread_conversations, bob.unread_notices) == (0, 0)
    assert not room_list(bob).rows[0].is_named


def test_a_name_reaches_readers_who_never_joined_but_not_who_left_muted_or_blocks(
    room: Room, alice: Any, bob: Any, carol: Any, mod: Any, make_member: Any
) -> None:
    dora = make_member("dora")
    join_room(actor=dora, room=room)
    leave_room(actor=dora, room=room)
    mute_room(actor=bob, room=room)
    block_member(actor=carol, member=alice)

    say_in_room(actor=alice, room=room, body="@bob @carol @dora @mod, is the hut open?")
    deliver_all()

    assert list(heard_here().values_list("member__handle", flat=True)) == ["mod"]
    bob.refresh_from_db()
    assert bob.unread_conversations == 0


def test_a_name_in_a_room_by_invitation_reaches_only_those_in_it(testers: Room, alice: Any, bob: Any) -> None:
    say_in_room(actor=alice, room=testers, body="Do not tell @bob.")
    deliver_all()

    assert not Notice.objects.filter(member=bob).exists()
    assert Activity.objects.get(verb="room.said").payload["mentioned_ids"] == []


def test_who_leaves_sees_the_notice_no_more(testers: Room, manager: Any, alice: Any) -> None:
    from community.messages.notices.rooms import load

    Member.objects.filter(pk=alice.pk).update(mail_shows_messages=True)
    alice.refresh_from_db()
    say_in_room(actor=manager, room=testers, body="The seam fails, @alice.")
    deliver_all()
    told = Notice.objects.get(member=alice, kind="room.mention")
    assert load([told], alice)[told.pk].quote.startswith("The seam fails")

    leave_room(actor=alice, room=testers)

    assert load([told], alice) == {}


def test_a_form_sent_twice_is_there_once(room: Room, alice: Any) -> None:
    say_in_room(actor=alice, room=room, body="Hello.")

    with pytest.raises(Conflict):
        say_in_room(actor=alice, room=room, body="Hello.")

    assert Message.objects.count() == 1


def test_empty_long_and_crowded_messages_are_refused(room: Room, alice: Any) -> None:
    for body in (" ", "x" * 4001, " ".join(f"@nobody{n}" for n in range(3)) * 0):
        with pytest.raises(Invalid):
            say_in_room(actor=alice, room=room, body=body)

    assert not Message.objects.exists()


def test_a_slow_room_says_how_long_to_wait_and_keepers_do_not(room: Room, mod: Any, alice: Any) -> None:
    slow = change_room(actor=mod, room=room, changes={"slow_seconds": 60})
    say_in_room(actor=alice, room=slow, body="One.")

    with pytest.raises(RateLimited, match="slow on purpose") as refused:
        say_in_room(actor=alice, room=slow, body="Two.")

    assert 1 <= refused.value.retry_after <= 60
    say_in_room(actor=mod, room=slow, body="One.")
    say_in_room(actor=mod, room=slow, body="Two.")
    assert Message.objects.count() == 3


def test_newcomers_reach_their_limit(room: Room, alice: Any, settings: Any) -> None:
    settings.LIMITS_ENABLED = True
    settings.LIMITS = {"rooms.say": "2/min"}
    say_in_room(actor=alice, room=room, body="One.")
    say_in_room(actor=alice, room=room, body="Two.")

    with pytest.raises(RateLimited):
        say_in_room(actor=alice, room=room, body="Three.")

    assert Message.objects.count() == 2


def test_a_message_is_changed_taken_back_and_brought_back_by_its_author(
    room: Room, alice: Any, bob: Any
) -> None:
    said = say_in_room(actor=alice, room=room, body="Helo.")
    edited = edit_message(actor=alice, message=said, body="Hello.")
    assert (edited.edit_count, edited.revision) == (1, 2)

    gone = delete_message(actor=alice, message=edited)
    assert (gone.state, gone.revision) == (State.DELETED, 3)
    with pytest.raises(Refused):
        restore_message(actor=bob, message=gone)

    back = restore_message(actor=alice, message=gone)
    assert (back.state, back.body_md, back.revision) == (State.VISIBLE, "Hello.", 4)
    assert Conversation.objects.get(pk=room.pk).revision == 4


def test_after_ten_minutes_what_was_taken_back_stays_away(room: Room, alice: Any) -> None:
    import datetime as dt

    gone = delete_message(actor=alice, message=say_in_room(actor=alice, room=room, body="Never mind."))
    Message.objects.filter(pk=gone.pk).update(state_at=gone.state_at - dt.timedelta(minutes=11))  # type: ignore[operator]

    with pytest.raises(Refused, match="10 minutes"):
        restore_message(actor=alice, message=gone)

    assert Message.objects.get().state == State.DELETED


def test_moderators_hide_at_once_in_rooms_and_nowhere_else(
    room: Room, mod: Any, alice: Any, bob: Any
) -> None:
    from community.messages.actions import begin_conversation

    said = say_in_room(actor=alice, room=room, body="Buy my poles.")
    with pytest.raises(Refused):
        hide_in_room(actor=bob, message=said)
    assert hide_in_room(actor=mod, message=said).state == State.HIDDEN
    assert not Message.objects.readable_by(bob).exists()

    begin_conversation(actor=alice, members=[bob], body="Private.")
    private = Message.objects.get(conversation__is_room=False)
    with pytest.raises(Refused, match="after a report"):
        hide_in_room(actor=mod, message=private)
    assert Message.objects.get(pk=private.pk).state == State.VISIBLE


def test_typing_is_said_to_the_others_and_kept_nowhere(
    room: Room, alice: Any, bob: Any, heard: Any, django_capture_on_commit_callbacks: Any
) -> None:
    block_member(actor=bob, member=alice)
    rows = (Activity.objects.count(), Message.objects.count(), list(Participation.objects.values()))
    alice.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        assert note_typing(actor=alice, conversation=room.conversation)
        assert not note_typing(actor=alice, conversation=room.conversation)

    assert heard() == [
        {
            "topic": f"room-{room.pk}",
            "news": {"kind": f"room-{room.pk}", "typing": alice.pk, "name": alice.name},
            "but_not": sorted([alice.pk, bob.pk]),
        }
    ]
    assert rows == (Activity.objects.count(), Message.objects.count(), list(Participation.objects.values()))


def test_who_does_not_want_to_be_seen_is_not_seen_to_type(room: Room, alice: Any, heard: Any) -> None:
    Member.objects.filter(pk=alice.pk).update(shows_presence=False)
    alice.refresh_from_db()

    assert not note_typing(actor=alice, conversation=room.conversation)
    assert heard() == []


def test_who_may_not_write_is_not_seen_to_type(room: Room, carol: Any, heard: Any) -> None:
    with pytest.raises(Refused):
        note_typing(actor=carol, conversation=room.conversation)

    assert heard() == []


def test_without_redis_typing_is_silently_not_said(room: Room, alice: Any, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    presence._client.cache_clear()
    try:
        assert not note_typing(actor=alice, conversation=room.conversation)
        assert presence.who_is_here([room.pk]) == {}
    finally:
        presence._client.cache_clear()


def test_reading_only_grows(room: Room, alice: Any, bob: Any) -> None:
    for number in range(5):
        say_in_room(actor=alice, room=room, body=f"Line {number}.")

    mark_room_read(actor=bob, room=room, position=4)
    mark_room_read(actor=bob, room=room, position=2)
    assert unread(bob, room) == 1
    mark_room_read(actor=bob, room=room, position=99)
    assert unread(bob, room) == 0


@pytest.mark.django_db(transaction=True)
def test_many_who_talk_at_once_get_a_place_each_and_the_counts_are_true(
    room: Room, alice: Any, bob: Any, carol: Any, mod: Any
) -> None:
    join_room(actor=carol, room=room)
    calls = [
        lambda who=who, n=n: say_in_room(actor=who, room=room, body=f"{who.handle} says {n}, @carol")
        for n in range(5)
        for who in (alice, bob, mod)
    ]

    answers = all_at_once(calls)

    assert not [one for one in answers if isinstance(one, Exception)]
    places = list(Message.objects.order_by("position").values_list("position", "revision"))
    assert places == [(n, n) for n in range(1, 16)]
    talk = Conversation.objects.get(pk=room.pk)
    assert (talk.last_position, talk.revision) == (15, 15)
    carol.refresh_from_db()
    assert (unread(carol, room), carol.unread_conversations) == (15, 1)
    last_of = {who: max(m.position for m in Message.objects.filter(author=who)) for who in (alice, bob, mod)}
    assert {who: unread(who, room) for who in last_of} == {who: 15 - at for who, at in last_of.items()}


@pytest.mark.django_db(transaction=True)
def test_reading_while_one_is_named_leaves_the_header_true(room: Room, alice: Any, bob: Any) -> None:
    for n in range(4):
        all_at_once(
            [
                lambda n=n: say_in_room(actor=alice, room=room, body=f"@bob, number {n}"),
                lambda: mark_room_read(actor=bob, room=room),
            ]
        )
        place = Participation.objects.get(conversation=room.pk, member=bob)
        bob.refresh_from_db()
        assert place.is_unread == (place.last_read_position < place.named_position)
        assert bob.unread_conversations == int(place.is_unread)
