"""Reported thanks in the one review queue: kept or removed, with what is laid on whoever wrote them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.errors import Conflict
from community.members.models import Member
from community.moderation import limits as desk
from community.moderation.case_kinds import (
    CaseKind,
    Choice,
    Effect,
    Fact,
    Ruling,
    Subject,
    register_case_kind,
)
from community.moderation.kinds.posts import PAUSES, lay_on
from community.moderation.kinds.reported import explain_weight
from community.moderation.models import Case, Decision, PenaltyKind
from rewards.praise.actions.states import move
from rewards.praise.models import Praise, State

_PENALTIES = frozenset(PenaltyKind.values)
_TOLD = gettext_lazy("The team removed your thanks")


def describe(cases: Sequence[Case]) -> Mapping[int, Subject]:
    """Say who thanked whom, and in which words."""
    rows = Praise.objects.select_related("giver", "receiver").in_bulk([case.subject_id for case in cases])
    return {
        case.pk: Subject(
            title=_("%(giver)s thanks %(receiver)s")
            % {
                "giver": found.giver.name if found.giver else _("Former member"),
                "receiver": found.receiver.name,
            },
            text=found.words,
            place=ngettext("%(n)d report", "%(n)d reports", case.report_count) % {"n": case.report_count},
            url=found.get_absolute_url(),
        )
        for case in cases
        if (found := rows.get(case.subject_id or 0)) is not None
    }


def _explain(case: Case) -> list[Fact]:
    facts = explain_weight(case)
    # The weight of reports hides posts by itself; thanks wait for somebody to look.
    return facts[1:]


def _decide(ruling: Ruling) -> Effect:
    """Remove what was reported or let it be, and lay on its writer what was decided."""
    praise = Praise.objects.filter(pk=ruling.case.subject_id or 0).first()
    if praise is None:
        raise Conflict("subject_gone", _("These thanks are not there any more."))
    if ruling.decision in _PENALTIES:
        if ruling.case.author is None:
            raise Conflict("author_left", _("Who wrote this has left, so there is nobody to warn."))
        lay_on(ruling.case.author, ruling)
    before = praise.state
    if ruling.decision != Decision.KEEP and before == State.VISIBLE:
        move(ruling.actor, praise, State.VISIBLE, State.REMOVED, ruling.reason)
    return Effect({"state": before}, before=before, after=praise.state)


def _undo(actor: Member, case: Case) -> None:
    """Show it again where the decision removed it, unless something else has happened to it since."""
    if case.before.get("state") == State.VISIBLE:
        _show(actor, case)


def _show(actor: Member, case: Case) -> bool:
    praise = Praise.objects.filter(pk=case.subject_id or 0, state=State.REMOVED).first()
    if praise is not None:
        move(actor, praise, State.REMOVED, State.VISIBLE)
    return praise is not None


def _overturn(actor: Member, case: Case) -> dict[str, Any]:
    return {"shown": _show(actor, case)}


def _reimpose(actor: Member, case: Case, kept: dict[str, Any]) -> None:
    praise = Praise.objects.filter(pk=case.subject_id or 0, state=State.VISIBLE).first()
    if kept.get("shown") and praise is not None:
        move(actor, praise, State.VISIBLE, State.REMOVED, case.decision_reason)


def _choice(decision: Decision, label: Any) -> Choice:
    against = decision is not Decision.KEEP
    return Choice(
        decision.value,
        label,
        _decide,
        _undo,
        needs_reason=against,
        takes_days=decision in PAUSES,
        against=against,
        told=_TOLD if against else "",
    )


PRAISE_REPORT = CaseKind(
    "praise_report",
    gettext_lazy("Reported thanks"),
    due=desk.DUE,
    # Nobody waits for thanks to be written better, so they are not hidden for a while.
    choices=tuple(_choice(decision, decision.label) for decision in Decision if decision != Decision.HIDE),
    describe=describe,
    explain=_explain,
    overturn=_overturn,
    reimpose=_reimpose,
    tells_team=False,  # the report tells them
    is_reported=True,
)


def register() -> None:
    """Let reported thanks land in the queue."""
    register_case_kind(PRAISE_REPORT)
