"""Who is in a room, and who reads it."""

from typing import Any

import pytest

from community.errors import NotFound, Refused
from community.members.actions import block_member
from community.messages.actions import (
    invite_to_room,
    join_room,
    leave_room,
    mute_room,
    remove_from_room,
    say_in_room,
)
from community.messages.models import Conversation, Message, Participation, Room
from community.messages.queries import get_conversation_for, get_message_for, get_room_for, standing_in
from community.spaces.actions import add_space_member, change_space, remove_space_member
from tests.racing import all_at_once
from tests.standing import deliver_all

pytestmark = pytest.mark.django_db


def count_of(room: Room) -> int:
    return Room.objects.values_list("member_count", flat=True).get(pk=room.pk)


def test_whoever_reads_the_space_reads_the_room_and_joins_it(room: Room, carol: Any, alice: Any) -> None:
    said = say_in_room(actor=alice, room=room, body="Who is in?")
    assert get_message_for(carol, said.pk) == said

    join_room(actor=carol, room=get_room_for(carol, room.pk))
    join_room(actor=carol, room=get_room_for(carol, room.pk))

    assert count_of(room) == 4
    assert say_in_room(actor=carol, room=room, body="Me.").position == 2


def test_a_room_is_no_conversation_and_its_pages_are_apart(room: Room, alice: Any) -> None:
    with pytest.raises(NotFound):
        get_conversation_for(alice, room.pk)
    assert not Conversation.objects.visible_to(alice).exists()


def test_a_room_by_invitation_is_not_there_for_anybody_else(
    testers: Room, bob: Any, mod: Any, admin: Any
) -> None:
    for outsider in (bob, mod, admin, None):
        with pytest.raises(NotFound):
            get_room_for(outsider, testers.pk)


def test_who_is_let_in_reads_from_then_on_and_who_leaves_nothing(
    testers: Room, manager: Any, alice: Any, bob: Any
) -> None:
    say_in_room(actor=alice, room=testers, body="Before Bob.")
    assert invite_to_room(actor=manager, room=testers, members=[bob, alice]) == [bob]
    say_in_room(actor=alice, room=testers, body="After Bob.")

    assert [row.body_md for row in Message.objects.visible_to(bob)] == ["After Bob."]

    leave_room(actor=bob, room=testers)
    assert not Message.objects.visible_to(bob).exists()
    with pytest.raises(NotFound):
        get_room_for(bob, testers.pk)
    assert count_of(testers) == 2
    with pytest.raises(Refused):
        leave_room(actor=bob, room=testers)
    assert count_of(testers) == 2


def test_only_who_keeps_order_lets_people_in_and_only_readers_of_the_space(
    room: Room, mod: Any, alice: Any, carol: Any, private_space: Any, manager: Any
) -> None:
    with pytest.raises(Refused):
        invite_to_room(actor=alice, room=room, members=[carol])
    Room.objects.filter(pk=room.pk).update(space=private_space)
    with pytest.raises(Refused, match="cannot read the space"):
        invite_to_room(actor=manager, room=Room.objects.get(pk=room.pk), members=[carol])

    assert not Participation.objects.filter(member=carol).exists()


def test_members_who_may_open_rooms_let_in_only_whom_they_could_write_to(
    alice: Any, bob: Any, settings: Any
) -> None:
    from community.messages.actions import open_room

    settings.ROOMS_OPENED_BY = "member"
    block_member(actor=bob, member=alice)
    mine = open_room(actor=alice, name="Mine")

    with pytest.raises(Refused, match="takes no messages"):
        invite_to_room(actor=alice, room=mine, members=[bob])

    assert standing_in(mine, bob) is None


def test_who_was_shown_out_comes_back_only_when_let_in_again(
    room: Room, mod: Any, bob: Any, alice: Any
) -> None:
    with pytest.raises(Refused):
        remove_from_room(actor=alice, room=room, member=bob)

    remove_from_room(actor=mod, room=room, member=bob)

    assert count_of(room) == 2
    with pytest.raises(Refused, match="showed you out"):
        join_room(actor=bob, room=room)
    with pytest.raises(Refused, match="showed you out"):
        say_in_room(actor=bob, room=room, body="But why?")
    with pytest.raises(NotFound):
        remove_from_room(actor=mod, room=room, member=bob)

    invite_to_room(actor=mod, room=room, members=[bob])
    assert say_in_room(actor=bob, room=room, body="Thank you.").position == 1
    assert count_of(room) == 3


def test_who_has_not_joined_is_asked_to(room: Room, carol: Any) -> None:
    with pytest.raises(Refused, match="Join the room"):
        say_in_room(actor=carol, room=room, body="Hello?")
    with pytest.raises(NotFound):
        mute_room(actor=carol, room=room)

    assert not Message.objects.exists()


def test_suspended_and_silenced_members_join_nothing(room: Room, mallory: Any) -> None:
    with pytest.raises(Refused):
        join_room(actor=mallory, room=room)

    assert count_of(room) == 3


def test_losing_the_space_is_losing_the_room(
    room: Room, private_space: Any, manager: Any, alice: Any, bob: Any, mod: Any
) -> None:
    for member in (alice, bob, mod):
        add_space_member(actor=manager, space=private_space, member=member)
    Room.objects.filter(pk=room.pk).update(space=private_space)
    inside = get_room_for(bob, room.pk)
    say_in_room(actor=bob, room=inside, body="Inside, @alice.")
    deliver_all()

    remove_space_member(actor=manager, space=private_space, member=alice)

    with pytest.raises(NotFound):
        get_room_for(alice, room.pk)
    assert not Message.objects.visible_to(alice).exists()
    deliver_all()
    alice.refresh_from_db()
    assert alice.unread_conversations == 0
    assert count_of(room) == 2


def test_closing_a_space_takes_everyone_out_who_may_not_read_it_any_more(
    room: Room, space: Any, manager: Any
) -> None:
    change_space(actor=manager, space=space, changes={"access": "private"})
    deliver_all()

    assert count_of(room) == 0
    assert not Participation.objects.filter(conversation=room.pk, left_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_many_who_join_and_leave_at_once_leave_the_count_true(room: Room, make_member: Any) -> None:
    people = [make_member(f"guest{n}") for n in range(6)]

    answers = all_at_once([lambda who=who: join_room(actor=who, room=room) for who in people * 2])
    assert not [one for one in answers if isinstance(one, Exception)]
    assert count_of(room) == 9

    all_at_once([lambda who=who: leave_room(actor=who, room=room) for who in people[:3] * 2])
    assert count_of(room) == 6 == Participation.objects.filter(conversation=room.pk, left_at=None).count()
