"""Opening, changing and closing rooms."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Invalid, NotFound, Refused
from community.messages.actions import change_room, close_room, open_room, reopen_room, say_in_room
from community.messages.models import Message, Participation, Room, Standing
from community.messages.queries import get_room_for

pytestmark = pytest.mark.django_db


def test_the_team_opens_a_room_and_is_in_it(mod: Any, space: Any) -> None:
    room = open_room(
        actor=mod, name="  Hut   evening ", about="Bring questions.", space=space, slow_seconds=15
    )

    assert (room.name, room.about, room.slow_seconds, room.member_count) == (
        "Hut evening",
        "Bring questions.",
        15,
        1,
    )
    assert Participation.objects.get(conversation=room.pk).member == mod
    assert Activity.objects.get(verb="room.opened").payload == {"space_id": space.pk}


def test_members_open_rooms_only_where_the_setting_lets_them(alice: Any, space: Any, settings: Any) -> None:
    with pytest.raises(Refused, match="opened by the team"):
        open_room(actor=alice, name="Mine", space=space)
    assert not Room.objects.exists()

    settings.ROOMS_OPENED_BY = "member"
    assert open_room(actor=alice, name="Mine", space=space).name == "Mine"


def test_nobody_opens_a_room_of_a_space_they_cannot_read(mod: Any, private_space: Any) -> None:
    with pytest.raises(NotFound):
        open_room(actor=mod, name="Inside", space=private_space)

    assert not Room.objects.exists()


@pytest.mark.parametrize(
    ("settings_", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "title"),
        ({"about": "x" * 241}, "about"),
        ({"slow_seconds": 90_000}, "slow_seconds"),
        ({"slow_seconds": -1}, "slow_seconds"),
        (
            {
                "opens_at": dt.datetime(2030, 1, 2, tzinfo=dt.UTC),
                "closes_at": dt.datetime(2030, 1, 1, tzinfo=dt.UTC),
            },
            "closes_at",
        ),
    ],
)
def test_settings_that_do_not_work_are_refused_beside_their_field(
    mod: Any, space: Any, settings_: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        open_room(actor=mod, space=space, **{"name": "Evening", **settings_})

    assert field in refused.value.fields
    assert not Room.objects.exists()


def test_changing_records_what_changed_without_its_words(room: Room, mod: Any) -> None:
    changed = change_room(actor=mod, room=room, changes={"name": "Hut night", "slow_seconds": 5})

    assert (changed.name, changed.slow_seconds, changed.about) == ("Hut night", 5, "Bring your questions.")
    said = Activity.objects.get(verb="room.changed")
    assert said.payload["fields"] == ["name", "slow_seconds"]
    assert "Hut night" not in str(said.payload)

    change_room(actor=mod, room=changed, changes={"name": "Hut night"})
    assert Activity.objects.filter(verb="room.changed").count() == 1


def test_members_change_and_close_nothing(room: Room, alice: Any) -> None:
    for act in (
        lambda: change_room(actor=alice, room=room, changes={"name": "Mine"}),
        lambda: close_room(actor=alice, room=room),
        lambda: reopen_room(actor=alice, room=room),
    ):
        with pytest.raises(Refused):
            act()

    assert get_room_for(alice, room.pk).name == "Hut evening"
    assert get_room_for(alice, room.pk).standing == Standing.OPEN


def test_a_closed_room_is_read_and_not_written_in_until_it_opens_again(
    room: Room, mod: Any, alice: Any
) -> None:
    say_in_room(actor=alice, room=room, body="Last word.")

    closed = close_room(actor=mod, room=room)

    assert closed.standing == Standing.CLOSED
    assert Message.objects.visible_to(alice).get().body_md == "Last word."
    with pytest.raises(Refused, match="closed"):
        say_in_room(actor=alice, room=get_room_for(alice, room.pk), body="One more.")
    with pytest.raises(Refused, match="closed"):
        say_in_room(actor=mod, room=get_room_for(mod, room.pk), body="One more.")
    assert Message.objects.count() == 1

    reopen_room(actor=mod, room=room)
    assert say_in_room(actor=alice, room=get_room_for(alice, room.pk), body="One more.").position == 2
    assert list(
        Activity.objects.filter(verb__in=("room.closed", "room.reopened")).order_by("pk").values_list("verb")
    ) == [("room.closed",), ("room.reopened",)]


def test_the_time_of_a_room_is_kept_but_the_team_may_prepare_it(room: Room, mod: Any, alice: Any) -> None:
    now = timezone.now()
    early = change_room(actor=mod, room=room, changes={"opens_at": now + dt.timedelta(hours=1)})
    assert early.standing == Standing.EARLY
    with pytest.raises(Refused, match="opens on"):
        say_in_room(actor=alice, room=early, body="Too soon.")
    assert say_in_room(actor=mod, room=early, body="Welcome, we begin at seven.").position == 1

    over = change_room(
        actor=mod,
        room=room,
        changes={"opens_at": now - dt.timedelta(hours=2), "closes_at": now - dt.timedelta(hours=1)},
    )
    assert over.standing == Standing.OVER
    with pytest.raises(Refused, match="closed"):
        say_in_room(actor=mod, room=over, body="Too late.")
    assert Message.objects.count() == 1
