"""What members are told about rooms: that someone named them there, or let them in. Everything else is only counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.models import Member
from community.messages.actions.reading import CONVERSATION
from community.messages.models import Message, Participation, Room
from community.messages.queries.access import named_in
from community.messages.verbs import ROOM_MEMBERS_ADDED, ROOM_SAID
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Group, Kind, Mail, NoticeWords, Purpose, register

QUOTED = 160


@dataclass(frozen=True, slots=True)
class ToldRoom:
    """A room as a notice tells of it to one reader."""

    pk: int
    name: str
    place: str = ""
    quote: str = ""
    quote_by: str = ""


def load(notices: Sequence[Notice], viewer: Member) -> Mapping[int, ToldRoom]:
    """Fetch the rooms of notices that `viewer` may read now; words only for who is in one and wants them in e-mails."""
    rooms = Room.objects.visible_to(viewer).filter(pk__in={notice.subject_pk for notice in notices})
    names = dict(rooms.values_list("pk", "conversation__title"))
    left = set(
        Participation.objects.filter(
            conversation__in=names, member=viewer, left_at__isnull=False
        ).values_list("conversation", flat=True)
    )
    shown = [notice for notice in notices if notice.subject_pk in names and notice.subject_pk not in left]
    said = _said(viewer, shown)
    return {notice.pk: _told(notice, names, said) for notice in shown}


def _told(notice: Notice, names: Mapping[int, str], said: Mapping[int, Message]) -> ToldRoom:
    pk, message = notice.subject_pk, said.get(notice.payload.get("message_id", 0))
    position = notice.payload.get("position")
    place = f"?at={position}#message-{notice.payload.get('message_id')}" if position else ""
    if message is None or message.author is None:
        return ToldRoom(pk, names[pk], place)
    return ToldRoom(pk, names[pk], place, message.excerpt[:QUOTED], message.author.name)


def _said(viewer: Member, notices: Sequence[Notice]) -> dict[int, Message]:
    ids = {notice.payload.get("message_id", 0) for notice in notices}
    if not viewer.mail_shows_messages or not ids:
        return {}
    mine = Participation.objects.filter(member=viewer, left_at=None).values("conversation")
    rows = Message.objects.readable_by(viewer).filter(pk__in=ids, conversation__in=mine)
    return {message.pk: message for message in rows.select_related("author")}


def _named(notice: Notice, told: ToldRoom) -> NoticeWords:
    return NoticeWords(
        title=say("%(names)s mentioned you in a room") % {"names": notice.names},
        text=told.name,
        url=f"/rooms/{told.pk}/{told.place}",
        icon="at",
        quote=told.quote,
        quote_by=told.quote_by,
        button=say("Open the room"),
    )


def _let_in(notice: Notice, told: ToldRoom) -> NoticeWords:
    return NoticeWords(
        title=say("%(names)s let you into a room") % {"names": notice.names},
        text=told.name,
        url=f"/rooms/{told.pk}/",
        icon="chat",
        button=say("Open the room"),
    )


NAMED = register(
    Kind(
        key="room.mention",
        label=_("Someone mentions you in a room"),
        why=_("You get this because someone mentioned you in a room."),
        group=Group.CONVERSATIONS,
        purpose=Purpose.COMMUNITY,
        mail=Mail.SOON,
        words=_named,
        load=load,
        priority=45,
        merges=True,
        names_you=True,
    )
)
LET_IN = register(
    Kind(
        key="room.invited",
        label=_("Someone lets you into a room"),
        why=_("You get this because someone let you into a room."),
        group=Group.CONVERSATIONS,
        purpose=Purpose.SERVICE,
        words=_let_in,
        load=load,
        priority=30,
    )
)


@consumer(ROOM_SAID, hears_replays=False)
def tell_named(activity: Activity) -> None:
    """Tell who was named in a room, may still read it, has not read it yet and has not muted it."""
    if not activity.payload["mentioned_ids"]:
        return
    pk, position = activity.payload["room_id"], activity.payload["position"]
    room = Room.objects.select_related("space").get(pk=pk)
    ids = named_in(room, activity.payload["mentioned_ids"])
    places = Participation.objects.filter(conversation=pk, member__in=ids, left_at=None)
    deaf = {row.member_id for row in places if row.is_muted or row.last_read_position >= position}
    notify(
        actor=activity.actor,
        member_ids=[member_id for member_id in ids if member_id not in deaf],
        kind=NAMED,
        activity=activity,
        payload={"position": position, "message_id": activity.target_pk},
        subject=(CONVERSATION, pk),
        merge_key=f"room-{pk}",
    )


@consumer(ROOM_MEMBERS_ADDED, hears_replays=False)
def tell_let_in(activity: Activity) -> None:
    """Tell who was let into a room."""
    inside = Participation.objects.filter(
        conversation=activity.target_pk, member__in=activity.payload["member_ids"], left_at=None
    )
    notify(
        actor=activity.actor,
        member_ids=list(inside.values_list("member", flat=True)),
        kind=LET_IN,
        activity=activity,
        subject=(CONVERSATION, activity.target_pk),
    )
