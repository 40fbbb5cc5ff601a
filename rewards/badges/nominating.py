"""Proposals for badges in the one review queue: managers award the badge or do not, and whoever proposed it is told kindly."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.activity.models import Activity
from community.activity.registry import consumer
from community.errors import Conflict
from community.members.models import Member
from community.moderation import limits as desk
from community.moderation.actions.opening import close_case, open_case
from community.moderation.case_kinds import (
    CaseKind,
    Choice,
    Effect,
    Fact,
    Ruling,
    Subject,
    register_case_kind,
)
from community.moderation.models import Case
from rewards.badges.actions import answer_nomination, reopen_nomination, revoke_award
from rewards.badges.models import Award, Nomination, NominationState
from rewards.badges.verbs import NOMINATION_ANSWERED, NOMINATION_MADE
from rewards.points.words import translated


def describe(cases: Sequence[Case]) -> Mapping[int, Subject]:
    """Say who is proposed for what, and in which words."""
    rows = Nomination.objects.select_related("badge", "member").in_bulk([case.subject_id for case in cases])
    return {
        case.pk: Subject(
            title=_("%(name)s is proposed for “%(badge)s”")
            % {"name": found.member.name, "badge": translated(found.badge.name)},
            text=found.words,
            url=found.member.get_absolute_url(),
        )
        for case in cases
        if (found := rows.get(case.subject_id or 0)) is not None
    }


def _explain(case: Case) -> list[Fact]:
    nomination = (
        Nomination.objects.filter(pk=case.subject_id or 0).select_related("proposer", "badge").first()
    )
    if nomination is None:
        return []
    proposer = nomination.proposer
    return [
        Fact(_("Proposed by"), f"{proposer.name} (@{proposer.handle})"),
        Fact(_("Badge"), translated(nomination.badge.name), translated(nomination.badge.description)),
    ]


def _award(ruling: Ruling) -> Effect:
    answer_nomination(actor=ruling.actor, nomination=_waiting(ruling.case), accept=True, answer=ruling.reason)
    return Effect(before="open", after="accepted")


def _take_back(actor: Member, case: Case) -> None:
    nomination = Nomination.objects.select_related("badge").get(pk=case.subject_id or 0)
    award = Award.objects.filter(
        badge=nomination.badge_id, member=nomination.member_id, revoked_at=None
    ).first()
    if award is not None:
        revoke_award(actor=actor, award=award, reason=_("It was given by mistake"))
    Nomination.objects.filter(pk=nomination.pk).update(state=NominationState.DECLINED)
    reopen_nomination(actor=actor, nomination=nomination)


def _decline(ruling: Ruling) -> Effect:
    answer_nomination(
        actor=ruling.actor, nomination=_waiting(ruling.case), accept=False, answer=ruling.reason
    )
    return Effect(before="open", after="declined")


def _let_wait(actor: Member, case: Case) -> None:
    reopen_nomination(actor=actor, nomination=Nomination.objects.get(pk=case.subject_id or 0))


def _waiting(case: Case) -> Nomination:
    found = Nomination.objects.filter(pk=case.subject_id or 0).select_related("badge", "member").first()
    if found is None:
        raise Conflict("answered_already", _("Nothing waits for an answer any more."))
    return found


NOMINATION = CaseKind(
    "badge_nomination",
    gettext_lazy("Somebody is proposed for a badge"),
    due=desk.DUE,
    role="manager",
    choices=(
        Choice("award", gettext_lazy("Give the badge"), _award, undo=_take_back, needs_reason=False),
        Choice("decline", gettext_lazy("Do not give it"), _decline, undo=_let_wait),
    ),
    describe=describe,
    explain=_explain,
)


@consumer(NOMINATION_MADE, hears_replays=False)
def queue_nomination(activity: Activity) -> None:
    """Put a proposal before the managers. Whoever it is about does not decide it."""
    found = Nomination.objects.filter(pk=activity.target_pk, state=NominationState.OPEN)
    nomination = found.select_related("member", "proposer").first()
    if nomination is not None:
        open_case(actor=nomination.proposer, kind=NOMINATION, subject=nomination, about=nomination.member)


@consumer(NOMINATION_ANSWERED, hears_replays=False)
def close_nomination(activity: Activity) -> None:
    """End the case of a proposal that was answered elsewhere."""
    if activity.target_pk is not None:
        close_case(actor=activity.actor, kind=NOMINATION, subject=Nomination(pk=activity.target_pk))


def register() -> None:
    """Let proposals land in the queue."""
    register_case_kind(NOMINATION)
