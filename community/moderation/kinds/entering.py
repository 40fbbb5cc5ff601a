"""Requests to be let into a private space: its moderators or managers answer."""

from typing import cast

from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.members.models import Member
from community.moderation.actions.opening import close_case, open_case
from community.moderation.case_kinds import register_case_kind
from community.moderation.kinds.asked import Ask, Door, waiting
from community.spaces.entering.actions import answer_entry
from community.spaces.entering.permissions import can_answer_entry
from community.spaces.entering.verbs import ENTRY_ANSWERED, ENTRY_ASKED
from community.spaces.models import EntryAsk
from community.verdict import Verdict


def _answer(actor: Member, ask: Ask, accept: bool, word: str) -> object:
    return answer_entry(actor=actor, ask=cast(EntryAsk, ask), accept=accept, answer=word)


def _may_answer(actor: Member, ask: Ask) -> Verdict:
    return can_answer_entry(actor, cast(EntryAsk, ask))


DOOR = Door(EntryAsk, "space", _answer, _may_answer)
ENTRY_REQUEST = DOOR.kind(
    "entry_request",
    _("Somebody wants to be let into a space"),
    no_needs_reason=True,
    tells_team=False,  # the moderators of the space are told by themselves
)


@consumer(ENTRY_ASKED, hears_replays=False)
def queue_entry(activity: Activity) -> None:
    """Bring a request to be let into a space before those who choose its people."""
    ask = waiting(EntryAsk.objects.filter(pk=activity.target_pk))
    if ask is not None:
        open_case(actor=ask.member, kind=ENTRY_REQUEST, subject=ask, about=ask.member, space_id=ask.space_id)


@consumer(ENTRY_ANSWERED, hears_replays=False)
def close_entry(activity: Activity) -> None:
    """Take a request out of the queue that was answered elsewhere, or taken back."""
    ask = EntryAsk.objects.filter(pk=activity.target_pk).first()
    if ask is not None:
        close_case(actor=activity.actor, kind=ENTRY_REQUEST, subject=ask)


def register() -> None:
    """Let requests land in the queue."""
    register_case_kind(ENTRY_REQUEST)
