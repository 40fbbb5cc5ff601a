"""What staff see of conversations in the admin: shells without a word."""

from typing import Any

import pytest

from community.messages.actions import say_in_room
from community.messages.models import Conversation, Room

pytestmark = pytest.mark.django_db


def test_managers_see_who_when_and_how_much_and_never_what(
    group: Conversation, manager: Any, admin: Any, sign_in: Any
) -> None:
    for member in (manager, admin):
        client = sign_in(member)
        pages = [
            client.get(f"/admin/conversations/conversation/{path}").content.decode()
            for path in ("", f"{group.pk}/change/", "?q=alice")
        ]

        assert "Alice Arden" in pages[1] and "Carol Cove" in pages[1]
        for page in pages:
            assert "Hut weekend" not in page and "meet at the hut" not in page


def test_nothing_is_changed_there(group: Conversation, admin: Any, sign_in: Any) -> None:
    client = sign_in(admin)

    assert (
        client.post(f"/admin/conversations/conversation/{group.pk}/change/", {"title": "Ours"}).status_code
        == 403
    )
    assert client.get("/admin/conversations/conversation/add/").status_code == 403
    assert (
        client.post(f"/admin/conversations/conversation/{group.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    group.refresh_from_db()
    assert group.title == "Hut weekend"


def test_moderators_find_no_conversations(group: Conversation, mod: Any, sign_in: Any) -> None:
    assert sign_in(mod).get("/admin/conversations/conversation/").status_code in (302, 403, 404)


def test_managers_open_change_and_close_rooms_there(manager: Any, space: Any, sign_in: Any) -> None:
    client = sign_in(manager)
    rooms = "/admin/conversations/room/"
    assert client.get(f"{rooms}add/").status_code == 200
    typed = {"name": "Hut evening", "about": "Bring tea.", "space": space.pk, "slow_seconds": "15"}

    assert client.post(f"{rooms}add/", {**typed, "slow_seconds": "90000"}).status_code == 200
    assert not Room.objects.exists()
    assert client.post(f"{rooms}add/", typed).status_code == 302
    room = Room.objects.get()
    assert (room.name, room.space, room.slow_seconds, room.member_count) == ("Hut evening", space, 15, 1)
    page = client.get(rooms).content.decode()
    assert "Hut evening" in page and "Open" in page

    assert client.post(f"{rooms}{room.pk}/change/", {**typed, "name": "Hut night"}).status_code == 302
    assert Room.objects.get().name == "Hut night"
    for action, standing in (("close_rooms", "closed"), ("reopen_rooms", "open")):
        client.post(rooms, {"action": action, "_selected_action": [room.pk]})
        assert Room.objects.get().standing == standing
    assert client.post(f"{rooms}{room.pk}/delete/", {"post": "yes"}).status_code == 403


def test_rooms_by_invitation_of_others_are_not_listed_and_no_word_stands_there(
    testers: Room, room: Room, alice: Any, admin: Any, sign_in: Any
) -> None:
    say_in_room(actor=alice, room=room, body="The key is under the stone.")
    client = sign_in(admin)

    page = client.get("/admin/conversations/room/").content.decode()
    assert "Hut evening" in page and "Prototype talk" not in page
    assert (
        "under the stone" not in client.get(f"/admin/conversations/room/{room.pk}/change/").content.decode()
    )
    assert client.get(f"/admin/conversations/room/{testers.pk}/change/").status_code == 302
    assert "Prototype talk" not in client.get("/admin/conversations/conversation/").content.decode()


def test_moderators_find_no_rooms_in_the_admin(room: Room, mod: Any, sign_in: Any) -> None:
    assert sign_in(mod).get("/admin/conversations/room/").status_code in (302, 403, 404)
