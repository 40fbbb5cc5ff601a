"""What members are told about conversations: who wrote, never what, unless they chose to see its beginning in e-mails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.models import Member
from community.members.queries import blocked_ids
from community.messages.actions.reading import CONVERSATION
from community.messages.models import Message, Participation, State
from community.messages.verbs import MEMBERS_ADDED, MESSAGE_SENT
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Group, Kind, Mail, NoticeWords, Purpose, register

QUOTED = 160


@dataclass(frozen=True, slots=True)
class Told:
    """A conversation as a notice tells of it to one reader."""

    pk: int
    title: str = ""
    quote: str = ""
    quote_by: str = ""


def load(notices: Sequence[Notice], viewer: Member) -> Mapping[int, Told]:
    """Fetch the conversations of notices that `viewer` is in now; their words only for who wants them in e-mails."""
    wanted = {notice.subject_pk for notice in notices}
    rows = Participation.objects.filter(conversation__in=wanted, member=viewer, left_at=None)
    titles = dict(rows.values_list("conversation", "conversation__title"))
    told = {pk: Told(pk) for pk in titles}
    if viewer.mail_shows_messages and told:
        told |= {pk: Told(pk, title) for pk, title in titles.items()}
        for message in _first_unread(viewer, list(told)):
            author = message.author.name if message.author else ""
            pk = message.conversation_id
            told[pk] = Told(pk, titles[pk], message.excerpt[:QUOTED], author)
    return {notice.pk: told[notice.subject_pk] for notice in notices if notice.subject_pk in told}


def _first_unread(viewer: Member, conversation_pks: list[int]) -> list[Message]:
    """Return the first message of each conversation that `viewer` has not read and that is shown, of people they do not block."""
    place = {"conversation__participations__member": viewer, "conversation__participations__left_at": None}
    rows = Message.objects.filter(
        conversation__in=conversation_pks,
        state=State.VISIBLE,
        position__gt=F("conversation__participations__last_read_position"),
        **place,
    )
    rows = rows.filter(position__gt=F("conversation__participations__from_position")).exclude(
        author__in=[viewer.pk, *blocked_ids(viewer)]
    )
    return list(rows.select_related("author").order_by("conversation", "position").distinct("conversation"))


def _received(notice: Notice, told: Told) -> NoticeWords:
    title = ngettext("%(names)s wrote to you", "%(names)s wrote you %(n)d messages", notice.event_count) % {
        "names": notice.names,
        "n": notice.event_count,
    }
    return NoticeWords(
        title=title,
        text=told.title,
        url=f"/messages/{told.pk}/#new",
        icon="mail",
        quote=told.quote,
        quote_by=told.quote_by,
        button=say("Read and answer"),
    )


def _added(notice: Notice, told: Told) -> NoticeWords:
    return NoticeWords(
        title=say("%(names)s added you to a conversation") % {"names": notice.names},
        text=told.title,
        url=f"/messages/{told.pk}/",
        icon="mail",
        button=say("Open the conversation"),
    )


RECEIVED = register(
    Kind(
        key="message.received",
        label=_("Someone writes you a message"),
        why=_("You get this because someone wrote to you."),
        group=Group.CONVERSATIONS,
        purpose=Purpose.SERVICE,
        mail=Mail.SOON,
        push=True,
        push_each=True,
        words=_received,
        load=load,
        priority=45,
        merges=True,
    )
)
ADDED = register(
    Kind(
        key="message.added",
        label=_("Someone adds you to a conversation"),
        why=_("You get this because someone added you to a conversation."),
        group=Group.CONVERSATIONS,
        purpose=Purpose.SERVICE,
        push=True,
        words=_added,
        load=load,
        priority=30,
    )
)


@consumer(MESSAGE_SENT, hears_replays=False)
def tell_participants(activity: Activity) -> None:
    """Tell who has not read it yet and has not muted the conversation; merged while unread."""
    pk, position = activity.payload["conversation_id"], activity.payload["position"]
    waiting = Participation.objects.filter(
        conversation=pk,
        left_at=None,
        is_muted=False,
        from_position__lt=position,
        last_read_position__lt=position,
    )
    notify(
        actor=activity.actor,
        member_ids=list(waiting.values_list("member", flat=True)),
        kind=RECEIVED,
        activity=activity,
        subject=(CONVERSATION, pk),
        merge_key=f"conversation-{pk}",
    )


@consumer(MEMBERS_ADDED, hears_replays=False)
def tell_added(activity: Activity) -> None:
    """Tell who was added to a group."""
    inside = Participation.objects.filter(
        conversation=activity.target_pk, member__in=activity.payload["member_ids"], left_at=None
    )
    notify(
        actor=activity.actor,
        member_ids=list(inside.values_list("member", flat=True)),
        kind=ADDED,
        activity=activity,
    )
