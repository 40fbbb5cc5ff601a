"""Opening, changing and closing rooms."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.changes import MASK, changed_values, values_of
from community.activity.record import record
from community.errors import Invalid, NotFound
from community.members.models import Member
from community.messages import composing, limits
from community.messages.actions.changes import tell_pages
from community.messages.locks import lock_conversation
from community.messages.models import Conversation, Participation, Room
from community.messages.permissions import can_manage_room, can_open_room
from community.messages.remembered import forget
from community.messages.verbs import ROOM_CHANGED, ROOM_CLOSED, ROOM_OPENED, ROOM_REOPENED
from community.spaces.models import Space

SETTINGS = ("name", "about", "slow_seconds", "opens_at", "closes_at")


@transaction.atomic
def open_room(*, actor: Member, name: str, space: Space | None = None, **settings: Any) -> Room:
    """Open a room, of a space that `actor` sees or for those they will invite; they are in it at once.

    `settings` are those of `change_room`. Raises `Refused`, `Invalid`, `NotFound` or `RateLimited`.
    """
    can_open_room(actor).require()
    if space is not None and not Space.objects.visible_to(actor).filter(pk=space.pk).exists():
        raise NotFound()
    values = usable_settings({"name": name, **settings})
    limits.OPEN_ROOM.spend(actor)
    conversation = Conversation.objects.create(begun_by=actor, title=values.pop("name"), is_room=True)
    room = Room.objects.create(conversation=conversation, space=space, member_count=1, **values)
    Participation.objects.create(conversation=conversation, member=actor)
    record(ROOM_OPENED, actor=actor, target=room, payload={"space_id": space.pk if space else None})
    transaction.on_commit(forget)
    return room


_WORDS = ("name", "about")


@transaction.atomic
def change_room(*, actor: Member, room: Room, changes: Mapping[str, Any]) -> Room:
    """Change some of `SETTINGS`. The space of a room stays: who reads it was promised to those who wrote.

    Raises `Refused` or `Invalid`.
    """
    can_manage_room(actor, room).require()
    fresh = lock_room(room.pk)
    held = {name: getattr(fresh, name) for name in SETTINGS}
    values = usable_settings({**held, **changes})
    changed = sorted(name for name in SETTINGS if values.get(name) != held[name])
    if not changed:
        return fresh
    if "name" in changed:
        fresh.conversation.title = values["name"]
        fresh.conversation.save(update_fields=["title"])
    before = values_of(fresh)
    for name in (one for one in changed if one != "name"):
        setattr(fresh, name, values[name])
    fresh.save()
    # What a room is called and about is for those who may enter it.
    words = {name: (held[name] and MASK, values[name] and MASK) for name in _WORDS if name in changed}
    record(ROOM_CHANGED, actor=actor, target=fresh, payload=changed_values(before, fresh, changed, **words))
    transaction.on_commit(forget)
    return fresh


@transaction.atomic
def close_room(*, actor: Member, room: Room) -> Room:
    """Close a room: what was said stays to be read, nobody writes in it. Raises `Refused`."""
    can_manage_room(actor, room).require()
    fresh = lock_room(room.pk)
    if fresh.closed_at is None:
        fresh.closed_at, fresh.closed_by = timezone.now(), actor
        fresh.save(update_fields=["closed_at", "closed_by"])
        record(ROOM_CLOSED, actor=actor, target=fresh, payload={})
        _turn(fresh, actor)
    return fresh


@transaction.atomic
def reopen_room(*, actor: Member, room: Room) -> Room:
    """Open a closed room again. Raises `Refused`."""
    can_manage_room(actor, room).require()
    fresh = lock_room(room.pk)
    if fresh.closed_at is not None:
        fresh.closed_at = fresh.closed_by = None
        fresh.save(update_fields=["closed_at", "closed_by"])
        record(ROOM_REOPENED, actor=actor, target=fresh, payload={})
        _turn(fresh, actor)
    return fresh


def _turn(room: Room, actor: Member) -> None:
    """Let open pages fetch the form or the word that stands in its place."""
    room.conversation.revision += 1
    room.conversation.save(update_fields=["revision"])
    tell_pages(room.conversation, actor)


def lock_room(pk: int) -> Room:
    """Return a room whose conversation is locked."""
    conversation = lock_conversation(pk)
    room = Room.objects.select_related("space").get(pk=pk)
    room.conversation = conversation
    return room


def usable_settings(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings as they are stored. Raises `Invalid` naming the field."""
    usable = dict(values)
    if "name" in usable:
        usable["name"] = composing.check_name(usable["name"])
    if "about" in usable:
        usable["about"] = composing.check_about(usable["about"] or "")
    slow = usable["slow_seconds"] = int(usable.get("slow_seconds") or 0)
    if not 0 <= slow <= limits.SLOW_MOST:
        sentence = _("Choose between 0 and %(n)s seconds.") % {"n": f"{limits.SLOW_MOST:,}"}
        raise Invalid("slow_range", sentence, fields={"slow_seconds": sentence})
    opens: dt.datetime | None = usable.get("opens_at")
    closes: dt.datetime | None = usable.get("closes_at")
    if opens is not None and closes is not None and closes <= opens:
        sentence = _("A room closes after it opens.")
        raise Invalid("closes_before", sentence, fields={"closes_at": sentence})
    return usable
