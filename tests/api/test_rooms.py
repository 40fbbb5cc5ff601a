"""Live rooms, as a program sees them."""

from typing import Any

import pytest

from community.messages.actions import invite_to_room, join_room, open_room, say_in_room
from community.messages.models import Message, Participation, Room
from community.notifications.models import Notice
from tests.api.conftest import Program
from tests.standing import deliver_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(sign_in: Any) -> Any:
    """A page's or a phone's program: it calls as whoever is signed in."""

    def make(member: Any) -> Program:
        found = Program("")
        found.client = sign_in(member)
        return found

    return make


@pytest.fixture
def room(mod: Any, alice: Any, bob: Any, space: Any) -> Room:
    """A room of an open space; Alice and Bob have joined."""
    opened = open_room(actor=mod, name="Hut evening", about="Bring your questions.", space=space)
    for member in (alice, bob):
        join_room(actor=member, room=opened)
    return opened


def test_rooms_are_listed_read_and_talked_in(signed_in: Any, room: Room, alice: Any, bob: Any) -> None:
    say_in_room(actor=bob, room=room, body="Hello @alice.")
    deliver_all()
    caller = signed_in(alice)

    (row,) = caller.get("rooms").json()["results"]
    assert (row["id"], row["name"], row["standing"], row["space"]) == (
        room.pk,
        "Hut evening",
        "open",
        room.space.slug,
    )
    assert (row["is_in"], row["unread_count"], row["is_named"], row["member_count"]) == (True, 1, True, 3)

    said = caller.post(f"rooms/{room.pk}/messages", {"body": "Hello **Bob**."})
    assert said.status_code == 201
    assert said["Location"] == f"/api/v1/messages/{said.json()['id']}"
    listed = caller.get(f"rooms/{room.pk}/messages?limit=1").json()
    assert [one["body_md"] for one in listed["results"]] == ["Hello **Bob**."]
    older = caller.get(f"rooms/{room.pk}/messages?limit=1&after={listed['next']}").json()
    assert [one["body_md"] for one in older["results"]] == ["Hello @alice."]
    assert caller.get(f"rooms/{room.pk}").json()["unread_count"] == 0


def test_a_message_of_a_room_is_changed_taken_back_and_brought_back(
    signed_in: Any, room: Room, alice: Any
) -> None:
    caller = signed_in(alice)
    pk = caller.post(f"rooms/{room.pk}/messages", {"body": "Helo."}).json()["id"]

    assert caller.patch(f"messages/{pk}", {"body": "Hello.", "edit_count": 0}).json()["body_md"] == "Hello."
    assert caller.delete(f"messages/{pk}").status_code == 204
    assert caller.post(f"messages/{pk}/restore").json()["state"] == "visible"


def test_joining_reading_muting_and_leaving(signed_in: Any, room: Room, carol: Any, alice: Any) -> None:
    say_in_room(actor=alice, room=room, body="One.")
    caller = signed_in(carol)
    refused = caller.post(f"rooms/{room.pk}/messages", {"body": "Hello?"})
    assert (refused.status_code, refused.json()["code"]) == (403, "join_first")

    assert caller.post(f"rooms/{room.pk}/join").json()["is_in"] is True
    say_in_room(actor=alice, room=room, body="Two.")
    assert caller.get(f"rooms/{room.pk}").json()["unread_count"] == 1
    assert caller.put(f"rooms/{room.pk}/read", {"position": 2}).json()["unread_count"] == 0
    assert caller.put(f"rooms/{room.pk}/mute").status_code == 204
    assert caller.get(f"rooms/{room.pk}").json()["is_muted"] is True
    assert caller.delete(f"rooms/{room.pk}/mute").status_code == 204
    assert caller.post(f"rooms/{room.pk}/leave").status_code == 204
    assert not Participation.objects.filter(member=carol, left_at=None).exists()


def test_the_team_opens_changes_arranges_and_closes(
    signed_in: Any, mod: Any, bob: Any, carol: Any, space: Any
) -> None:
    caller = signed_in(mod)
    opened = caller.post("rooms", {"name": "Hut night", "space": space.slug, "slow_seconds": 15})
    assert (opened.status_code, opened.json()["slow_seconds"]) == (201, 15)
    pk = opened.json()["id"]

    assert caller.patch(f"rooms/{pk}", {"name": "Hut morning"}).json()["name"] == "Hut morning"
    assert caller.post(f"rooms/{pk}/members", {"handles": ["bob", "carol"]}).json()["member_count"] == 3
    people = caller.get(f"rooms/{pk}/members").json()["results"]
    assert [row["member"]["handle"] for row in people] == ["mod", "bob", "carol"]
    assert caller.delete(f"rooms/{pk}/members/carol").status_code == 204
    assert caller.put(f"rooms/{pk}/close").json()["standing"] == "closed"
    assert caller.get("rooms").json()["results"] == []
    assert [row["id"] for row in caller.get("rooms?closed=true").json()["results"]] == [pk]
    assert caller.delete(f"rooms/{pk}/close").json()["standing"] == "open"


def test_members_open_and_close_nothing(signed_in: Any, room: Room, alice: Any, carol: Any) -> None:
    caller = signed_in(alice)

    for method, path, body in (
        ("post", "rooms", {"name": "Mine"}),
        ("patch", f"rooms/{room.pk}", {"name": "Mine"}),
        ("put", f"rooms/{room.pk}/close", None),
        ("post", f"rooms/{room.pk}/members", {"handles": ["carol"]}),
    ):
        assert getattr(caller, method)(path, *([body] if body else [])).status_code == 403, path
    assert Room.objects.get().conversation.title == "Hut evening"


def test_moderators_hide_a_message_of_a_room(signed_in: Any, room: Room, mod: Any, alice: Any) -> None:
    said = say_in_room(actor=alice, room=room, body="Buy my poles.")

    assert signed_in(alice).post(f"messages/{said.pk}/hide").status_code == 403
    assert signed_in(mod).post(f"messages/{said.pk}/hide").status_code == 204
    assert Message.objects.get().state == "hidden"


def test_typing_and_presence(signed_in: Any, room: Room, alice: Any, carol: Any) -> None:
    caller = signed_in(alice)

    assert caller.post(f"rooms/{room.pk}/typing").status_code == 204
    assert caller.get(f"rooms/{room.pk}/here").json() == {"count": 0, "people": []}
    assert signed_in(carol).post(f"rooms/{room.pk}/typing").status_code == 403


def test_a_key_needs_the_scopes_of_messages(program: Any, room: Room, admin: Any, mod: Any) -> None:
    assert program(mod, "threads:read").get("rooms").status_code == 403
    assert program(mod, "messages:read").get("rooms").status_code == 200
    assert program(mod, "messages:read").post(f"rooms/{room.pk}/join").status_code == 403


def test_outsiders_of_a_room_by_invitation_find_nothing(
    signed_in: Any, manager: Any, alice: Any, bob: Any
) -> None:
    room = open_room(actor=manager, name="Prototype talk")
    invite_to_room(actor=manager, room=room, members=[alice])
    caller = signed_in(bob)

    assert caller.get("rooms").json()["results"] == []
    for path in ("", "/messages", "/members", "/here"):
        assert caller.get(f"rooms/{room.pk}{path}").status_code == 404
    for path in ("/join", "/leave", "/typing"):
        assert caller.post(f"rooms/{room.pk}{path}").status_code == 404
    assert not Notice.objects.filter(member=bob).exists()


def test_a_list_of_rooms_costs_the_same_for_two_and_for_twenty(
    signed_in: Any, mod: Any, alice: Any, space: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    caller = signed_in(alice)

    def cost() -> int:
        with CaptureQueriesContext(connection) as said:
            assert caller.get("rooms?limit=50").status_code == 200
        return len(said)

    for n in range(2):
        open_room(actor=mod, name=f"Room {n}", space=space)
    cost()
    few = cost()
    for n in range(18):
        open_room(actor=mod, name=f"More {n}", space=space)

    assert cost() == few
