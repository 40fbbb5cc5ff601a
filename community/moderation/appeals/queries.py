"""Reading what was decided about oneself, and what one said against it."""

from dataclasses import dataclass

from community.errors import NotFound
from community.members.models import Member
from community.moderation.appeals.permissions import can_appeal_case, can_appeal_penalty
from community.moderation.case_kinds import Subject, decision_told, describe_cases
from community.moderation.models import Appeal, AppealState, Case, CaseState, Penalty, Stage
from community.moderation.scoring import say_hidden
from community.verdict import Verdict

POST = "threads.post"
HELD = "moderation.held"
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class AgainstMe:
    """What was decided about a member: what it was about, why, what is closed until when, and what they said."""

    case: Case | None
    penalty: Penalty | None
    subject: Subject | None
    decision: str
    reason: str
    is_waiting: bool
    appeal: Appeal | None
    may_appeal: Verdict


def get_case_against(actor: Member, pk: int) -> AgainstMe:
    """Return what was decided about `actor` in a case. Raises `NotFound` for everybody else's, and where nothing was."""
    cases = Case.objects.select_related("post__thread__space", "message__author")
    case = cases.filter(pk=pk, author=actor).first()
    if case is None or not (case.decision or case.facts.get("hidden")):
        raise NotFound()
    may = can_appeal_case(actor, case)
    is_waiting = case.state == CaseState.OPEN
    stage = Stage.HIDDEN if is_waiting else Stage.DECIDED
    appeal = _said(Appeal.objects.filter(case=case, stage=stage))
    if not may and appeal is None and case.state != CaseState.UNDONE:
        raise NotFound()
    return AgainstMe(
        case=case,
        penalty=Penalty.objects.filter(case=case).order_by("-id").first(),
        subject=describe_cases([case]).get(case.pk),
        decision="" if is_waiting else decision_told(case),
        reason=say_hidden(case.facts["hidden"]) if is_waiting else case.decision_reason,
        is_waiting=is_waiting,
        appeal=appeal,
        may_appeal=may,
    )


def get_case_about(actor: Member, *, subject: tuple[str, int]) -> Case:
    """Return the latest case that stands against `actor` about a post or what waited. Raises `NotFound` otherwise."""
    kind, pk = subject
    cases = Case.objects.filter(author=actor, subject_type=kind, subject_id=pk).order_by("-id")
    for case in cases[:_LOOKED_AT]:
        if can_appeal_case(actor, case):
            return case
    raise NotFound()


def get_penalty_against(actor: Member, pk: int) -> AgainstMe:
    """Return a penalty laid on `actor`. Raises `NotFound` for everybody else's."""
    penalty = Penalty.objects.filter(pk=pk, member=actor).first()
    if penalty is None:
        raise NotFound()
    return AgainstMe(
        case=None,
        penalty=penalty,
        subject=None,
        decision=str(penalty.get_kind_display()),
        reason=penalty.reason,
        is_waiting=False,
        appeal=_said(Appeal.objects.filter(penalty=penalty)),
        may_appeal=can_appeal_penalty(actor, penalty),
    )


def _said(appeals: "object") -> Appeal | None:
    return appeals.exclude(state=AppealState.MOOT).first()  # type: ignore[attr-defined,no-any-return]
