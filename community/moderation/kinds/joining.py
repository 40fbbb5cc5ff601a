"""Requests to join a group that nobody looks after: the team lets people in, or not."""

from typing import cast

from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.groups.actions import answer_request
from community.members.groups.queries import is_looked_after
from community.members.groups.verbs import GROUP_ANSWERED, GROUP_ASKED, GROUP_JOINED
from community.members.models import AskState, GroupAsk, Member
from community.moderation.actions.opening import close_case, open_case
from community.moderation.case_kinds import register_case_kind
from community.moderation.kinds.asked import Ask, Door, waiting


def _answer(actor: Member, ask: Ask, accept: bool, _word: str) -> object:
    return answer_request(actor=actor, ask=cast(GroupAsk, ask), accept=accept)


DOOR = Door(GroupAsk, "group", _answer)
JOIN_REQUEST = DOOR.kind("join_request", _("Somebody wants to join a group"), no_needs_reason=False)


@consumer(GROUP_ASKED, hears_replays=False)
def queue_request(activity: Activity) -> None:
    """Bring a request before the team when nobody looks after the group. Owners decide on its page."""
    ask = waiting(GroupAsk.objects.filter(pk=activity.target_pk))
    if ask is not None and not is_looked_after(ask.group_id):
        open_case(actor=ask.member, kind=JOIN_REQUEST, subject=ask, about=ask.member)


def queue_what_waits(group_id: int) -> None:
    """Bring every request that waits for an owner before the team: there is none any more."""
    asks = GroupAsk.objects.filter(group=group_id, state=AskState.OPEN, is_invitation=False)
    for pk in asks.order_by("pk").values_list("pk", flat=True)[:500]:
        ask = waiting(GroupAsk.objects.filter(pk=pk))
        if ask is not None:
            open_case(actor=ask.member, kind=JOIN_REQUEST, subject=ask, about=ask.member)


@consumer(GROUP_ANSWERED, hears_replays=False)
def close_request(activity: Activity) -> None:
    """Take a request out of the queue that was answered elsewhere, or taken back."""
    ask = GroupAsk.objects.filter(pk=activity.target_pk).first()
    if ask is not None:
        close_case(actor=activity.actor, kind=JOIN_REQUEST, subject=ask)


@consumer(GROUP_JOINED, hears_replays=False)
def close_requests_of_who_came_in(activity: Activity) -> None:
    """Take the request of somebody out of the queue who came into the group by another way."""
    asks = GroupAsk.objects.filter(group=activity.target_pk, member=activity.payload["member_id"])
    for ask in asks.filter(is_invitation=False).exclude(state=AskState.OPEN).order_by("pk"):
        close_case(actor=activity.actor, kind=JOIN_REQUEST, subject=ask)


def register() -> None:
    """Let requests land in the queue."""
    register_case_kind(JOIN_REQUEST)
