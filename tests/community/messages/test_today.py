"""Which rooms stand on top of a home."""

import datetime as dt
from typing import Any

from django.utils import timezone

from community.messages.actions import close_room, open_room
from community.messages.remembered import forget
from community.messages.today import rooms


def hours(count: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(hours=count)


def test_a_room_is_spoken_of_from_a_day_before_until_it_closes(mod: Any, alice: Any, space: Any) -> None:
    forget()
    room = open_room(actor=mod, name="Ask the tent team", space=space, opens_at=hours(3), closes_at=hours(4))
    forget()
    soon = rooms(alice)
    type(room).objects.update(opens_at=hours(-1), closes_at=hours(1))
    now = rooms(alice)
    type(room).objects.update(opens_at=hours(-3), closes_at=hours(-1))
    over = rooms(alice)
    type(room).objects.update(opens_at=hours(30), closes_at=hours(31))
    later = rooms(alice)

    assert [it.reason.split()[0] for it in soon] == ["Opens"]
    assert [(it.reason, it.text, it.url) for it in now] == [
        ("Happening now", "Ask the tent team", f"/rooms/{room.pk}/")
    ]
    assert over == later == []


def test_nobody_hears_of_a_room_they_may_not_enter(
    mod: Any, admin: Any, bob: Any, private_space: Any
) -> None:
    open_room(actor=admin, name="Not for Bob", opens_at=hours(1), closes_at=hours(2))
    forget()

    assert rooms(bob) == []
    assert [it.text for it in rooms(admin)] == ["Not for Bob"]


def test_rooms_without_a_time_and_closed_ones_are_not_happening(mod: Any, alice: Any, space: Any) -> None:
    open_room(actor=mod, name="Always open", space=space)
    closed = open_room(actor=mod, name="Over early", space=space, opens_at=hours(-1), closes_at=hours(1))
    close_room(actor=mod, room=closed)
    forget()

    assert rooms(alice) == []


def test_a_space_names_its_open_rooms_to_members(
    mod: Any, alice: Any, space: Any, sign_in: Any, client: Any
) -> None:
    open_room(actor=mod, name="Repair <evening>", space=space)
    close_room(actor=mod, room=open_room(actor=mod, name="Long over", space=space))
    open_room(actor=mod, name="Elsewhere")

    page = sign_in(alice).get("/s/help/").content.decode()

    assert "Repair &lt;evening&gt;" in page
    assert "Long over" not in page
    assert "Elsewhere" not in page
    assert "Repair" not in client.get("/s/help/").content.decode()
