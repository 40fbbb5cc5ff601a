"""What members are told about doors: what came of a request, and, who chooses the people of a space, that somebody asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.models import Member
from community.notifications.actions import notify, reconsider
from community.notifications.models import Notice
from community.notifications.registry import Group, Kind, Mail, NoticeWords, Purpose, register
from community.spaces.entering.queries import moderators_of
from community.spaces.entering.verbs import ENTRY_ANSWERED, ENTRY_ASKED
from community.spaces.models import Access, EntryAsk, Space
from community.spaces.verbs import CHANGES_SIGHT, SPACE_CHANGED

SUBJECT = EntryAsk._meta.label_lower


def _entries(notices: Sequence[Notice], viewer: Member) -> Mapping[int, Any]:
    """Load requests into spaces that the viewer reads, and their own ones at doors that members see."""
    wanted = {notice.subject_pk for notice in notices}
    asks = EntryAsk.objects.select_related("space", "member").in_bulk(wanted)
    readable = set(
        Space.objects.visible_to(viewer)
        .filter(pk__in=[ask.space_id for ask in asks.values()])
        .values_list("pk", flat=True)
    )
    return {
        notice.pk: ask
        for notice in notices
        if (ask := asks.get(notice.subject_pk)) is not None
        and (ask.space_id in readable or (ask.member_id == viewer.pk and _is_door(ask.space)))
    }


def _is_door(space: Space) -> bool:
    return space.access != Access.PRIVATE or space.is_listed


def _asked(notice: Notice, ask: EntryAsk) -> NoticeWords:
    title = say("%(names)s asks to be let into %(space)s") % {
        "names": notice.names,
        "space": ask.space.name,
    }
    return NoticeWords(
        title=title,
        text=ask.words,
        url=f"{ask.space.get_absolute_url()}asked/",
        icon="lock",
        button=say("Let them in or decline"),
    )


def _answered(notice: Notice, ask: EntryAsk) -> NoticeWords:
    words = {"space": ask.space.name}
    if notice.payload["accepted"]:
        return NoticeWords(
            title=say("You are let into %(space)s") % words,
            text=ask.answer,
            url=ask.space.get_absolute_url(),
            icon="lock",
            button=say("Open the space"),
        )
    return NoticeWords(
        title=say("It does not work out with %(space)s for now") % words,
        text=ask.answer,
        url="/spaces/",
        icon="lock",
        button=say("See other spaces"),
    )


ASKED = register(
    Kind(
        key="space.entry_asked",
        label=_("Someone asks to be let into your space"),
        why=_("You get this because you choose who is in the space."),
        group=Group.COMMUNITY,
        purpose=Purpose.SERVICE,
        mail=Mail.SOON,
        words=_asked,
        load=_entries,
    )
)
ANSWERED = register(
    Kind(
        key="space.entry_answered",
        label=_("Your request to be let into a space is answered"),
        why=_("You get this because you asked to join."),
        group=Group.COMMUNITY,
        purpose=Purpose.SERVICE,
        mail=Mail.SOON,
        words=_answered,
        load=_entries,
    )
)


@consumer(ENTRY_ASKED, hears_replays=False)
def tell_moderators(activity: Activity) -> None:
    """Tell the moderators of a space that somebody asks. Managers find it in the queue."""
    if activity.space_id is not None:
        ids = moderators_of(activity.space_id)
        notify(actor=activity.actor, member_ids=ids, kind=ASKED, activity=activity)


@consumer(ENTRY_ANSWERED, hears_replays=False)
def tell_who_asked(activity: Activity) -> None:
    """Tell a member what came of their request; who took it back knows."""
    payload = activity.payload
    if activity.actor_id != payload["member_id"]:
        notify(
            actor=activity.actor,
            member_ids=[payload["member_id"]],
            kind=ANSWERED,
            activity=activity,
            payload={"accepted": payload["accepted"]},
        )


@consumer(SPACE_CHANGED, hears_replays=False)
def reconsider_entries(activity: Activity) -> None:
    """Take back what was told of the door of a space that is secret now, or show it again."""
    if (CHANGES_SIGHT | {"is_listed"}).isdisjoint(activity.payload["fields"]):
        return
    for pk in EntryAsk.objects.filter(space=activity.target_pk).values_list("pk", flat=True)[:500]:
        reconsider(subject=(SUBJECT, pk))
