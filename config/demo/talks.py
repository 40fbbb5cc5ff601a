"""Lets the people of the demo write to each other and talk in rooms, as if it had happened over the last days."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from community.members.models import Member
from community.messages.actions import (
    begin_conversation,
    close_room,
    join_room,
    mark_read,
    mark_room_read,
    open_room,
    say_in_room,
    send_message,
)
from community.messages.models import Conversation, Message, Participation, Room
from community.spaces.models import Space
from config.demo.reader import Entry, read


def add_conversations(*, members: Mapping[str, Member], now: dt.datetime) -> None:
    """Write the conversations of the demo, once."""
    if Conversation.objects.filter(is_room=False).exists():
        return
    for entry in read("messages.toml")["conversations"]:
        _write(entry, members, now - dt.timedelta(hours=entry["ago"]))


def add_rooms(*, members: Mapping[str, Member], spaces: Mapping[str, Space], now: dt.datetime) -> None:
    """Open the rooms of the demo and let its people talk in them, once."""
    if Room.objects.exists():
        return
    for entry in read("rooms.toml")["rooms"]:
        _talk(entry, members, spaces, now - dt.timedelta(minutes=entry["ago"]))


@transaction.atomic
def _talk(
    entry: Entry, members: Mapping[str, Member], spaces: Mapping[str, Space], began: dt.datetime
) -> None:
    keeper = members[entry["by"]]
    room = open_room(actor=keeper, name=entry["name"], about=entry["about"], space=spaces[entry["space"]])
    for handle in entry["people"]:
        join_room(actor=members[handle], room=room)
    for said in entry["said"]:
        say_in_room(actor=members[said["by"]], room=room, body=said["body"])
    for handle in entry["read"]:
        mark_room_read(actor=members[handle], room=room)
    _move_back(room.conversation, entry, began)
    if entry.get("closed"):
        close_room(actor=keeper, room=room)
        last = Conversation.objects.values_list("last_message_at", flat=True).get(pk=room.pk)
        Room.objects.filter(pk=room.pk).update(closed_at=last + dt.timedelta(minutes=2))


@transaction.atomic
def _write(entry: Entry, members: Mapping[str, Member], began: dt.datetime) -> None:
    first, *rest = entry["said"]
    conversation = begin_conversation(
        actor=members[first["by"]],
        members=[members[handle] for handle in entry["people"] if handle != first["by"]],
        title=entry.get("title", ""),
        body=first["body"],
    )
    for said in rest:
        send_message(actor=members[said["by"]], conversation=conversation, body=said["body"])
    for handle in entry["read"]:
        mark_read(actor=members[handle], conversation=conversation)
    _move_back(conversation, entry, began)


def _move_back(conversation: Conversation, entry: Entry, began: dt.datetime) -> None:
    """Give everything the time it is said to have happened at."""
    last = began
    for position, said in enumerate(entry["said"], start=1):
        last = began + dt.timedelta(minutes=said.get("after", 0))
        Message.objects.filter(conversation=conversation, position=position).update(created_at=last)
    Conversation.objects.filter(pk=conversation.pk).update(created_at=began, last_message_at=last)
    Participation.objects.filter(conversation=conversation).update(joined_at=began, last_message_at=last)
