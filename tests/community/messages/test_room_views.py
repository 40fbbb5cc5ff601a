"""Rooms in the browser, with and without htmx."""

from typing import Any

import pytest

from community.members.models import Member
from community.messages.actions import close_room, join_room, open_room, say_in_room
from community.messages.models import Conversation, Message, Participation, Room
from tests.standing import deliver_all

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}


def test_the_list_shows_rooms_one_may_read_and_what_waits_in_them(
    room: Room, testers: Room, alice: Any, bob: Any, sign_in: Any
) -> None:
    say_in_room(actor=bob, room=room, body="Hello @alice.")
    deliver_all()

    page = sign_in(alice).get("/rooms/").content.decode()
    assert "Hut evening" in page and "Prototype talk" in page
    assert "someone named you" in page and "By invitation" in page
    assert "Prototype talk" not in sign_in(bob).get("/rooms/").content.decode()
    assert "Hello" not in sign_in(alice).get("/messages/").content.decode()


def test_an_empty_list_says_what_rooms_are_for(carol: Any, mod: Any, sign_in: Any) -> None:
    assert "No room is open" in sign_in(carol).get("/rooms/").content.decode()
    assert "Open a room" not in sign_in(carol).get("/rooms/").content.decode()
    assert "Open a room" in sign_in(mod).get("/rooms/").content.decode()
    assert "No closed rooms" in sign_in(carol).get("/rooms/?show=closed").content.decode()


def test_a_moderator_opens_a_room_from_its_page(mod: Any, space: Any, sign_in: Any, alice: Any) -> None:
    client = sign_in(mod)
    assert "Who may join" in client.get("/rooms/new/").content.decode()

    wrong = client.post("/rooms/new/", {"name": "", "slow_seconds": "0"})
    assert (wrong.status_code, Room.objects.count()) == (422, 0)

    answer = client.post(
        "/rooms/new/", {"name": "Hut evening", "about": "Bring tea.", "space": space.pk, "slow_seconds": "15"}
    )
    room = Room.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/rooms/{room.pk}/")
    assert (room.name, room.space, room.slow_seconds) == ("Hut evening", space, 15)
    assert sign_in(alice).get("/rooms/new/").status_code == 403


def test_a_reader_of_the_space_looks_in_joins_and_talks(
    room: Room, carol: Any, alice: Any, sign_in: Any
) -> None:
    say_in_room(actor=alice, room=room, body="Who is in?")
    client = sign_in(carol)

    page = client.get(f"/rooms/{room.pk}/").content.decode()
    assert "Who is in?" in page and "Join the room" in page and "<textarea" not in page

    joined = client.post(f"/rooms/{room.pk}/join/")
    assert joined.status_code == 303
    assert "<textarea" in client.get(f"/rooms/{room.pk}/").content.decode()

    plain = client.post(f"/rooms/{room.pk}/say/", {"body": "I am."})
    part = client.post(f"/rooms/{room.pk}/say/", {"body": "With cake.", "seen": "1", "rev": "1"}, **HX)
    assert plain.status_code == 303
    said = part.content.decode()
    assert "I am." in said and "With cake." in said and "Who is in?" not in said
    assert "after=3&amp;rev=3" in said and "<html" not in said


def test_what_cannot_be_said_comes_back_with_the_reason(room: Room, bob: Any, sign_in: Any) -> None:
    client = sign_in(bob)
    client.post(f"/rooms/{room.pk}/say/", {"body": "Yes."})

    part = client.post(f"/rooms/{room.pk}/say/", {"body": "Yes.", "seen": "1", "rev": "1"}, **HX)
    plain = client.post(f"/rooms/{room.pk}/say/", {"body": "Yes."})

    assert (part.status_code, plain.status_code) == (422, 422)
    for answer in (part, plain):
        text = answer.content.decode()
        assert "You wrote exactly this a moment ago" in text and "Yes.</textarea>" in text
    assert Message.objects.count() == 1


def test_open_pages_fetch_what_is_new_changed_and_gone(
    room: Room, alice: Any, bob: Any, sign_in: Any
) -> None:
    first = say_in_room(actor=alice, room=room, body="Helo.")
    client = sign_in(bob)
    sign_in(alice).post(f"/messages/said/{first.pk}/delete/")
    say_in_room(actor=alice, room=room, body="Hello.")

    part = client.get(f"/rooms/{room.pk}/news/?after=1&rev=1", **HX).content.decode()

    assert "Hello." in part and "Helo." not in part
    assert f'id="message-{first.pk}"' in part and "This message was deleted." in part
    assert 'data-rev="3"' in part


def test_who_took_a_message_back_brings_it_back(room: Room, alice: Any, bob: Any, sign_in: Any) -> None:
    said = say_in_room(actor=alice, room=room, body="Never mind.")
    client = sign_in(alice)

    gone = client.post(f"/messages/said/{said.pk}/delete/", **HX)
    assert "Bring it back" in gone.content.decode() and "Never mind" not in gone.content.decode()
    assert "Bring it back" in client.get(f"/rooms/{room.pk}/").content.decode()
    assert "Bring it back" not in sign_in(bob).get(f"/rooms/{room.pk}/").content.decode()
    assert sign_in(bob).post(f"/messages/said/{said.pk}/restore/").status_code == 404

    back = client.post(f"/messages/said/{said.pk}/restore/")
    assert (back.status_code, back["Location"]) == (303, f"/rooms/{room.pk}/?at=1#message-{said.pk}")
    assert "Never mind." in sign_in(bob).get(f"/rooms/{room.pk}/").content.decode()


def test_moderators_hide_from_the_menu(room: Room, alice: Any, bob: Any, mod: Any, sign_in: Any) -> None:
    said = say_in_room(actor=alice, room=room, body="Buy my poles.")
    hide = f"/messages/said/{said.pk}/hide/"
    assert hide in sign_in(mod).get(f"/rooms/{room.pk}/").content.decode()
    assert hide not in sign_in(bob).get(f"/rooms/{room.pk}/").content.decode()
    assert sign_in(bob).post(hide).status_code == 403

    assert "The team hid this message." in sign_in(mod).post(hide, **HX).content.decode()
    assert "poles" not in sign_in(bob).get(f"/rooms/{room.pk}/").content.decode()


def test_reading_is_noted_by_the_page_or_a_button(room: Room, alice: Any, bob: Any, sign_in: Any) -> None:
    for n in range(3):
        say_in_room(actor=alice, room=room, body=f"Line {n}.")
    client = sign_in(bob)
    page = client.get(f"/rooms/{room.pk}/").content.decode()
    assert "3 new messages" in page

    assert client.post(f"/rooms/{room.pk}/read/", {"position": "2", "quiet": "1"}).status_code == 204
    assert "1 new message" in client.get(f"/rooms/{room.pk}/").content.decode()
    assert client.post(f"/rooms/{room.pk}/read/").status_code == 303
    assert 'id="new"' not in client.get(f"/rooms/{room.pk}/").content.decode()


def test_earlier_messages_come_page_by_page(room: Room, mod: Any, bob: Any, sign_in: Any) -> None:
    for n in range(95):
        say_in_room(actor=mod, room=room, body=f"Line number {n + 1}.")
    Participation.objects.filter(member=bob).update(last_read_position=95)
    client = sign_in(bob)

    page = client.get(f"/rooms/{room.pk}/").content.decode()
    assert "number 95." in page and "number 55." not in page and "?before=56" in page

    part = client.get(f"/rooms/{room.pk}/?before=56", **HX).content.decode()
    assert "number 55." in part and "?before=16" in part and "<html" not in part
    last = client.get(f"/rooms/{room.pk}/?before=16", **HX).content.decode()
    assert "number 1." in last and 'id="earlier"' not in last
    assert "Show newer messages" in client.get(f"/rooms/{room.pk}/?before=56").content.decode()


def test_a_closed_room_is_read_and_says_why_one_cannot_write(
    room: Room, alice: Any, mod: Any, sign_in: Any
) -> None:
    say_in_room(actor=alice, room=room, body="Good night.")
    client = sign_in(mod)

    assert client.post(f"/rooms/{room.pk}/close/").status_code == 303
    page = sign_in(alice).get(f"/rooms/{room.pk}/").content.decode()
    assert "Good night." in page and "This room is closed." in page and "<textarea" not in page
    part = sign_in(alice).get(f"/rooms/{room.pk}/news/?after=1&rev=1", **HX).content.decode()
    assert "This room is closed." in part
    assert "Hut evening" in sign_in(alice).get("/rooms/?show=closed").content.decode()

    assert "off=1" in page and "off=1" in part

    assert client.post(f"/rooms/{room.pk}/close/", {"on": "0"}).status_code == 303
    opened = sign_in(alice).get(f"/rooms/{room.pk}/news/?after=1&rev=2&off=1", **HX).content.decode()
    assert "<textarea" in opened and "off=1" not in opened
    assert (
        "<textarea" not in sign_in(alice).get(f"/rooms/{room.pk}/news/?after=1&rev=2", **HX).content.decode()
    )
    assert "<textarea" in sign_in(alice).get(f"/rooms/{room.pk}/").content.decode()


def test_people_are_listed_let_in_and_shown_out(
    testers: Room, manager: Any, alice: Any, bob: Any, sign_in: Any
) -> None:
    client = sign_in(manager)
    people = f"/rooms/{testers.pk}/people/"
    assert "Alice Arden" in sign_in(alice).get(people).content.decode()
    assert "Show out" not in sign_in(alice).get(people).content.decode()
    assert sign_in(alice).post(people, {"to": "bob"}).status_code == 422

    assert client.post(people, {"to": "bob"}).status_code == 303
    assert "Bob Birch" in client.get(people).content.decode()
    deliver_all()
    assert "let you into a room" in sign_in(bob).get("/notifications/").content.decode()

    assert client.post(f"{people}remove/", {"handle": "bob"}).status_code == 303
    assert sign_in(bob).get(people).status_code == 404


def test_muting_leaving_and_settings(room: Room, alice: Any, mod: Any, sign_in: Any) -> None:
    client = sign_in(alice)
    assert client.post(f"/rooms/{room.pk}/mute/").status_code == 303
    assert Participation.objects.get(member=alice).is_muted
    assert client.post(f"/rooms/{room.pk}/leave/")["Location"] == "/rooms/"
    assert "Join the room" in client.get(f"/rooms/{room.pk}/").content.decode()
    assert client.get(f"/rooms/{room.pk}/settings/").status_code == 403

    saved = sign_in(mod).post(
        f"/rooms/{room.pk}/settings/", {"name": "Hut night", "about": "", "slow_seconds": "60"}
    )
    assert saved.status_code == 303
    assert (
        "Slow mode: one message every 60 seconds." in sign_in(mod).get(f"/rooms/{room.pk}/").content.decode()
    )


def test_typing_answers_nothing_and_outsiders_find_nothing(
    room: Room, testers: Room, alice: Any, carol: Any, client: Any, sign_in: Any
) -> None:
    assert sign_in(alice).post(f"/rooms/{room.pk}/typing/").status_code == 204
    assert sign_in(carol).post(f"/rooms/{room.pk}/typing/").status_code == 403
    for path in ("", "news/", "here/", "people/"):
        assert sign_in(carol).get(f"/rooms/{testers.pk}/{path}").status_code == 404
        assert client.get(f"/rooms/{testers.pk}/{path}").status_code == 302


def test_a_page_offers_typing_only_to_who_wants_it_seen(room: Room, alice: Any, sign_in: Any) -> None:
    assert "data-typing" in sign_in(alice).get(f"/rooms/{room.pk}/").content.decode()
    Member.objects.filter(pk=alice.pk).update(shows_presence=False)
    assert "data-typing" not in sign_in(alice).get(f"/rooms/{room.pk}/").content.decode()


def test_the_words_of_someone_blocked_are_folded(room: Room, alice: Any, bob: Any, sign_in: Any) -> None:
    from community.members.actions import block_member

    block_member(actor=alice, member=bob)
    say_in_room(actor=bob, room=room, body="Hello all.")

    assert "You block Bob Birch." in sign_in(alice).get(f"/rooms/{room.pk}/").content.decode()


def test_reading_pages_writes_nothing(room: Room, alice: Any, bob: Any, sign_in: Any) -> None:
    say_in_room(actor=bob, room=room, body="Hello.")
    client = sign_in(alice)
    client.get("/rooms/")
    before = (
        list(Participation.objects.values()),
        list(Conversation.objects.values()),
        list(Room.objects.values()),
    )

    for path in ("", "news/?after=0&rev=0", "here/", "people/"):
        assert client.get(f"/rooms/{room.pk}/{path}").status_code == 200

    after = (
        list(Participation.objects.values()),
        list(Conversation.objects.values()),
        list(Room.objects.values()),
    )
    assert before == after


def test_a_list_and_a_room_cost_the_same_for_two_and_for_twenty(
    mod: Any,
    alice: Any,
    bob: Any,
    space: Any,
    sign_in: Any,
    make_member: Any,
    django_assert_max_num_queries: Any,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(alice)

    def cost(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as said:
            assert client.get(path).status_code == 200
        return len(said)

    def fill(rooms: int, people: int, words: int) -> Room:
        for n in range(rooms):
            room = open_room(actor=mod, name=f"Room {n}", space=space)
        join_room(actor=alice, room=room)
        for n in range(people):
            other = make_member(f"p{Member.objects.count()}")
            join_room(actor=other, room=room)
            for word in range(words):
                say_in_room(actor=other, room=room, body=f"{n} {word}")
        return room

    few = fill(2, 2, 1)
    small = [cost(path) for path in ("/rooms/", f"/rooms/{few.pk}/", f"/rooms/{few.pk}/people/")]
    many = fill(18, 10, 3)
    large = [cost(path) for path in ("/rooms/", f"/rooms/{many.pk}/", f"/rooms/{many.pk}/people/")]

    assert small == large
    assert large[0] <= 6 and large[1] <= 8, large
    close_room(actor=mod, room=many)
