"""What rooms suggest for today: one that is open for a while now, or opens within a day."""

import datetime as dt

from django.db.models import F
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from community.members.models import Member
from community.messages.models import Room
from community.messages.remembered import any_room_soon
from community.today import Kind, Suggestion

# How long before it opens a room is spoken of.
AHEAD = dt.timedelta(hours=24)


def rooms(member: Member) -> list[Suggestion]:
    """Suggest the room whose time has come or comes next, if the member may enter it."""
    if not any_room_soon(AHEAD):
        return []
    now = timezone.now()
    found = (
        Room.objects.visible_to(member)
        .filter(closed_at=None, opens_at__lt=now + AHEAD)
        .exclude(closes_at__lte=now)
        .exclude(closes_at=None, opens_at__lt=now - AHEAD)
        .select_related("conversation", "space")
        .order_by(F("opens_at").asc())
    )
    return [_suggestion(room, now) for room in found[:1]]


def _suggestion(room: Room, now: dt.datetime) -> Suggestion:
    assert room.opens_at is not None
    if room.opens_at <= now:
        reason, action = _("Happening now"), _("Come in")
    else:
        opens = timezone.localtime(room.opens_at)
        reason = _("Opens %(when)s") % {"when": formats.date_format(opens, "SHORT_DATETIME_FORMAT")}
        action = _("See what it is about")
    text = f"{room.name}: {room.about}" if room.about else room.name
    return Suggestion(Kind.HAPPENING, "event", reason, text, action, room.get_absolute_url())
