"""Requests to be let into a private space: its moderators or managers answer."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.errors import Conflict
from community.members.models import Member
from community.moderation import limits
from community.moderation.case_kinds import CaseKind, Choice, Effect, Ruling, Subject, register_case_kind
from community.moderation.models import Case
from community.spaces.entering.actions import answer_entry
from community.spaces.entering.permissions import can_answer_entry
from community.spaces.models import EntryAsk
from community.verdict import Verdict, no


def _gone() -> str:
    return gettext("Nothing waits for an answer any more.")


def _asks(cases: Sequence[Case]) -> dict[int, EntryAsk]:
    rows = EntryAsk.objects.select_related("space", "member")
    return rows.in_bulk([case.subject_id for case in cases])


def describe(cases: Sequence[Case]) -> Mapping[int, Subject]:
    """Name who asks, for which space, and in which words."""
    asks = _asks(cases)
    return {
        case.pk: Subject(
            title=f"{asks[case.subject_id].member.name} → {asks[case.subject_id].space.name}",
            text=asks[case.subject_id].words,
            place=asks[case.subject_id].space.name,
            url=asks[case.subject_id].space.get_absolute_url(),
        )
        for case in cases
        if case.subject_id in asks
    }


def may_answer(actor: Member, case: Case) -> Verdict:
    """Whether `actor` chooses the people of that space."""
    ask = _asks([case]).get(case.subject_id or 0)
    return can_answer_entry(actor, ask) if ask is not None else no("answered_already", _gone())


def admit(ruling: Ruling) -> Effect:
    """Let them in."""
    return _answer(ruling, accept=True)


def decline(ruling: Ruling) -> Effect:
    """Tell them that it does not work out, and why."""
    return _answer(ruling, accept=False)


def _answer(ruling: Ruling, *, accept: bool) -> Effect:
    ask = _asks([ruling.case]).get(ruling.case.subject_id or 0)
    if ask is None:
        raise Conflict("answered_already", _gone())
    answer_entry(actor=ruling.actor, ask=ask, accept=accept, answer=ruling.reason)
    return Effect(before="open", after="accepted" if accept else "declined")


ENTRY_REQUEST = CaseKind(
    "entry_request",
    _("Somebody wants to be let into a space"),
    due=limits.DUE,
    choices=(
        Choice("admit", _("Let them in"), admit, needs_reason=False),
        Choice("decline", _("Decline"), decline, needs_reason=True),
    ),
    describe=describe,
    may_judge=may_answer,
    tells_team=False,  # the moderators of the space are told by themselves
)


def register() -> None:
    """Let requests land in the queue."""
    register_case_kind(ENTRY_REQUEST)
