"""Lets the people of the demo write to each other, as if it had happened over the last days."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from community.members.models import Member
from community.messages.actions import begin_conversation, mark_read, send_message
from community.messages.models import Conversation, Message, Participation
from config.demo.reader import Entry, read


def add_conversations(*, members: Mapping[str, Member], now: dt.datetime) -> None:
    """Write the conversations of the demo, once."""
    if Conversation.objects.exists():
        return
    for entry in read("messages.toml")["conversations"]:
        _write(entry, members, now - dt.timedelta(hours=entry["ago"]))


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
