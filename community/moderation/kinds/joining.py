"""Requests to join a group that nobody looks after: the team lets people in, or not."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.errors import Conflict
from community.members.groups.actions import answer_request
from community.members.models import GroupAsk
from community.moderation import limits
from community.moderation.case_kinds import CaseKind, Choice, Effect, Ruling, Subject, register_case_kind
from community.moderation.models import Case


def _gone() -> str:
    return gettext("Nothing waits for an answer any more.")


def _asks(cases: Sequence[Case]) -> dict[int, GroupAsk]:
    rows = GroupAsk.objects.select_related("group", "member")
    return rows.in_bulk([case.subject_id for case in cases])


def describe(cases: Sequence[Case]) -> Mapping[int, Subject]:
    """Name who asks, for which group, and in which words."""
    asks = _asks(cases)
    return {
        case.pk: Subject(
            title=f"{asks[case.subject_id].member.name} → {asks[case.subject_id].group.name}",
            text=asks[case.subject_id].words,
            url=asks[case.subject_id].group.get_absolute_url(),
        )
        for case in cases
        if case.subject_id in asks
    }


def admit(ruling: Ruling) -> Effect:
    """Let them in."""
    return _answer(ruling, accept=True)


def decline(ruling: Ruling) -> Effect:
    """Tell them that it does not work out."""
    return _answer(ruling, accept=False)


def _answer(ruling: Ruling, *, accept: bool) -> Effect:
    ask = _asks([ruling.case]).get(ruling.case.subject_id or 0)
    if ask is None:
        raise Conflict("answered_already", _gone())
    answer_request(actor=ruling.actor, ask=ask, accept=accept)
    return Effect(before="open", after="accepted" if accept else "declined")


JOIN_REQUEST = CaseKind(
    "join_request",
    _("Somebody wants to join a group"),
    due=limits.DUE,
    choices=(
        Choice("admit", _("Let them in"), admit, needs_reason=False),
        Choice("decline", _("Decline"), decline, needs_reason=False),
    ),
    describe=describe,
)


def register() -> None:
    """Let requests land in the queue."""
    register_case_kind(JOIN_REQUEST)
