"""Appeals in the queue: somebody else than who decided first says whether the member is right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.errors import NotFound
from community.members.models import Member
from community.moderation import limits
from community.moderation.appeals.actions import KIND, reject_appeal, reopen_appeal, uphold_appeal
from community.moderation.appeals.permissions import may_judge_appeal
from community.moderation.case_kinds import (
    CaseKind,
    Choice,
    Effect,
    Ruling,
    Subject,
    decision_label,
    describe_cases,
    kind_of,
    register_case_kind,
)
from community.moderation.models import Appeal, Case


@dataclass(frozen=True, slots=True)
class Appealed:
    """What the page of an appeal shows beside the words: what was decided, and what it was about."""

    appeal: Appeal
    decision: str
    first: Case | None
    first_template: str
    first_subject: Subject | None


def uphold(ruling: Ruling) -> Effect:
    """Undo what was decided."""
    kept = uphold_appeal(actor=ruling.actor, appeal=_appeal(ruling.case), reason=ruling.reason)
    return Effect(kept, before="open", after="upheld")


def reject(ruling: Ruling) -> Effect:
    """Leave it as it is."""
    reject_appeal(actor=ruling.actor, appeal=_appeal(ruling.case), reason=ruling.reason)
    return Effect(before="open", after="rejected")


def reopen(actor: Member, case: Case) -> None:
    """Take either back."""
    reopen_appeal(actor=actor, appeal=_appeal(case), kept=case.before)


def describe(cases: Sequence[Case]) -> Mapping[int, Subject]:
    """Name who appeals, with their words and what was decided."""
    found = Appeal.objects.select_related("member", "case", "penalty").in_bulk([c.subject_id for c in cases])
    return {case.pk: _subject(found[case.subject_id]) for case in cases if case.subject_id in found}


def detail(actor: Member, case: Case) -> Appealed | None:
    """Return the appeal with what it is about."""
    appeal = Appeal.objects.select_related(
        "case__post__thread__space",
        "case__post__author",
        "case__message__author",
        "case__message__conversation__room__space",
        "case__decided_by",
        "penalty__given_by",
    )
    found = appeal.filter(pk=case.subject_id or 0).first()
    if found is None:
        return None
    first = found.case
    return Appealed(
        appeal=found,
        decision=_decided(found),
        first=first,
        first_template="admin/moderation/kinds/post.html" if first is not None and first.post_id else "",
        first_subject=describe_cases([first]).get(first.pk) if first is not None else None,
    )


def _appeal(case: Case) -> Appeal:
    appeal = Appeal.objects.filter(pk=case.subject_id or 0).first()
    if appeal is None:
        # Who appealed has left, and their words with them.
        raise NotFound()
    return appeal


def _subject(appeal: Appeal) -> Subject:
    title = _("%(name)s appeals: %(decision)s") % {"name": appeal.member.name, "decision": _decided(appeal)}
    return Subject(title=title, text=appeal.words)


def _decided(appeal: Appeal) -> str:
    if appeal.case is not None:
        return decision_label(appeal.case) or str(kind_of(appeal.case).label)
    return str(appeal.penalty.get_kind_display()) if appeal.penalty is not None else ""


APPEAL = CaseKind(
    KIND,
    gettext_lazy("Appeal"),
    due=limits.APPEAL_DUE,
    describe=describe,
    detail=detail,
    may_judge=may_judge_appeal,
    template="admin/moderation/kinds/appeal.html",
    choices=(
        Choice(
            "uphold", gettext_lazy("They are right: undo the decision"), uphold, reopen, needs_reason=False
        ),
        Choice("reject", gettext_lazy("The decision stands"), reject, reopen),
    ),
)


def register() -> None:
    """Let appeals land in the queue."""
    register_case_kind(APPEAL)
