"""What members are told about groups: that they are invited, what came of a request, and, owners, that somebody asks."""

from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.groups.verbs import (
    GROUP_ANSWERED,
    GROUP_ASKED,
    GROUP_CHANGED,
    GROUP_DELETED,
    GROUP_INVITED,
    GROUP_JOINED,
    GROUP_OWNER_CHANGED,
)
from community.members.models import Group, GroupMembership, Source
from community.notifications.actions import notify, reconsider
from community.notifications.models import Notice
from community.notifications.registry import Group as Heading
from community.notifications.registry import Kind, Mail, NoticeWords, Purpose, Words, register, through

# A group that its reader may not know of any more is spoken of to nobody.
GROUPS = through(lambda viewer: Group.objects.visible_to(viewer))
SUBJECT = Group._meta.label_lower


def _invited(notice: Notice, group: Group) -> NoticeWords:
    title = say("%(names)s invites you into the group %(group)s") % {
        "names": notice.names,
        "group": group.name,
    }
    return _words(group, title, say("Answer the invitation"))


def _asked(notice: Notice, group: Group) -> NoticeWords:
    title = say("%(names)s wants to join %(group)s") % {"names": notice.names, "group": group.name}
    return _words(group, title, say("Let them in or decline"), notice.payload.get("words", ""))


def _answered(notice: Notice, group: Group) -> NoticeWords:
    if notice.payload["accepted"]:
        return _words(group, say("You are in %(group)s now") % {"group": group.name}, say("Open the group"))
    title = say("It does not work out with %(group)s for now") % {"group": group.name}
    return _words(group, title, say("Look at other groups"), url="/groups/")


def _put_in(_notice: Notice, group: Group) -> NoticeWords:
    title = say("The team put you into the group %(group)s") % {"group": group.name}
    return _words(group, title, say("Open the group"), say("You can leave it on its page."))


def _owner(_notice: Notice, group: Group) -> NoticeWords:
    title = say("You look after the group %(group)s now") % {"group": group.name}
    text = say("You decide who comes in. If that is not for you, hand it back on its page.")
    return _words(group, title, say("Open the group"), text)


def _words(group: Group, title: str, button: str, text: str = "", url: str = "") -> NoticeWords:
    return NoticeWords(
        title=title, text=text, url=url or group.get_absolute_url(), icon="people", button=button
    )


def _kind(key: str, label: Any, why: Any, words: Words) -> Kind:
    return register(
        Kind(
            key=key,
            label=label,
            why=why,
            group=Heading.COMMUNITY,
            purpose=Purpose.SERVICE,
            mail=Mail.SOON,
            words=words,
            load=GROUPS,
        )
    )


INVITED = _kind(
    "group.invited",
    _("Someone invites you into a group"),
    _("You get this because someone invited you."),
    _invited,
)
ASKED = _kind(
    "group.asked",
    _("Someone asks to join your group"),
    _("You get this because you look after the group."),
    _asked,
)
ANSWERED = _kind(
    "group.answered",
    _("Your request to join a group is answered"),
    _("You get this because you asked to join."),
    _answered,
)
PUT_IN = _kind(
    "group.put_in",
    _("The team puts you into a group"),
    _("You get this because you are in the group."),
    _put_in,
)
OWNER = _kind(
    "group.owner",
    _("You look after a group from now on"),
    _("You get this because you look after the group."),
    _owner,
)


@consumer(GROUP_INVITED, hears_replays=False)
def tell_invited(activity: Activity) -> None:
    """Tell a member that they are invited."""
    _tell(activity, [activity.payload["member_id"]], INVITED)


@consumer(GROUP_ASKED, hears_replays=False)
def tell_owners(activity: Activity) -> None:
    """Tell the owners of a group that somebody asks to join."""
    owners = GroupMembership.objects.filter(group=activity.payload["group_id"], is_owner=True)
    ids = list(owners.values_list("member_id", flat=True))
    _tell(activity, ids, ASKED, {"words": activity.payload["words"]})


@consumer(GROUP_ANSWERED, hears_replays=False)
def tell_who_asked(activity: Activity) -> None:
    """Tell a member what came of their request; who took it back knows."""
    payload = activity.payload
    if activity.actor_id != payload["member_id"]:
        _tell(activity, [payload["member_id"]], ANSWERED, {"accepted": payload["accepted"]})


@consumer(GROUP_JOINED, hears_replays=False)
def tell_put_in(activity: Activity) -> None:
    """Tell a member that somebody put them into a group."""
    payload = activity.payload
    if payload["source"] == Source.HAND and activity.actor_id != payload["member_id"]:
        notify(
            actor=None,
            member_ids=[payload["member_id"]],
            kind=PUT_IN,
            activity=activity,
            subject=(SUBJECT, activity.target_pk),
        )


@consumer(GROUP_OWNER_CHANGED, hears_replays=False)
def tell_new_owner(activity: Activity) -> None:
    """Tell a member that they look after a group from now on."""
    member_id = activity.payload["member_id"]
    if activity.payload["after"] and activity.actor_id != member_id:
        subject = (SUBJECT, activity.target_pk)
        notify(actor=None, member_ids=[member_id], kind=OWNER, activity=activity, subject=subject)


@consumer(GROUP_CHANGED, GROUP_DELETED, hears_replays=False)
def reconsider_group(activity: Activity) -> None:
    """Take back what was told of a group that its reader may not know of any more."""
    if activity.target_pk is not None and "visibility" in activity.payload.get("fields", ["visibility"]):
        reconsider(subject=(SUBJECT, activity.target_pk))


def _tell(
    activity: Activity, member_ids: list[int], kind: Kind, payload: dict[str, Any] | None = None
) -> None:
    notify(
        actor=activity.actor,
        member_ids=member_ids,
        kind=kind,
        activity=activity,
        payload=payload,
        subject=(SUBJECT, activity.payload["group_id"]),
    )
